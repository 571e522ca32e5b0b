//! The inks of the picture, light and dark. Kinds of jobs and states of workers take theirs from
//! the Okabe–Ito palette (Okabe and Ito, "Color Universal Design", 2008), which colour-blind
//! eyes can tell apart; nothing is told by hue alone.

macro_rules! inks {
    ($($(#[$doc:meta])* $name:ident: $light:literal, $dark:literal;)*) => {
        /// What a thing is painted in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Ink { $($(#[$doc])* $name),* }

        impl Ink {
            /// All inks.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
            const COLOURS: &'static [[u32; 2]] = &[$([$light, $dark]),*];
        }
    };
}

inks! {
    /// Behind everything.
    Paper: 0xF6F3EC, 0x14181F;
    /// The floor where the work is done.
    Floor: 0xFFFFFF, 0x1C222C;
    /// A worker's place.
    Desk: 0xEEF1F5, 0x252D39;
    /// The ground of the graveyard.
    Grave: 0xDDE3D8, 0x1B241F;
    /// Stones and fences.
    Stone: 0xB4BEB0, 0x36433B;
    /// Thin lines.
    Line: 0xD5D9DF, 0x333D4B;
    /// Words.
    Text: 0x1D2530, 0xE9EDF2;
    /// Words that matter less.
    Soft: 0x525E6C, 0x9AA8B8;
    /// The edge of a figure.
    Edge: 0x22303F, 0x0B0E12;
    /// A worker that works.
    Working: 0x0072B2, 0x2E93D1;
    /// A worker without a job.
    Idle: 0x7FA6C4, 0x6C8CA8;
    /// A worker that is starting or leaving.
    Coming: 0xB9C4CF, 0x5F6B79;
    /// A worker with a long job.
    Straining: 0xD98200, 0xE69F00;
    /// A worker that hangs on a lock.
    Frozen: 0xBFE3F7, 0xCBEBFB;
    /// A worker that hangs and burns a core.
    Spinning: 0xD55E00, 0xE8701A;
    /// A worker that was replaced and is still there.
    Zombie: 0x7C8B5E, 0x8FA06C;
    /// A hard hat.
    Hat: 0xF2C200, 0xF2C530;
    /// A hard hat that has seen better days.
    OldHat: 0x9A957C, 0x7C785F;
    /// A healthy face.
    Skin: 0xF2D2B0, 0xE8C4A0;
    /// Whites of eyes.
    Eye: 0xFFFFFF, 0xFFFFFF;
    /// Pupils, mouths, brows.
    Dark: 0x17202B, 0x17202B;
    /// Ice and sweat.
    Ice: 0x56B4E9, 0x7CC7F2;
    /// A normal job.
    Normal: 0x56B4E9, 0x56B4E9;
    /// A report.
    Report: 0xE69F00, 0xF0B32E;
    /// A toxic job.
    Toxic: 0xB8478C, 0xD97DB4;
    /// Good news.
    Good: 0x007D5B, 0x1FC596;
    /// Bad news.
    Bad: 0xC34F00, 0xFF8A3D;
    /// What a worker holds in memory.
    Weight: 0x5B4B8A, 0x9C8AD6;
    /// Where the viewer is.
    Focus: 0x111111, 0xFFFFFF;
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast as in WCAG 2.2.
    fn contrast(theme: Theme, a: Ink, b: Ink) -> f64 {
        let light = |ink| {
            let [r, g, b] = theme.rgb(ink).map(|part| {
                let share = f64::from(part) / 255.0;
                if share <= 0.04045 {
                    share / 12.92
                } else {
                    libm::pow((share + 0.055) / 1.055, 2.4)
                }
            });
            0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
        };
        let (a, b) = (light(a), light(b));
        a.max(b) / a.min(b)
    }

    #[test]
    fn words_can_be_read_on_every_ground_in_both_themes() {
        for theme in [Theme::Light, Theme::Dark] {
            for ground in [Ink::Paper, Ink::Floor, Ink::Grave, Ink::Desk] {
                for word in [Ink::Text, Ink::Soft] {
                    let ratio = contrast(theme, word, ground);
                    assert!(ratio >= 4.5, "{theme:?} {word:?} on {ground:?}: {ratio:.2}");
                }
            }
        }
    }
}
