//! Facts about one column: how each is updated and merged.

pub(crate) mod moments;
pub(crate) mod numbers;
pub(crate) mod texts;
pub(crate) mod ticks;

pub use moments::Moments;

/// The least and the greatest of some values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Extremes<T>(Option<(T, T)>);

impl<T> Default for Extremes<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: PartialOrd + Clone> Extremes<T> {
    pub(crate) fn see(&mut self, value: &T) {
        self.widen(value, value);
    }

    fn widen(&mut self, least: &T, most: &T) {
        let Some((low, high)) = &mut self.0 else {
            self.0 = Some((least.clone(), most.clone()));
            return;
        };
        if least < low {
            *low = least.clone();
        }
        if most > high {
            *high = most.clone();
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        if let Some((least, most)) = &other.0 {
            self.widen(least, most);
        }
    }

    pub(crate) fn min(&self) -> Option<&T> {
        self.0.as_ref().map(|(least, _)| least)
    }

    pub(crate) fn max(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, most)| most)
    }
}
