//! Versions of links. An old link is brought up to date step by step, before it is understood: so
//! what was shared once can be opened for ever.

use super::view::input_error;
use crate::knobs::InputError;

/// The words of a link and what they say, in any order.
pub(super) type Params = Vec<(String, String)>;

/// A step from one version to the next.
type Migration = fn(Params) -> Result<Params, InputError>;

/// The steps, from version 1 to 2 first. To change what a link means, add a step; never change one.
/// `tests/links.json` holds links of all versions, and what they must lead to.
const STEPS: &[Migration] = &[];

/// Names that knobs had in older versions, for packed links: the steps take them on from there.
pub(super) const OLD_NAMES: &[&str] = &[];

/// The version of the links that are written.
pub const VERSION: u32 = 1 + STEPS.len() as u32;

/// Brings the words of a link up to date.
pub(super) fn migrate(version: u32, words: Params) -> Result<Params, InputError> {
    migrate_by(STEPS, version, words)
}

fn migrate_by(steps: &[Migration], version: u32, words: Params) -> Result<Params, InputError> {
    let Some(first) = version.checked_sub(1).filter(|first| *first as usize <= steps.len()) else {
        let allowed =
            format!("allowed: 1 to {}; the page may be older than the link", steps.len() + 1);
        return Err(input_error("v", &version.to_string(), allowed));
    };
    steps[first as usize..].iter().try_fold(words, |words, step| step(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a step would rename a knob.
    fn rename(words: Params) -> Result<Params, InputError> {
        let renamed = |(word, text): (String, String)| match word.as_str() {
            "poison_share" => ("toxic_share".to_owned(), text),
            _ => (word, text),
        };
        Ok(words.into_iter().map(renamed).collect())
    }

    fn double(words: Params) -> Result<Params, InputError> {
        let doubled = |(word, text): (String, String)| (word, format!("{text}{text}"));
        Ok(words.into_iter().map(doubled).collect())
    }

    #[test]
    fn an_old_link_takes_every_step_from_its_version_on() {
        let words = || vec![("poison_share".to_owned(), "1".to_owned())];
        let steps: &[Migration] = &[rename, double];
        let shown = |version| migrate_by(steps, version, words()).map(|words| words[0].clone());
        assert_eq!(shown(1), Ok(("toxic_share".to_owned(), "11".to_owned())));
        assert_eq!(shown(2), Ok(("poison_share".to_owned(), "11".to_owned())));
        assert_eq!(shown(3), Ok(("poison_share".to_owned(), "1".to_owned())));
        for unknown in [0, 4, u32::MAX] {
            let error = shown(unknown).expect_err("there is no such version").to_string();
            assert!(error.contains(&format!("`{unknown}`")) && error.contains("1 to 3"), "{error}");
        }
    }
}
