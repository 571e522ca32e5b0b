//! Zombie Workers: a worker pool that fails quietly, simulated.
