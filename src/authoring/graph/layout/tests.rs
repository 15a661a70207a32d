use proptest::prelude::*;

use super::*;

const SIZE: Block = Block { width: 100, height: 40 };

fn link(from: usize, to: usize) -> Link {
    Link { from, to, leaves: 20, arrives: 10 }
}

fn of(blocks: usize, links: &[(usize, usize)]) -> Layout {
    let links: Vec<_> = links.iter().map(|(from, to)| link(*from, *to)).collect();
    layout(&vec![SIZE; blocks], &links)
}

#[test]
fn a_chain_stands_in_a_row() {
    let layout = of(3, &[(0, 1), (1, 2)]);
    let left = |place: usize| i32::try_from(place).unwrap() * (SIZE.width + LAYER_GAP);
    assert_eq!(layout.blocks.iter().map(|point| point.x).collect::<Vec<_>>(), [left(0), left(1), left(2)]);
    assert_eq!(layout.width, left(2) + SIZE.width);
    assert_eq!(layout.routes[0].points, [Point { x: 100, y: 20 }, Point { x: 184, y: 10 }]);
    assert!(layout.blocks.iter().all(|point| point.y == 0), "{layout:?}");
}

#[test]
fn a_box_stands_behind_the_last_of_those_that_lead_to_it() {
    let layout = of(4, &[(0, 1), (1, 2), (2, 3), (0, 3)]);
    assert!(layout.blocks[3].x > layout.blocks[2].x);
    // The long link goes past the boxes between, and not through them.
    let bends = &layout.routes[3].points;
    assert_eq!(bends.len(), 6);
    for (bend, block) in [(1, 1), (3, 2)] {
        let top = layout.blocks[block].y;
        assert!(bends[bend].y < top || bends[bend].y > top + SIZE.height, "{layout:?}");
    }
}

#[test]
fn a_way_back_is_turned_round_and_marked() {
    let layout = of(3, &[(0, 1), (1, 2), (2, 0), (1, 1)]);
    assert_eq!(layout.routes.iter().map(|route| route.back).collect::<Vec<_>>(), [false, false, true, true]);
    assert!(layout.blocks[0].x < layout.blocks[1].x && layout.blocks[1].x < layout.blocks[2].x);
    let around = &layout.routes[2].points;
    assert!(around[1..around.len() - 1].windows(2).all(|pair| pair[1].x <= pair[0].x), "{around:?}");
}

#[test]
fn what_can_be_drawn_without_crossings_is() {
    // Two ladders, told in an order that crosses them.
    let links = [(0, 3), (0, 2), (1, 5), (1, 4), (2, 7), (3, 6), (4, 9), (5, 8)];
    let links: Vec<_> = links.iter().map(|(from, to)| link(*from, *to)).collect();
    let mut sheet = layers::sheet(&[SIZE; 10], &links);
    order::order(&mut sheet);
    assert_eq!(order::crossings_now(&sheet), 0);
}

#[test]
fn nothing_at_all_takes_no_room() {
    assert_eq!(of(0, &[]), Layout { width: 0, height: 0, blocks: Vec::new(), routes: Vec::new() });
    assert_eq!(of(1, &[]).height, SIZE.height);
}

proptest! {
    #[test]
    fn boxes_never_overlap_and_links_end_where_they_should(
        sizes in prop::collection::vec((20..200_i32, 20..200_i32), 1..40),
        ends in prop::collection::vec((0..1000_usize, 0..1000_usize), 0..80),
    ) {
        let blocks: Vec<_> = sizes.iter().map(|&(width, height)| Block { width, height }).collect();
        let links: Vec<_> = ends
            .iter()
            .map(|(from, to)| Link { from: from % blocks.len(), to: to % blocks.len(), leaves: 10, arrives: 5 })
            .collect();
        let layout = layout(&blocks, &links);
        prop_assert_eq!(&layout, &super::layout(&blocks, &links));
        for (one, at) in blocks.iter().zip(&layout.blocks) {
            prop_assert!(at.x >= 0 && at.y >= 0 && at.x + one.width <= layout.width && at.y + one.height <= layout.height);
        }
        for (place, (one, at)) in blocks.iter().zip(&layout.blocks).enumerate() {
            for (other, other_at) in blocks.iter().zip(&layout.blocks).skip(place + 1) {
                let apart = at.x + one.width <= other_at.x || other_at.x + other.width <= at.x
                    || at.y + one.height <= other_at.y || other_at.y + other.height <= at.y;
                prop_assert!(apart, "{at:?} and {other_at:?}");
            }
        }
        for (link, route) in links.iter().zip(&layout.routes) {
            let (first, last) = (route.points[0], route.points[route.points.len() - 1]);
            let (from, to) = (layout.blocks[link.from], layout.blocks[link.to]);
            prop_assert_eq!(first, Point { x: from.x + blocks[link.from].width, y: from.y + link.leaves });
            prop_assert_eq!(last, Point { x: to.x, y: to.y + link.arrives });
            prop_assert!(route.back || route.points.windows(2).all(|pair| pair[0].x <= pair[1].x));
        }
    }
}
