//! How much memory a copy of a scheduler takes, about: for those who keep copies.

use std::mem::{size_of, size_of_val};

use super::{Core, Ready, Scheduler};

impl<T> Scheduler<T> {
    /// What a copy of this takes, in bytes, without what tasks hold outside themselves. It depends
    /// on the platform: no run may go by it.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.tasks) + self.core.bytes()
    }
}

impl<T> Core<T> {
    fn bytes(&self) -> usize {
        let ready: usize = self.ready.iter().map(|line| line.len() * size_of::<Ready>()).sum();
        let lists = size_of_val(&*self.neighbours) + size_of_val(&*self.free);
        let moves = size_of_val(&*self.births) + size_of_val(&*self.deaths);
        self.timers.bytes() + lists + ready + moves
    }
}
