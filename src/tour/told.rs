//! What is so, and the one sentence that holds it against what was said.

use super::answer::{Answer, LINE_POINTS};
use super::chapter::{Chapter, Question};
use super::other::Other;
use super::processes::Process;
use crate::kernel::Instant;
use crate::run::Tape;
use crate::watch::SeriesPoint;
use crate::watch::figures::Better;
use crate::watch::units::NO_VALUE;

/// Options whose values are so near to the best are as good as it.
const AS_GOOD: f64 = 0.02;

/// What is told of a run in which there is nothing to ask.
const NOTHING: &str = "In this run nothing of the kind happens: there is nothing to hold against.";

/// What is so.
#[derive(Clone, Debug, PartialEq)]
pub enum Truth {
    /// The key's value, in the unit that is shown; none where there is nothing to measure.
    Value(Option<f64>),
    /// The key's value in the run of each option, and in that of all five fixes.
    Options(Vec<Option<f64>>, Option<f64>),
    /// The values of the chart's line.
    Line([f64; LINE_POINTS]),
    /// The zombies among the processes that were shown.
    Workers(Vec<u32>),
}

impl Truth {
    /// Reads what is so off a tape that stands where its chapter ends; `None` of a choice, which
    /// has to be reckoned. `from` is where its line begins, `processes` are those that were shown.
    pub fn read(
        chapter: &Chapter,
        tape: &Tape,
        from: Instant,
        processes: &[Process],
    ) -> Option<Self> {
        match &chapter.question {
            Question::Pick(_) => None,
            Question::Drag { .. } => {
                let sample = tape.run().sample();
                Some(Self::Value(chapter.key.and_then(|key| key.value(&sample))))
            }
            Question::Draw { .. } => Some(Self::Line(line(chapter, tape, from))),
            Question::Worker => {
                let zombies = processes.iter().filter(|process| process.zombie);
                Some(Self::Workers(zombies.map(|process| process.worker).collect()))
            }
        }
    }

    /// What came of a reckoning: the values of the options, and that of all five fixes.
    pub fn reckoned(mut values: Vec<Option<f64>>) -> Self {
        let all = values.pop().flatten();
        Self::Options(values, all)
    }

    /// Whether it is there, and some answer is wrong: of a run in which nothing of the kind
    /// happens, there is nothing to ask.
    pub fn is_defined(&self, chapter: &Chapter) -> bool {
        match self {
            Self::Value(value) => value.is_some(),
            Self::Options(values, _) => {
                let good = best(chapter, values).len();
                values.iter().all(Option::is_some) && good > 0 && good < values.len()
            }
            Self::Line(values) => values.iter().all(|value| value.is_finite()),
            Self::Workers(zombies) => !zombies.is_empty(),
        }
    }

    /// The options that are as good as the best, by their places.
    pub fn good_options(&self, chapter: &Chapter) -> Vec<usize> {
        match self {
            Self::Options(values, _) => best(chapter, values),
            _ => Vec::new(),
        }
    }
}

/// The chart's line at [`LINE_POINTS`] times from `from` to where the tape stands.
fn line(chapter: &Chapter, tape: &Tape, from: Instant) -> [f64; LINE_POINTS] {
    let (from_s, until_s) = (from.as_secs_f64(), tape.now().as_secs_f64());
    let points = tape.series().points();
    std::array::from_fn(|place| {
        let t_s = from_s + (until_s - from_s) * place as f64 / (LINE_POINTS - 1) as f64;
        let after = points.partition_point(|point| point.t_s < t_s);
        let point = points.get(after).or(points.last());
        point.map_or(f64::NAN, |point: &SeriesPoint| (chapter.chart.headline)(point))
    })
}

fn better(chapter: &Chapter) -> Better {
    chapter.key.map_or(Better::More, |key| key.figure.better)
}

/// The places of the options that are as good as the best.
fn best(chapter: &Chapter, values: &[Option<f64>]) -> Vec<usize> {
    let there = values.iter().flatten().copied();
    let better = better(chapter);
    let best = match better {
        Better::More => there.fold(f64::NEG_INFINITY, f64::max),
        Better::Less => there.fold(f64::INFINITY, f64::min),
    };
    let is_good = |value: f64| match better {
        Better::More => value >= best * (1.0 - AS_GOOD),
        Better::Less => value <= best * (1.0 + AS_GOOD),
    };
    (0..values.len()).filter(|&place| values[place].is_some_and(is_good)).collect()
}

/// The place of the worst option.
fn worst(chapter: &Chapter, values: &[Option<f64>]) -> usize {
    let order = |a: &usize, b: &usize| {
        let (a, b) = (values[*a].unwrap_or(f64::NAN), values[*b].unwrap_or(f64::NAN));
        match better(chapter) {
            Better::More => a.total_cmp(&b),
            Better::Less => b.total_cmp(&a),
        }
    };
    (0..values.len()).min_by(order).unwrap_or_default()
}

/// The sentence that names the difference between what was said and what is so.
pub fn sentence(chapter: &Chapter, said: &Answer, truth: &Truth) -> String {
    if !truth.is_defined(chapter) {
        return NOTHING.to_owned();
    }
    let places = match (said, truth, &chapter.question) {
        (Answer::Value(said), Truth::Value(truth), _) => {
            let text = |value| chapter.key.map_or(NO_VALUE.to_owned(), |key| key.text(value));
            vec![("said", text(Some(*said))), ("truth", text(*truth))]
        }
        (Answer::Option(said), Truth::Options(values, all), Question::Pick(options)) => {
            let good = truth.good_options(chapter);
            options_in_words(chapter, (*said, options), (values, *all), &good)
        }
        (Answer::Line(said), Truth::Line(truth), _) => {
            let last = |line: &[f64; LINE_POINTS]| chapter.chart.words(line[LINE_POINTS - 1]);
            vec![("said", last(said)), ("truth", last(truth))]
        }
        (Answer::Worker(said), Truth::Workers(zombies), _) => {
            let zombies: Vec<String> = zombies.iter().map(u32::to_string).collect();
            vec![("said", said.to_string()), ("truth", listed(&zombies))]
        }
        _ => Vec::new(),
    };
    let filled =
        |text: String, (name, value): (&str, String)| text.replace(&format!("{{{name}}}"), &value);
    places.into_iter().fold(chapter.told.clone(), filled)
}

fn options_in_words(
    chapter: &Chapter,
    (said, options): (Other, &[Other]),
    (values, all): (&[Option<f64>], Option<f64>),
    good: &[usize],
) -> Vec<(&'static str, String)> {
    let text = |value| chapter.key.map_or(NO_VALUE.to_owned(), |key| key.text(value));
    let value = |place: usize| text(values.get(place).copied().flatten());
    let name = |place: usize| options.get(place).map_or(String::new(), |option| option.words());
    let place = options.iter().position(|option| *option == said).unwrap_or_default();
    let (first, worst) = (good.first().copied().unwrap_or_default(), worst(chapter, values));
    let names: Vec<String> = good.iter().map(|&place| name(place)).collect();
    vec![
        ("said", said.words()),
        ("saidvalue", value(place)),
        ("truth", listed(&names)),
        ("truthvalue", value(first)),
        ("worst", name(worst)),
        ("worstvalue", value(worst)),
        ("allvalue", text(all)),
    ]
}

/// A list in words: `4, 9 and 11`; a dash for none.
fn listed(names: &[String]) -> String {
    match names {
        [] => NO_VALUE.to_owned(),
        [one] => one.clone(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}
