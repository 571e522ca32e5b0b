//! What a guard remembers of each worker, by the place of its task.

/// A table that grows with the places that are used.
#[derive(Clone, Debug, PartialEq)]
pub struct ByPlace<T>(Vec<T>);

impl<T> Default for ByPlace<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone + Default> ByPlace<T> {
    /// What is remembered of a place, to be changed.
    #[inline]
    pub fn at(&mut self, place: u32) -> &mut T {
        let place = place as usize;
        if self.0.len() <= place {
            self.0.resize(place + 1, T::default());
        }
        &mut self.0[place]
    }

    /// What a copy takes, in bytes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.0)
    }

    /// Everything remembered, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut()
    }
}
