//! The tabs under the stage where there is one column: what is seen of the rest.

/// A tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The fixes and the settings.
    #[default]
    Fixes,
    /// The charts.
    Charts,
    /// The steps of the story, and the pager.
    Story,
    /// The selection, looked at closely, and the tools.
    Worker,
}

impl Tab {
    /// All tabs, in their order.
    pub const ALL: [Self; 4] = [Self::Fixes, Self::Charts, Self::Story, Self::Worker];

    /// Its name in the page's classes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fixes => "fixes",
            Self::Charts => "charts",
            Self::Story => "story",
            Self::Worker => "worker",
        }
    }
}
