//! What a ladder has counted, and what broke.

use std::collections::BTreeMap;
use std::sync::Mutex;

/// Counts by what is counted, shared by the threads of a ladder.
#[derive(Default)]
pub(crate) struct Figures {
    counts: Mutex<BTreeMap<&'static str, u64>>,
    breaches: Mutex<Vec<String>>,
}

impl Figures {
    /// Begins with these counts at zero, so that they are printed.
    pub(crate) fn of(names: &[&'static str]) -> Self {
        let figures = Self::default();
        for name in names {
            figures.counts.lock().unwrap().insert(name, 0);
        }
        figures
    }

    pub(crate) fn add(&self, what: &'static str) {
        *self.counts.lock().unwrap().entry(what).or_default() += 1;
    }

    /// Something is not as it must be.
    pub(crate) fn breach(&self, text: String) {
        self.breaches.lock().unwrap().push(text);
    }

    pub(crate) fn count(&self, what: &str) -> u64 {
        let counts = self.counts.lock().unwrap();
        counts.get(what).copied().unwrap_or_default()
    }

    /// Prints the counts, and stops if anything broke.
    #[track_caller]
    pub(crate) fn told(&self, goal: &str) {
        for (what, count) in self.counts.lock().unwrap().iter() {
            println!("FIGURE;{goal};{what};{count}");
        }
        let breaches = self.breaches.lock().unwrap();
        assert!(
            breaches.is_empty(),
            "{} breaches\n{}",
            breaches.len(),
            breaches[..breaches.len().min(12)].join("\n")
        );
    }
}

/// Does something for each, on two threads.
pub(crate) fn each<T: Sync>(items: &[T], act: impl Fn(usize, &T) + Sync) {
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for worker in 0..2 {
            let (next, act) = (&next, &act);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some(item) = items.get(at) else { return };
                    act(worker, item);
                }
            });
        }
    });
}
