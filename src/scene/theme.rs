//! The one palette of pictures and page: light, dark, and for a projector. Kinds of jobs and states
//! of workers take their hues from the Okabe–Ito palette (Okabe and Ito, "Color Universal Design",
//! 2008), which colour-blind eyes can tell apart; nothing is told by hue alone.
//!
//! `static/palette.css` is written from it: `BLESS=1 cargo test --test palette`.

macro_rules! inks {
    ($($(#[$doc:meta])* $name:ident: $light:literal, $dark:literal, $projector:literal;)*) => {
        /// What a thing is painted in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Ink { $($(#[$doc])* $name),* }

        impl Ink {
            /// All inks, in the order of the palette.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
            const COLOURS: &'static [[u32; 3]] = &[$([$light, $dark, $projector]),*];
        }
    };
}

inks! {
    /// Behind everything.
    Paper: 0xF6F3EC, 0x14181F, 0xFFFFFF;
    /// The floor where the work is done.
    Floor: 0xFFFFFF, 0x1C222C, 0xFFFFFF;
    /// A worker's place.
    Desk: 0xEEF1F5, 0x252D39, 0xEDF0F4;
    /// The ground of the graveyard.
    Grave: 0xDDE3D8, 0x1B241F, 0xE3EADD;
    /// Stones and fences.
    Stone: 0x768272, 0x6A7A70, 0x768370;
    /// Thin lines.
    Line: 0xD5D9DF, 0x333D4B, 0x8C949E;
    /// Words.
    Text: 0x1D2530, 0xE9EDF2, 0x000000;
    /// Words that matter less.
    Soft: 0x525E6C, 0x9AA8B8, 0x2B333D;
    /// The edge of a figure.
    Edge: 0x22303F, 0x0B0E12, 0x000000;
    /// A worker that works.
    Working: 0x0072B2, 0x2E93D1, 0x0059A0;
    /// A worker without a job.
    Idle: 0x6893B5, 0x6C8CA8, 0x5A93C0;
    /// A worker that is starting or leaving.
    Coming: 0x8593A3, 0x6F7C8B, 0x808C99;
    /// A worker with a long job.
    Straining: 0xC87600, 0xE69F00, 0xB86400;
    /// A worker that hangs on a lock.
    Frozen: 0xBFE3F7, 0xCBEBFB, 0xA5D8F5;
    /// A worker that hangs and burns a core.
    Spinning: 0xD55E00, 0xE8701A, 0xB84A00;
    /// A worker that was replaced and is still there.
    Zombie: 0x6F7E52, 0x8FA06C, 0x55663A;
    /// A hard hat.
    Hat: 0xF2C200, 0xF2C530, 0xF2C200;
    /// A hard hat that has seen better days.
    OldHat: 0x9A957C, 0x7C785F, 0x7D775E;
    /// A healthy face.
    Skin: 0xF2D2B0, 0xE8C4A0, 0xF2D2B0;
    /// Whites of eyes.
    Eye: 0xFFFFFF, 0xFFFFFF, 0xFFFFFF;
    /// Pupils, mouths, brows.
    Dark: 0x17202B, 0x17202B, 0x000000;
    /// Ice and sweat.
    Ice: 0x1B76AE, 0x7CC7F2, 0x1467A3;
    /// A normal job.
    Normal: 0x2885BC, 0x56B4E9, 0x0F86C9;
    /// A report.
    Report: 0xAD7000, 0xF0B32E, 0xB87000;
    /// A toxic job.
    Toxic: 0xB8478C, 0xD97DB4, 0xA02E77;
    /// Good news.
    Good: 0x00724F, 0x1FC596, 0x005A3E;
    /// Bad news.
    Bad: 0xAA4000, 0xFF8A3D, 0x9A3000;
    /// What a worker holds in memory.
    Weight: 0x5B4B8A, 0x9C8AD6, 0x45347A;
    /// Jobs that wait, as a line.
    Queue: 0xA86200, 0xE69F00, 0x8A4F00;
    /// Another run, held against this one.
    Other: 0x9B3B9E, 0xD58AE0, 0x7A1F80;
    /// Where the viewer is.
    Focus: 0x111111, 0xFFFFFF, 0x000000;
    /// Buttons and links of the page.
    Accent: 0x00669F, 0x5BB4EC, 0x004F7C;
    /// Behind a dashboard in alarm.
    Alarm: 0xFFF0E5, 0x33221A, 0xFFF0E5;
    /// Behind what a terminal shows.
    Terminal: 0x11151B, 0x11151B, 0x11151B;
    /// What a terminal shows.
    TerminalText: 0xD7E3D0, 0xD7E3D0, 0xD7E3D0;
}

/// Light or dark, or for the back row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
    /// Black on white, with strong inks and larger words: for a projector in a bright room.
    Projector,
}

impl Theme {
    /// All themes, in the order in which the page offers them.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Projector];

    /// How much larger text is on the stage and in charts than in the other themes.
    pub fn text_scale(self) -> f64 {
        if self == Self::Projector { 4.0 / 3.0 } else { 1.0 }
    }

    /// Red, green and blue of an ink.
    pub fn rgb(self, ink: Ink) -> [u8; 3] {
        let [_, r, g, b] = Ink::COLOURS[ink as usize][self as usize].to_be_bytes();
        [r, g, b]
    }

    /// An ink as CSS writes it.
    pub fn css(self, ink: Ink) -> String {
        format!("#{:06x}", Ink::COLOURS[ink as usize][self as usize])
    }
}
