//! Alarms in virtual time: arm and cancel in O(1), however many there are.
//!
//! A calendar queue (Brown, CACM 31(10), 1988) for what is near and a hierarchical wheel (Varghese
//! and Lauck, SOSP 1987) for what is far. Both are lists threaded through one flat table, so an
//! alarm can be unlinked where it stands. Only the bucket that is due is ever sorted.
//!
//! They go by the reading of one clock in its own units: of virtual time in microseconds, of
//! service in picoseconds.

mod nodes;

use super::ids::{AlarmId, Phase, TaskId};
use nodes::{About, NEAR, NIL, Node, Nodes, OPEN, VOID, of_task, task_of};

/// What is due at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// The wait of the task in this place is over.
    Wait(u32),
    /// An alarm armed by hand goes off for a task, with its token.
    Alarm(TaskId, u64),
}

const FEWEST_BUCKETS: usize = 64;
const MAX_BUCKETS: usize = 1 << 20;
/// Each far level has 64 slots, one bit each in a word; four levels reach 2^24 times as far as the
/// near buckets.
const FAR_LEVELS: usize = 4;
const FAR_BITS: u32 = 6;
const FAR_SLOTS: usize = 1 << FAR_BITS;
const _: () = assert!(FAR_LEVELS * FAR_SLOTS <= NEAR as usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Opened {
    at: u64,
    order: u64,
    node: u32,
}

/// All alarms that are armed, in the order in which they are due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Timers {
    nodes: Nodes,
    /// First node of each near bucket, then of each far slot.
    heads: Vec<u32>,
    near_used: Vec<u64>,
    far_used: [u64; FAR_LEVELS],
    /// The near buckets together are 2^near_bits units wide, each of them 2^width.
    near_bits: u32,
    width: u32,
    /// The bucket in `open`, counted from the beginning of time.
    cursor: u64,
    /// The bucket that is being worked off, latest first.
    open: Vec<Opened>,
    /// The bucket at which a far slot has to be spread out next; never later than the truth.
    next_far: u64,
    sequence: u64,
}

impl Timers {
    /// An empty set with buckets for about `population` alarms armed at once, most of them no
    /// further ahead than 2^near_bits units.
    pub(super) fn sized_for(population: usize, near_bits: u32) -> Self {
        let buckets = (2 * population).next_power_of_two().clamp(FEWEST_BUCKETS, MAX_BUCKETS);
        Self {
            nodes: Nodes::sized_for(population),
            heads: vec![NIL; buckets + FAR_LEVELS * FAR_SLOTS],
            near_used: vec![0; buckets / 64],
            far_used: [0; FAR_LEVELS],
            near_bits,
            width: near_bits - buckets.trailing_zeros(),
            cursor: 0,
            open: Vec::new(),
            next_far: u64::MAX,
            sequence: 0,
        }
    }

