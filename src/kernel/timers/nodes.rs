//! The flat table that alarms are kept in, threaded into lists.
//!
//! Each task has a node for ever, the alarm of its waits, which keeps how the task waits as well:
//! so a step finds both in one cache line. The other nodes are alarms armed by hand; what those
//! are about is kept beside, since it is asked for when one goes off. The two sorts share the table
//! in blocks, since the first are touched all the time and the others seldom.

use std::ops::{Index, IndexMut};

use crate::kernel::ids::TaskId;
use crate::kernel::wait::State;

/// The end of a list: the index of no node.
pub(super) const NIL: u32 = u32::MAX;
/// `place` of a node in the bucket that is being worked off.
pub(super) const OPEN: u16 = u16::MAX;
/// `place` of a node that is not armed.
pub(super) const VOID: u16 = u16::MAX - 1;
/// `place` of a node in a near bucket, which follows from its time.
pub(super) const NEAR: u16 = u16::MAX - 2;

/// Half a cache line, and never in two of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(32))]
pub(in crate::kernel) struct Node {
    pub(super) at: u64,
    pub(super) order: u64,
    pub(super) next: u32,
    pub(super) previous: u32,
    /// How often a task, or an alarm armed by hand, has ended here.
    pub(in crate::kernel) generation: u32,
    /// Which list holds it: a far slot, `NEAR`, `OPEN` or `VOID`.
    pub(super) place: u16,
    /// How the task waits. Of an alarm armed by hand: nothing.
    pub(in crate::kernel) state: State,
}

const BLANK: Node = Node {
    at: 0,
    order: 0,
    next: NIL,
    previous: NIL,
    generation: 0,
    place: VOID,
    state: State::Over,
};
const _: () = assert!(size_of::<Node>() == 32);

/// What an alarm armed by hand is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct About {
    pub(super) task: TaskId,
    pub(super) token: u64,
}

/// All nodes, in use or free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Nodes {
    table: Vec<Node>,
    abouts: Vec<About>,
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

/// Nodes in a block. Blocks of tasks' nodes and of alarms armed by hand take turns.
const BLOCK: u32 = 64;

/// The node of the waits of the task in a place.
#[inline]
pub(super) const fn of_task(index: u32) -> u32 {
    index + (index & !(BLOCK - 1))
}

/// The place of the task whose waits a node is for; `None` of an alarm armed by hand.
#[inline]
pub(super) const fn task_of(node: u32) -> Option<u32> {
    if node & BLOCK == 0 { Some(number_of(node)) } else { None }
}

/// Which of its sort a node is.
#[inline]
const fn number_of(node: u32) -> u32 {
    node >> 1 & !(BLOCK - 1) | node & (BLOCK - 1)
}

impl Nodes {
    pub(super) fn sized_for(count: usize) -> Self {
        Self {
            table: Vec::with_capacity(count + 2 * BLOCK as usize),
            abouts: Vec::new(),
            free: NIL,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.table) + size_of_val(&*self.abouts)
    }

    /// How many are armed; slow, for tests.
    #[cfg(test)]
    pub(super) fn armed(&self) -> usize {
        self.table.iter().filter(|node| node.place != VOID).count()
    }

    /// Makes room for a node.
    #[inline]
    pub(super) fn reach(&mut self, node: u32) {
        if self.table.len() <= node as usize {
            self.table.resize(node as usize + 1, BLANK);
        }
    }

    /// A node for an alarm armed by hand.
    #[inline]
    pub(super) fn allocate(&mut self, about: About) -> u32 {
        let node = self.free;
        if node == NIL {
            return self.grow(about);
        }
        self.free = self.table[node as usize].next;
        self.abouts[number_of(node) as usize] = about;
        node
    }

    #[cold]
    fn grow(&mut self, about: About) -> u32 {
        let node = of_task(self.abouts.len() as u32) | BLOCK;
        self.abouts.push(about);
        self.reach(node);
        node
    }

    /// Gives the node of an alarm armed by hand back, and says what it was about.
    #[inline]
    pub(super) fn release(&mut self, node: u32) -> About {
        let entry = &mut self.table[node as usize];
        entry.generation = entry.generation.wrapping_add(1);
        entry.place = VOID;
        entry.next = self.free;
        self.free = node;
        self.abouts[number_of(node) as usize]
    }
}
