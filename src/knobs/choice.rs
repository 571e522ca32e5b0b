//! Knobs that are one of a few words.

use super::value::{KnobType, Value};

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$variant_doc:meta])* $variant:ident = $word:literal),*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_doc])* $variant),* }

        impl $name {
            /// The words, in the order of the variants.
            pub const WORDS: &'static [&'static str] = &[$($word),*];
        }

        impl KnobType for $name {
            fn value(self) -> Value {
                Value::Word(match self { $(Self::$variant => $word),* }.to_owned())
            }

            fn read(value: &Value) -> Option<Self> {
                match value {
                    $(Value::Word(word) if word == $word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

choice! {
    /// The shape of the service time of normal jobs.
    ServiceDistribution {
        /// Exponential: an M/M/c queue.
        Exponential = "exponential",
        /// Every job the same: M/D/c.
        Constant = "constant",
        /// Lognormal with `service_cv`: M/G/c.
        Lognormal = "lognormal"
    }
}

choice! {
    /// How toxic jobs look to the pool.
    ToxicLabel {
        /// They have a kind of their own, as in the incident's code.
        Own = "own",
        /// They come as normal jobs or reports.
        Hidden = "hidden"
    }
}

choice! {
    /// What a circuit breaker takes its rates over (resilience4j, `slidingWindowType`).
    WindowType {
        /// The last `breaker_window` calls.
        Count = "count",
        /// The calls of the last `breaker_window` seconds, in whole-second buckets.
        Time = "time"
    }
}

choice! {
    /// What a host does when all its memory is used.
    OutOfMemory {
        /// The pool dies, for ever.
        PoolDies = "pool_dies",
        /// The largest process is killed, and the next, until there is memory (Linux' OOM killer).
        LargestDies = "largest_dies",
        /// All workers die, and start again after `restart_after_s` (a container's restart).
        Restart = "restart"
    }
}

choice! {
    /// What becomes of a success that is reported after its attempt was taken away.
    LateResults {
        /// It is dropped: only the holder of the lease is heard.
        Dropped = "dropped",
        /// It counts, if its job has not ended (at-least-once queues do not fence).
        Counted = "counted"
    }
}

choice! {
    /// What sends a worker's heartbeat.
    BeatSource {
        /// The work itself: a hang is silent.
        Progress = "progress",
        /// A helper thread, whatever the job does: the lying heartbeat.
        SideThread = "side_thread",
        /// The worker's loop, between jobs: a long job is as silent as a hang (gunicorn's sync
        /// worker).
        BetweenJobs = "between_jobs"
    }
}
