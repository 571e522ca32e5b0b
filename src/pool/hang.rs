//! The two ways to hang: with and without a core.

/// How a worker hangs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hang {
    /// On a lock that is never released; it uses no CPU.
    #[default]
    Parked,
    /// In a loop that never ends; it burns a core.
    Spinning,
}

impl Hang {
    /// Both ways to hang.
    pub const ALL: [Self; 2] = [Self::Parked, Self::Spinning];

    /// The way in a word, as in files and links.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parked => "parked",
            Self::Spinning => "spinning",
        }
    }
}
