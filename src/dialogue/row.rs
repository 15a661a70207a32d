//! A list as long as the scenario needs, in place where that is short.

use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};

/// A list whose length is set once, when a conversation begins. Up to `N` values stand in place: most scenarios are so
/// small that beginning a conversation, or copying one, allocates nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<T>", into = "Vec<T>", bound(serialize = "T: Copy + Serialize"))]
#[serde(bound(deserialize = "T: Copy + Default + Deserialize<'de>"))]
pub struct Row<T, const N: usize>(Values<T, N>);

/// Beyond its length a short row holds nothing but defaults, so that equal rows are equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Values<T, const N: usize> {
    Short(usize, [T; N]),
    Long(Box<[T]>),
}

impl<T: Copy + Default, const N: usize> Row<T, N> {
    /// So many values, all of them the default.
    #[inline]
    pub fn with_length(length: usize) -> Self {
        Self(if length <= N {
            Values::Short(length, [T::default(); N])
        } else {
            Values::Long(vec![T::default(); length].into_boxed_slice())
        })
    }
}

impl<T: Copy + Default, const N: usize> Default for Row<T, N> {
    /// An empty one.
    fn default() -> Self {
        Self::with_length(0)
    }
}

impl<T: Copy + Default, const N: usize> From<Vec<T>> for Row<T, N> {
    fn from(values: Vec<T>) -> Self {
        let mut row = Self::with_length(values.len());
        row.copy_from_slice(&values);
        row
    }
}

impl<T: Copy, const N: usize> From<Row<T, N>> for Vec<T> {
    fn from(row: Row<T, N>) -> Self {
        row.to_vec()
    }
}

impl<T, const N: usize> Deref for Row<T, N> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match &self.0 {
            Values::Short(length, values) => &values[..*length],
            Values::Long(values) => values,
        }
    }
}

impl<T, const N: usize> DerefMut for Row<T, N> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            Values::Short(length, values) => &mut values[..*length],
            Values::Long(values) => values,
        }
    }
}

impl<'r, T, const N: usize> IntoIterator for &'r Row<T, N> {
    type Item = &'r T;
    type IntoIter = std::slice::Iter<'r, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_the_same_list_in_place_and_beyond() {
        for length in [0, 3, 4, 5, 40] {
            let mut row = Row::<u8, 4>::with_length(length);
            let values: Vec<u8> = (1..=u8::MAX).take(length).collect();
            row.copy_from_slice(&values);
            assert_eq!(*row, *values);
            assert_eq!(Row::from(values), row);
        }
    }
}
