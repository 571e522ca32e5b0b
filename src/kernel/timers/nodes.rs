//! The flat table that alarms are kept in, threaded into lists by whoever files them.

use std::ops::{Index, IndexMut};

use crate::kernel::TaskId;

/// No node.
pub(super) const NIL: u32 = u32::MAX;
/// `token` of the alarm of a task's own wait.
pub(super) const NO_TOKEN: u64 = u64::MAX;
/// `place` of a node in the bucket that is being worked off.
pub(super) const OPEN: u32 = u32::MAX - 1;
/// `place` of a node that is not armed.
pub(super) const VOID: u32 = u32::MAX - 2;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) at: u64,
    pub(super) order: u64,
    /// `NO_TOKEN` for the alarm of the task's own wait.
    pub(super) token: u64,
    pub(super) task: TaskId,
    pub(super) next: u32,
    pub(super) previous: u32,
    /// Which list holds it: an index into `heads`, `OPEN` or `VOID`.
    pub(super) place: u32,
    pub(super) generation: u32,
}

/// All nodes, in use or free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Nodes {
    table: Vec<Node>,
    free: u32,
}

impl Index<u32> for Nodes {
    type Output = Node;

    #[inline]
    fn index(&self, node: u32) -> &Node {
        &self.table[node as usize]
    }
}

impl IndexMut<u32> for Nodes {
    #[inline]
    fn index_mut(&mut self, node: u32) -> &mut Node {
        &mut self.table[node as usize]
    }
}

impl Nodes {
    pub(super) fn new() -> Self {
        Self { table: Vec::new(), free: NIL }
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.table)
    }

    /// How many are armed; slow, for tests.
    #[cfg(test)]
    pub(super) fn armed(&self) -> usize {
        self.table.iter().filter(|node| node.place != VOID).count()
    }

    #[inline]
    pub(super) fn allocate(&mut self) -> u32 {
        let node = self.free;
        if node == NIL {
            return self.grow();
        }
        self.free = self.table[node as usize].next;
        node
    }

    #[cold]
    fn grow(&mut self) -> u32 {
        self.table.push(Node {
            at: 0,
            order: 0,
            token: NO_TOKEN,
            task: TaskId { index: NIL, generation: 0 },
            next: NIL,
            previous: NIL,
            place: VOID,
            generation: 0,
        });
        self.table.len() as u32 - 1
    }

    #[inline]
    pub(super) fn release(&mut self, node: u32) {
        let entry = &mut self.table[node as usize];
        entry.generation = entry.generation.wrapping_add(1);
        entry.place = VOID;
        entry.next = self.free;
        self.free = node;
    }
}
