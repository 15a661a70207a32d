//! Reports are worked out once until something moves, and then at once, on every replica.

use std::sync::Arc;

use uuid::Uuid;

use super::support::{SLUG, Service, Style};
use crate::service::reporting::{Reported, report};
use crate::service::store::Store;
use crate::team::protocol::Accepted;

/// Something that is done with a store.
type Work<'s> = std::pin::Pin<Box<dyn Future<Output = ()> + 's>>;

fn told(service: &Service) -> Arc<Reported> {
    service.inside(async |running| {
        let published = running.app.store.published().await.unwrap();
        let version = published.iter().find(|version| version.slug == SLUG).unwrap();
        // Many at once, of whom one works.
        let asking: Vec<_> = (0..8)
            .map(|_| {
                let (app, version) = (running.app.clone(), version.clone());
                tokio::spawn(async move { report(&app, &version).await })
            })
            .collect();
        let mut answers = Vec::new();
        for asked in asking {
            answers.push(asked.await.unwrap().unwrap_or_else(|_| panic!("no report")));
        }
        assert!(answers.iter().all(|answer| Arc::ptr_eq(answer, &answers[0])), "it was worked out more than once");
        answers.remove(0)
    })
}

#[test]
fn a_report_is_worked_out_once_and_follows_every_change() {
    let service = Service::new();
    let other = service.replica();
    let store = |work: &dyn Fn(&Store) -> Work<'_>| {
        other.inside(async |running| work(&running.app.store).await);
    };
    let mut before = told(&service);
    let mut check = |what: &str| {
        let now = told(&service);
        assert!(!Arc::ptr_eq(&now, &before), "{what}: it is still that of before");
        assert!(Arc::ptr_eq(&now, &told(&service)), "{what}: nothing has changed since");
        assert_eq!(*now, *told(&service.replica()), "{what}: it is not what there is");
        before = Arc::clone(&now);
        now
    };
    let team = Uuid::now_v7();
    let at = jiff::Timestamp::now();
    let mut members = Vec::new();
    let mut first = None;
    for (number, alias) in ["Ade", "Sam", "Bo", "Cy", "Di", "Ed"].into_iter().enumerate() {
        let member = service.join(alias);
        let attempt = service.play(&member, Style { reply: number % 2, ..Style::STEPS });
        other.pass(660);
        // Sent to the one, seen by the other.
        other.submit(&member, &attempt).read::<Accepted>(200);
        let told = check("an attempt");
        assert_eq!((told.whole().people, told.played.len()), (number + 1, number + 1));
        assert_eq!(told.whole().figures.is_some(), number >= 4);
        first.get_or_insert(attempt.id);
        members.push(member);
    }
    let (first, ade) = (first.unwrap(), members[0].id);
    store(&move |store| Box::pin(async move { store.invalidate(first, "why", "cli", at).await.unwrap() }));
    assert_eq!(check("invalidated").whole().people, 5);
    store(&move |store| Box::pin(async move { store.restore_attempt(first, "cli", at).await.unwrap() }));
    assert_eq!(check("restored").whole().people, 6);
    store(&move |store| Box::pin(async move { store.put_team(team, "Pier", "pier", "cli", at).await.unwrap() }));
    check("a team");
    store(&move |store| Box::pin(async move { store.set_team(ade, Some(team), "cli", at).await.unwrap() }));
    check("moved");
    let season = service.inside(async |running| running.app.store.season().await.unwrap().unwrap());
    store(&move |store| Box::pin(async move { drop(store.close_season(None, "cli", at).await.unwrap()) }));
    let told = check("closed");
    assert_eq!(told.of(Some(season.id)).map(|report| report.people).ok(), Some(6));
    assert!(told.of(Some(Uuid::nil())).is_err(), "there is no such season");
    store(&move |store| Box::pin(async move { store.delete_player(ade, "cli", at).await.unwrap() }));
    assert_eq!(check("deleted").whole().people, 5);
    let later = at + jiff::SignedDuration::from_hours(24 * 400);
    store(&move |store| Box::pin(async move { assert_eq!(store.drop_old(later).await.unwrap(), 5) }));
    assert_eq!(check("retention").whole().people, 0);
}
