//! The rooms of the page: each shows only what it needs, and each has an address.

/// A room of the page: what is on the screen at one time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// The running pool.
    #[default]
    Pool,
    /// The night, told.
    Night,
    /// Experiments over many runs.
    Lab,
}

impl Room {
    /// All rooms, in the order of their doors.
    pub const ALL: [Self; 3] = [Self::Pool, Self::Night, Self::Lab];

    /// Its name in links: `view=lab`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pool => "pool",
            Self::Night => "night",
            Self::Lab => "lab",
        }
    }

    /// The room of that name; the pool, if there is none or no name.
    pub fn named(name: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|room| Some(room.name()) == name).unwrap_or_default()
    }
}