    /// What a copy takes outside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        let lists = size_of_val(&*self.heads) + size_of_val(&*self.near_used);
        self.nodes.bytes() + lists + size_of_val(&*self.open)
    }

    fn buckets(&self) -> usize {
        self.near_used.len() * 64
    }

    /// Arms an alarm. What is due at one instant goes off by phase, then in the order of arming.
    #[inline]
    pub(super) fn arm(&mut self, at: u64, phase: Phase, task: TaskId, token: u64) -> AlarmId {
        let node = self.nodes.allocate(About { task, token });
        let generation = self.nodes[node].generation;
        self.set(node, at, phase);
        AlarmId { node, generation }
    }

    /// Makes room for the waits of the task in a place. They need no handle: a task waits for one
    /// thing after the other.
    pub(super) fn reserve(&mut self, index: u32) {
        self.nodes.reach(of_task(index));
    }

    /// How the task in a place waits, and how many were there before it.
    #[inline]
    pub(super) fn seat(&self, index: u32) -> &Node {
        &self.nodes[of_task(index)]
    }

    /// See [`Timers::seat`].
    #[inline]
    pub(super) fn seat_mut(&mut self, index: u32) -> &mut Node {
        &mut self.nodes[of_task(index)]
    }

    /// Arms the end of a task's wait; none may be armed.
    #[inline]
    pub(super) fn begin_wait(&mut self, index: u32, at: u64, phase: Phase) {
        self.set(of_task(index), at, phase);
    }

    /// Takes back the end of a task's wait, if one is armed.
    #[inline]
    pub(super) fn end_wait(&mut self, index: u32) {
        self.unset(of_task(index));
    }

    #[inline]
    fn set(&mut self, node: u32, at: u64, phase: Phase) {
        self.sequence += 1;
        let order = u64::from(phase.0) << 56 | self.sequence;
        self.file(Opened { at, order, node });
    }

    #[inline]
    fn unset(&mut self, node: u32) {
        match self.nodes[node].place {
            VOID => {}
            OPEN => {
                self.open.retain(|entry| entry.node != node);
                self.nodes[node].place = VOID;
            }
            _ => {
                self.unlink(node);
                self.nodes[node].place = VOID;
            }
        }
    }

    /// Takes an alarm back; of one that went off or was taken back already this does nothing.
    #[inline]
    pub(super) fn cancel(&mut self, id: AlarmId) {
        let node = &mut self.nodes[id.node];
        if node.generation != id.generation || node.place == VOID {
            return;
        }
        self.unset(id.node);
        self.nodes.release(id.node);
    }

    /// When a task's wait ends, and in which phase; it must be armed.
    pub(super) fn due(&self, index: u32) -> (u64, Phase) {
        let node = &self.nodes[of_task(index)];
        (node.at, phase_of(node.order))
    }

    /// When the next alarm is due, or a time before that: [`Timers::peek`] of it brings it nearer.
    pub(super) fn bound(&self) -> u64 {
        if let Some(next) = self.open.last() {
            return next.at;
        }
        match self.next_near().min(self.next_far) {
            u64::MAX => u64::MAX,
            bucket => bucket << self.width,
        }
    }

    /// When the next alarm is due, and in which phase, if that is up to and including `until`.
    #[inline]
    pub(super) fn peek(&mut self, until: u64) -> Option<(u64, Phase)> {
        if self.open.is_empty() && !self.open_next(until >> self.width) {
            return None;
        }
        let next = self.open.last()?;
        (next.at <= until).then(|| (next.at, phase_of(next.order)))
    }

    /// Takes the next alarm, if one is due up to and including `until`.
    #[inline]
    pub(super) fn pop(&mut self, until: u64) -> Option<(u64, Due)> {
        if self.open.is_empty() && !self.open_next(until >> self.width) {
            return None;
        }
        let Opened { at, node, .. } = *self.open.last()?;
        if at > until {
            return None;
        }
        self.open.pop();
        let due = match task_of(node) {
            Some(index) => {
                self.nodes[node].place = VOID;
                Due::Wait(index)
            }
            None => {
                let About { task, token } = self.nodes.release(node);
                Due::Alarm(task, token)
            }
        };
        Some((at, due))
    }

    /// Puts a node in the list its time belongs to.
    #[inline]
    fn file(&mut self, entry: Opened) {
        let bucket = entry.at >> self.width;
        if bucket <= self.cursor {
            self.file_open(entry);
        } else if bucket - self.cursor < self.buckets() as u64 {
            let index = bucket as usize & (self.buckets() - 1);
            self.near_used[index >> 6] |= 1 << (index & 63);
            self.link(entry, index, NEAR);
        } else {
            self.file_far(entry);
        }
    }

    fn file_open(&mut self, entry: Opened) {
        let node = &mut self.nodes[entry.node];
        (node.at, node.order, node.place) = (entry.at, entry.order, OPEN);
        let key = (entry.at, entry.order);
        let place = self.open.partition_point(|other| (other.at, other.order) > key);
        self.open.insert(place, entry);
    }

    fn file_far(&mut self, entry: Opened) {
        let now = self.cursor << self.width;
        for level in 0..FAR_LEVELS {
            let shift = self.near_bits + FAR_BITS * level as u32;
            let ahead = (entry.at >> shift) - (now >> shift);
            if ahead < FAR_SLOTS as u64 || level == FAR_LEVELS - 1 {
                // What lies beyond the last level waits in its last slot and is filed again there.
                let unit = (now >> shift) + ahead.min(FAR_SLOTS as u64 - 1);
                let slot = unit as usize & (FAR_SLOTS - 1);
                self.far_used[level] |= 1 << slot;
                let place = level * FAR_SLOTS + slot;
                self.link(entry, self.buckets() + place, place as u16);
                self.next_far = self.next_far.min(unit << (shift - self.width));
                return;
            }
        }
    }

    /// Moves on to the next bucket that holds anything, if it is not later than bucket `last`.
    fn open_next(&mut self, last: u64) -> bool {
        loop {
            let near = self.next_near();
            let far = self.next_far;
            let next = near.min(far);
            if next > last {
                return false;
            }
            self.cursor = next;
            if far <= near {
                self.cascade();
                self.next_far = self.find_far();
            }
            if self.open_bucket() || !self.open.is_empty() {
                return true;
            }
        }
    }

    /// The next near bucket in use after the cursor.
    #[inline]
    fn next_near(&self) -> u64 {
        let words = self.near_used.len();
        let start = (self.cursor as usize + 1) & (self.buckets() - 1);
        let mut word = start >> 6;
        let mut bits = self.near_used[word] & (!0 << (start & 63));
        for _ in 0..=words {
            if bits != 0 {
                let index = word * 64 + bits.trailing_zeros() as usize;
                let ahead = index.wrapping_sub(start) & (self.buckets() - 1);
                return self.cursor + 1 + ahead as u64;
            }
            word = (word + 1) % words;
            bits = self.near_used[word];
        }
        u64::MAX
    }

    /// The first bucket of the next far slot in use, at which it has to be spread out.
    #[inline]
    fn find_far(&self) -> u64 {
        let mut next = u64::MAX;
        for level in 0..FAR_LEVELS {
            if self.far_used[level] != 0 {
                let shift = self.near_bits - self.width + FAR_BITS * level as u32;
                let unit = self.cursor >> shift;
                let turned = self.far_used[level].rotate_right((unit as u32 + 1) & 63);
                let ahead = u64::from(turned.trailing_zeros()) + 1;
                next = next.min((unit + ahead) << shift);
            }
        }
        next
    }

    /// Files again, nearer, what stands in the far slots that begin at the cursor.
    fn cascade(&mut self) {
        for level in (0..FAR_LEVELS).rev() {
            let shift = self.near_bits - self.width + FAR_BITS * level as u32;
            let unit = self.cursor >> shift;
            let slot = unit as usize & (FAR_SLOTS - 1);
            if unit << shift != self.cursor || self.far_used[level] & (1 << slot) == 0 {
                continue;
            }
            self.far_used[level] &= !(1 << slot);
            let place = self.buckets() + level * FAR_SLOTS + slot;
            let mut node = std::mem::replace(&mut self.heads[place], NIL);
            while node != NIL {
                let Node { at, order, next, .. } = self.nodes[node];
                self.file(Opened { at, order, node });
                node = next;
            }
        }
    }

    /// Sorts the cursor's bucket into `open`. False if it is empty.
    #[inline]
    fn open_bucket(&mut self) -> bool {
        let index = self.cursor as usize & (self.buckets() - 1);
        let mut node = std::mem::replace(&mut self.heads[index], NIL);
        if node == NIL {
            return false;
        }
        self.near_used[index >> 6] &= !(1 << (index & 63));
        while node != NIL {
            let entry = &mut self.nodes[node];
            entry.place = OPEN;
            self.open.push(Opened { at: entry.at, order: entry.order, node });
            node = entry.next;
        }
        if self.open.len() > 1 {
            self.open.sort_unstable_by_key(|entry| std::cmp::Reverse((entry.at, entry.order)));
        }
        true
    }

    #[inline]
    fn link(&mut self, Opened { at, order, node }: Opened, list: usize, place: u16) {
        let head = std::mem::replace(&mut self.heads[list], node);
        if head != NIL {
            self.nodes[head].previous = node;
        }
        let entry = &mut self.nodes[node];
        (entry.at, entry.order) = (at, order);
        (entry.next, entry.previous) = (head, NIL);
        entry.place = place;
    }

    #[inline]
    fn unlink(&mut self, node: u32) {
        let Node { at, next, previous, place, .. } = self.nodes[node];
        if next != NIL {
            self.nodes[next].previous = previous;
        }
        if previous != NIL {
            self.nodes[previous].next = next;
            return;
        }
        if place == NEAR {
            let index = (at >> self.width) as usize & (self.buckets() - 1);
            self.heads[index] = next;
            if next == NIL {
                self.near_used[index >> 6] &= !(1 << (index & 63));
            }
        } else {
            let slot = usize::from(place);
            let list = self.buckets() + slot;
            self.heads[list] = next;
            if next == NIL {
                self.far_used[slot / FAR_SLOTS] &= !(1 << (slot % FAR_SLOTS));
            }
        }
    }
}

fn phase_of(order: u64) -> Phase {
    Phase((order >> 56) as u8)
}

#[cfg(test)]
mod tests;
