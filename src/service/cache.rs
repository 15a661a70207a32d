//! What is costly to work out, kept while the boards stay as they are.
//!
//! Everything is kept under the revision it was asked for at ([`Store::revision_of`](super::store::Store::revision_of)),
//! which is read from the database each time: what has changed, through this process or another on the same database,
//! is worked out anew. The revision has to be read *before* that which is kept under it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

/// Kept values by a key.
#[derive(Debug)]
pub(super) struct Cache<K, V> {
    most: usize,
    kept: Mutex<Kept<K, V>>,
}

#[derive(Debug)]
struct Kept<K, V> {
    /// By key and revision.
    entries: BTreeMap<(K, u64), Entry<V>>,
    /// Goes up with each use.
    clock: u64,
}

#[derive(Debug)]
struct Entry<V> {
    used: u64,
    value: Arc<OnceCell<Arc<V>>>,
}

impl<K: Ord + Clone, V> Cache<K, V> {
    /// Of at most so many values; the one that was not asked for longest goes first.
    pub(super) fn new(most: usize) -> Self {
        Self { most, kept: Mutex::new(Kept { entries: BTreeMap::new(), clock: 0 }) }
    }

    /// What is kept under a key and revision, or what `work` comes to. Of several who ask at once one does the work, and
    /// the others wait for it; where it fails, the next of them tries.
    pub(super) async fn get<E>(
        &self,
        key: K,
        revision: u64,
        work: impl Future<Output = Result<V, E>>,
    ) -> Result<Arc<V>, E> {
        let place = self.place(key, revision);
        place.get_or_try_init(async || work.await.map(Arc::new)).await.cloned()
    }

    fn place(&self, key: K, revision: u64) -> Arc<OnceCell<Arc<V>>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clock += 1;
        let used = kept.clock;
        let name = (key, revision);
        if let Some(entry) = kept.entries.get_mut(&name) {
            entry.used = used;
            return Arc::clone(&entry.value);
        }
        // Nobody asks for what was before.
        kept.entries.retain(|(key, older), _| *key != name.0 || *older > revision);
        while kept.entries.len() >= self.most {
            let oldest = kept.entries.iter().min_by_key(|(_, entry)| entry.used).map(|(name, _)| name.clone());
            let Some(oldest) = oldest else { break };
            kept.entries.remove(&oldest);
        }
        let value = Arc::default();
        kept.entries.insert(name, Entry { used, value: Arc::clone(&value) });
        value
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::convert::Infallible;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use proptest::prelude::*;

    use super::Cache;

    fn blocking<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap().block_on(work)
    }

    #[test]
    fn who_asks_at_once_shares_the_work() {
        blocking(async {
            let (cache, worked) = (Arc::new(Cache::new(4)), Arc::new(AtomicUsize::new(0)));
            let (opened, open) = tokio::sync::watch::channel(false);
            let asking: Vec<_> = (0..50)
                .map(|_| {
                    let (cache, worked, mut open) = (Arc::clone(&cache), Arc::clone(&worked), open.clone());
                    tokio::spawn(async move {
                        let work = async {
                            worked.fetch_add(1, Ordering::SeqCst);
                            open.wait_for(|open| *open).await.unwrap();
                            Ok::<_, Infallible>("done")
                        };
                        cache.get("key", 1, work).await
                    })
                })
                .collect();
            while worked.load(Ordering::SeqCst) == 0 {
                tokio::task::yield_now().await;
            }
            opened.send(true).unwrap();
            for asked in asking {
                assert_eq!(*asked.await.unwrap().unwrap(), "done");
            }
            assert_eq!(worked.load(Ordering::SeqCst), 1);
        });
    }

    #[test]
    fn what_failed_is_not_kept() {
        blocking(async {
            let cache = Cache::new(4);
            assert_eq!(cache.get("key", 1, async { Err::<u32, _>("no") }).await, Err("no"));
            assert_eq!(cache.get("key", 1, async { Ok::<_, &str>(7) }).await.as_deref(), Ok(&7));
            assert_eq!(cache.get("key", 1, async { Err::<u32, _>("no") }).await.as_deref(), Ok(&7));
        });
    }

    proptest! {
        /// Beside a table of what stands at which revision: never anything else, whatever is asked for in whatever order.
        #[test]
        fn a_change_shows_at_once_and_the_bound_holds(steps in prop::collection::vec((0..4_u8, any::<bool>()), 1..60)) {
            blocking(async {
                let cache = Cache::new(3);
                let mut stands: BTreeMap<u8, u64> = BTreeMap::new();
                let mut revision = 0;
                for (key, changes) in steps {
                    if changes {
                        revision += 1;
                        stands.insert(key, revision);
                    }
                    let (expected, mut worked) = (stands.get(&key).copied(), false);
                    let work = async {
                        worked = true;
                        Ok::<_, Infallible>(expected)
                    };
                    assert_eq!(*cache.get(key, revision, work).await.unwrap(), expected);
                    assert!(worked || !changes);
                    assert!(cache.kept.lock().unwrap().entries.len() <= 3);
                    let again = cache.get(key, revision, async { Ok::<_, Infallible>(None) }).await.unwrap();
                    assert_eq!(*again, expected, "kept");
                }
            });
        }
    }
}
