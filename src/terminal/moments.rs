//! Times as people write them: `90`, `90s`, `15m`, `2h`, or a time of day.

use crate::kernel::{Duration, Instant};
use crate::knobs::InputError;
use crate::run::WallClock;

/// The longest time that is understood: thirty days, in seconds.
const LONGEST: f64 = 30.0 * 86_400.0;

/// Reads a length of time.
///
/// # Errors
/// If it is none, or longer than thirty days.
pub fn duration(flag: &str, text: &str) -> Result<Duration, InputError> {
    let text = text.trim();
    let (digits, unit) = match text.char_indices().next_back() {
        Some((at, 's')) => (&text[..at], 1.0),
        Some((at, 'm')) => (&text[..at], 60.0),
        Some((at, 'h')) => (&text[..at], 3_600.0),
        _ => (text, 1.0),
    };
    let seconds = digits.parse().map(|number: f64| number * unit);
    match seconds {
        Ok(seconds) if (0.0..=LONGEST).contains(&seconds) => Ok(Duration::secs_f64(seconds)),
        _ => Err(InputError::new(
            flag,
            text,
            "allowed: a time such as 90, 90s, 15m or 2h, up to 720h",
        )),
    }
}

/// How far ahead of the beginning a moment by the clock may lie, unless the run is told to be
/// longer.
const BY_CLOCK: Duration = Duration::secs(12 * 3_600);

/// Reads a moment of a run that lasts `length`, if that was said: a time since its beginning, or
/// what its clock shows.
///
/// # Errors
/// If it is neither, or a time of day shortly before the beginning, which is nearly a day ahead.
pub fn moment(
    text: &str,
    clock: WallClock,
    length: Option<Duration>,
) -> Result<Instant, InputError> {
    if !text.contains(':') {
        let since = duration("--at", text).map_err(|error| InputError {
            allowed: "allowed: seconds, 90s, 15m, or the clock, such as 04:03:15".to_owned(),
            ..error
        })?;
        return Ok(Instant::START + since);
    }
    let named = |error| InputError { field: "--at".to_owned(), ..error };
    let at = clock.find(text).map_err(named)?;
    let ahead = at.saturating_since(Instant::START);
    if ahead > length.unwrap_or(BY_CLOCK).max(BY_CLOCK) {
        let seconds = ahead.as_secs_f64();
        let allowed = format!(
            "the run begins at {clock}; for the next day at that time: --at {seconds}, or a --for \
             that reaches it"
        );
        return Err(InputError::new("--at", text, allowed));
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let read = |text: &str| duration("--for", text).ok();
        assert_eq!(read("90"), Some(Duration::secs(90)));
        assert_eq!(read("1.5m"), Some(Duration::secs(90)));
        assert_eq!(read("2h"), Some(Duration::secs(7_200)));
        for wrong in ["", "s", "-1", "NaN", "inf", "1e99", "5 minutes", "ü"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_moment_by_the_clock_is_counted_from_the_scenarios_start() {
        let clock = WallClock::try_from("03:47:00".to_owned()).expect("a time of day");
        let day = Duration::secs(86_400);
        assert_eq!(moment("04:03:15", clock, None), Ok(Instant::START + Duration::secs(975)));
        assert_eq!(moment("03:47", clock, None), Ok(Instant::START));
        assert!(moment("25:00", clock, None).is_err());
        assert!(moment("03:46", clock, None).is_err());
        assert!(moment("03:46", clock, Some(Duration::secs(60))).is_err());
        let next_day = Instant::START + Duration::secs(86_400 - 60);
        assert_eq!(moment("03:46", clock, Some(day)), Ok(next_day));
    }
}
