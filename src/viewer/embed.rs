//! What a page that holds this one in a frame may ask for, and what it is told: lines of text.
//!
//! | asked | done |
//! | --- | --- |
//! | `play`, `pause` | time goes, or stands |
//! | `seek 95`, `seek 04:03:15` | to that second of the run, or to what its clock shows |
//! | `state` | tells the state |
//!
//! Whatever is asked is answered by a line of JSON: the state as it is then, or what is wrong.

use super::room::Room;
use super::state::State;
use crate::kernel::{Duration, Instant};
use crate::knobs::InputError;
use crate::run::WallClock;
use crate::watch::units::megabytes;

/// The latest second of a run that can be sought: thirty days.
const MAX_S: f64 = 2_592_000.0;

/// Something that the page around this one asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Order {
    Play(bool),
    Seek(Instant),
    State,
}

impl Order {
    fn parse(text: &str, clock: WallClock) -> Result<Self, InputError> {
        let (verb, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        match verb {
            "play" => Ok(Self::Play(true)),
            "pause" => Ok(Self::Play(false)),
            "state" => Ok(Self::State),
            "seek" if rest.contains(':') => clock.find(rest).map(Self::Seek),
            "seek" => {
                let seconds = rest.parse().ok().filter(|at_s| (0.0..=MAX_S).contains(at_s));
                let seek = |at_s| Self::Seek(Instant::START + Duration::secs_f64(at_s));
                let allowed = "allowed: seconds, or the clock, such as 04:03:15";
                seconds.map(seek).ok_or_else(|| InputError::new("seek", rest, allowed))
            }
            verb => Err(InputError::unknown("message", verb, ["play", "pause", "seek", "state"])),
        }
    }
}

impl State {
    /// Does what the page around this one asks for. The answer is a line of JSON.
    pub(super) fn obey(&mut self, text: &str) -> String {
        match Order::parse(text, self.runs.tape().run().clock()) {
            Ok(Order::Play(playing)) => self.runs.pace.playing = playing,
            Ok(Order::Seek(at)) => self.runs.seek(at),
            Ok(Order::State) => {}
            Err(error) => {
                let why: String = error.to_string().replace('\\', "/").replace('"', "'");
                return format!(r#"{{"type":"error","why":"{why}"}}"#);
            }
        }
        self.state_line()
    }

    /// The state as a line of JSON; in the night only what gives nothing away.
    fn state_line(&self) -> String {
        let room = self.room();
        let head = format!(r#"{{"type":"state","room":"{}""#, room.name());
        if room != Room::Pool {
            return format!(r#"{head},"chapter":{}}}"#, self.night.place().0 + 1);
        }
        let run = self.runs.tape().run();
        let (sample, now) = (run.sample(), self.runs.now());
        let (clock, playing) = (run.clock().at(now), self.runs.pace.playing);
        let time = format!(r#""t_s":{},"clock":"{clock}","playing":{playing}"#, now.as_secs_f64());
        let figures = [
            ("active", u64::from(sample.active)),
            ("zombies", u64::from(sample.zombies)),
            ("queue", sample.queue_depth),
            ("memory_mb", megabytes(sample.memory_mib)),
        ];
        let figures = figures.map(|(name, value)| format!(r#""{name}":{value}"#)).join(",");
        format!("{head},{time},{figures}}}")
    }
}
