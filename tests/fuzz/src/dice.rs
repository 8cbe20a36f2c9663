//! Choices that bytes make, one after the other; when there are no more, the first of everything.

/// The bytes that are left.
pub(crate) struct Dice<'d>(pub(crate) &'d [u8]);

impl<'d> Dice<'d> {
    /// The next byte.
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// A number below `end`, which is at most 65,536.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let first = usize::from(self.byte().unwrap_or_default());
        let number = match 256 < end {
            true => first << 8 | usize::from(self.byte().unwrap_or_default()),
            false => first,
        };
        number % end.max(1)
    }

    /// One of some.
    pub(crate) fn of<T: Copy>(&mut self, some: &[T]) -> T {
        some[self.below(some.len())]
    }

    /// No bytes are left.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
