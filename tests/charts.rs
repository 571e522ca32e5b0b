//! The charts, drawn as SVG: what is in the data is on the picture, where it belongs.
#![cfg(not(target_arch = "wasm32"))]

use roxmltree::{Document, Node};
use zombie_workers::kernel::{Duration, Instant};
use zombie_workers::run::{Run, built_in};
use zombie_workers::scene::charts::{
    CHARTS, Chart, ChartData, ChartMark, axis_end, readout, seconds_at, svg, table_head, table_rows,
};
use zombie_workers::scene::{Ink, Theme};
use zombie_workers::watch::{Series, SeriesPoint, baseline_mib};

const WIDTH: u32 = 640;
const HEIGHT: u32 = 300;
const UNTIL_S: u64 = 900;

/// The readings of a run of scenario `zombie`.
fn night(seed: u64) -> Vec<SeriesPoint> {
    let mut scenario = built_in("zombie").expect("the scenario is built in");
    scenario.seed = seed;
    let mut run = Run::new(&scenario).expect("the scenario is allowed");
    let mut series = Series::default();
    for second in 0..=UNTIL_S {
        run.advance(Instant::START + Duration::secs(second), &mut ());
        series.push(SeriesPoint::from(&run.sample()));
    }
    series.points().to_vec()
}

fn data(points: &[SeriesPoint]) -> ChartData<'_> {
    let scenario = built_in("zombie").expect("the scenario is built in");
    let last = points.last().map_or(0.0, |point| point.t_s);
    ChartData {
        points,
        now_s: last,
        end_s: axis_end(last),
        baseline_mib: baseline_mib(&scenario.knobs) as f64,
        limit_mib: f64::from(scenario.knobs.host_memory_mib),
        workers: scenario.knobs.workers,
        p95_limit_s: 5.0,
        ..ChartData::default()
    }
}

fn chart(id: &str) -> &'static Chart {
    CHARTS.iter().find(|chart| chart.id == id).expect("there is such a chart")
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|text| text.parse().ok()).unwrap_or(f64::NAN)
}

/// The left edges of the upright lines of a colour that reach over most of the plot.
fn uprights(text: &str, theme: Theme, ink: Ink) -> Vec<f64> {
    let document = Document::parse(text).expect("it is well-formed");
    let colour = theme.css(ink);
    let tall = |node: &Node<'_, '_>| {
        node.has_tag_name("rect")
            && number(*node, "width") <= 2.0
            && number(*node, "height") > f64::from(HEIGHT) / 2.0
            && node.attribute("fill") == Some(&*colour)
            && number(*node, "opacity") > 0.5
    };
    document.descendants().filter(tall).map(|node| number(node, "x")).collect()
}

#[test]
fn every_chart_is_well_formed_and_says_what_it_shows_in_which_unit() {
    let points = night(1);
    for theme in Theme::ALL {
        for chart in CHARTS {
            let text = svg(chart, &ChartData { theme, ..data(&points) }, WIDTH, HEIGHT);
            let document = Document::parse(&text).expect("it is well-formed");
            let words: Vec<&str> =
                document.descendants().filter_map(|node| node.text()).map(str::trim).collect();
            assert!(words.contains(&&*chart.heading()), "{}: {words:?}", chart.id);
            assert!(chart.heading().contains(chart.unit));
            for series in chart.series {
                assert!(words.contains(&series.name), "{}: {words:?}", chart.id);
            }
            for level in chart.references {
                assert!(words.contains(&level.name), "{}: {words:?}", chart.id);
            }
        }
    }
}

#[test]
fn nothing_is_drawn_outside_the_picture() {
    let points = night(2);
    let other = night(3);
    let ghost = night(4);
    let marks = [300.0, 310.0, 890.0, 900.0].map(|t_s| ChartMark {
        t_s,
        ink: Ink::Bad,
        label: "a command of some length".to_owned(),
    });
    let all = ChartData {
        other: Some(&other[..500]),
        ghosts: &[&ghost],
        marks: &marks,
        hover_s: Some(9_999.0),
        now_s: 400.0,
        ..data(&points)
    };
    for chart in CHARTS {
        let text = svg(chart, &all, WIDTH, HEIGHT);
        let document = Document::parse(&text).expect("it is well-formed");
        for node in document.descendants() {
            let pairs = node.attribute("points").unwrap_or_default();
            for pair in pairs.split_whitespace() {
                let (x, y) = pair.split_once(',').expect("two numbers");
                let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
                let inside =
                    (0.0..=f64::from(WIDTH)).contains(&x) && (0.0..=f64::from(HEIGHT)).contains(&y);
                assert!(inside, "{}: {x},{y}", chart.id);
            }
        }
    }
}

#[test]
fn a_chart_without_readings_is_an_empty_plot() {
    for chart in CHARTS {
        let text = svg(chart, &data(&[]), WIDTH, HEIGHT);
        assert!(Document::parse(&text).is_ok(), "{}", chart.id);
        assert!(readout(chart, &[], 3.0).is_empty() && table_rows(chart, &[]).is_empty());
        // No room is no reason to fail either.
        assert!(Document::parse(&svg(chart, &data(&[]), 1, 1)).is_ok());
    }
}

#[test]
fn a_pixel_is_the_time_that_is_drawn_there() {
    let points = night(1);
    for theme in Theme::ALL {
        for t_s in [0.0, 60.0, 123.0, 450.0, 899.0] {
            let shown = ChartData { theme, hover_s: Some(t_s), ..data(&points) };
            for chart in CHARTS {
                let drawn = uprights(&svg(chart, &shown, WIDTH, HEIGHT), theme, Ink::Focus);
                assert_eq!(drawn.len(), 1, "{} at {t_s} s: {drawn:?}", chart.id);
                let found = seconds_at(drawn[0], f64::from(WIDTH), shown.end_s, theme);
                let off = found.map(|found| (found - t_s).abs());
                let pixel = shown.end_s / f64::from(WIDTH - 80);
                assert!(off.is_some_and(|off| off <= pixel), "{t_s} s is found at {found:?}");
            }
        }
        for outside in [0.0, 5.0, f64::from(WIDTH) - 2.0, 5_000.0, -3.0] {
            assert_eq!(seconds_at(outside, f64::from(WIDTH), 900.0, theme), None);
        }
    }
    assert_eq!(seconds_at(20.0, 10.0, 900.0, Theme::Light), None, "there is no plot");
}

#[test]
fn what_happened_stands_at_its_time_with_its_word_and_words_do_not_collide() {
    let points = night(1);
    let mark = |t_s, label: &str| ChartMark { t_s, ink: Ink::Toxic, label: label.to_owned() };
    let marks = [mark(100.0, "fix 1"), mark(105.0, "fix 2"), mark(600.0, "kill"), mark(700.0, "")];
    let text = svg(chart("queue"), &ChartData { marks: &marks, ..data(&points) }, WIDTH, HEIGHT);
    let lines = uprights(&text, Theme::Light, Ink::Toxic);
    assert_eq!(lines.len(), 3, "one without a word is a tick: {lines:?}");
    assert!(text.contains("fix 1") && text.contains("kill"));
    assert!(!text.contains("fix 2"), "there is no room for it");
    let found = seconds_at(lines[2], f64::from(WIDTH), 900.0, Theme::Light);
    assert!(found.is_some_and(|found| (found - 600.0).abs() < 2.0), "{found:?}");
}

#[test]
fn what_lies_ahead_of_the_viewer_is_pale() {
    let points = night(1);
    let veil = |now_s| {
        let text = svg(chart("memory"), &ChartData { now_s, ..data(&points) }, WIDTH, HEIGHT);
        uprights(&text, Theme::Light, Ink::Focus).len()
    };
    assert_eq!(veil(450.0), 1, "a line where the viewer stands");
    assert_eq!(veil(900.0), 0, "none in the present");
}

#[test]
fn ghosts_and_the_other_run_are_drawn_and_enlarge_the_axis() {
    let (points, other) = (night(1), night(2));
    let colour = Theme::Light.css(Ink::Other);
    for chart in CHARTS {
        let alone = svg(chart, &data(&points), WIDTH, HEIGHT);
        let beside = ChartData { other: Some(&other), ..data(&points) };
        let haunted = ChartData { ghosts: &[&other], ..data(&points) };
        assert!(!alone.contains(&colour), "{}", chart.id);
        assert!(svg(chart, &beside, WIDTH, HEIGHT).contains(&colour), "{}", chart.id);
        let dashes = |text: &str| text.matches("<polyline").count();
        assert!(dashes(&svg(chart, &haunted, WIDTH, HEIGHT)) > dashes(&alone), "{}", chart.id);
    }
    let giant = [SeriesPoint { t_s: 5.0, queue_depth: 70_000, ..SeriesPoint::default() }];
    let beside = ChartData { ghosts: &[&giant], ..data(&points) };
    assert!(svg(chart("queue"), &beside, WIDTH, HEIGHT).contains("\n60000\n"));
}

#[test]
fn the_values_of_an_instant_are_those_of_its_reading() {
    let points: Vec<SeriesPoint> = [(0.0, 512), (10.0, 2_048), (20.0, 4_096)]
        .map(|(t_s, memory_mib)| SeriesPoint {
            t_s,
            memory_mib,
            registered_mib: 512,
            idle_mib: 256,
            hung_mib: 128,
            ..SeriesPoint::default()
        })
        .to_vec();
    let said = |t_s| readout(chart("memory"), &points, t_s);
    let values = |t_s| said(t_s).into_iter().map(|(_, value)| value).collect::<Vec<_>>();
    assert_eq!(values(9.0), ["0.27 GB", "0.13 GB", "0.13 GB", "1.61 GB"]);
    assert_eq!(values(14.0), values(9.0), "the nearest reading");
    assert_eq!(values(1e9), values(20.0), "the last reading");
    assert_eq!(said(9.0)[3].0, "zombies");
}

#[test]
fn the_table_behind_a_chart_has_about_twelve_moments_and_ends_with_the_latest() {
    let points = night(1);
    for chart in CHARTS {
        for count in [1, 2, 11, 12, 13, 25, 901] {
            let rows = table_rows(chart, &points[..count]);
            assert!(rows.len() <= 12 && rows.len() >= count.min(7), "{count}: {}", rows.len());
            assert!(rows.iter().all(|row| row.len() == table_head(chart).len()));
        }
        let rows = table_rows(chart, &points);
        assert_eq!(rows.last().map(|row| &*row[0]), Some("15:00"));
    }
}

#[test]
fn the_parts_of_memory_add_up_in_every_reading() {
    for seed in 0..5 {
        for point in night(seed) {
            let sum: f64 = chart("memory").series.iter().map(|part| (part.value)(&point)).sum();
            let whole = (chart("memory").headline)(&point);
            assert!((sum - whole).abs() < 1e-9, "seed {seed} at {} s: {point:?}", point.t_s);
        }
    }
}

#[test]
fn charts_have_different_names_that_are_fit_for_files() {
    for (place, chart) in CHARTS.iter().enumerate() {
        assert!(chart.id.chars().all(|letter| letter.is_ascii_lowercase()), "{}", chart.id);
        assert!(CHARTS[..place].iter().all(|other| other.id != chart.id), "{}", chart.id);
    }
}

/// Left, right, top and bottom of each text of a chart, with the text.
fn boxes(text: &str) -> Vec<([f64; 4], String)> {
    let document = Document::parse(text).expect("it is well-formed");
    let place = |node: Node<'_, '_>| {
        let words = node.text().unwrap_or_default().trim().to_owned();
        let (x, y) = (number(node, "x"), number(node, "y"));
        let size = number(node, "font-size");
        let width = words.chars().count() as f64 * size * 0.6;
        let left = match node.attribute("text-anchor") {
            Some("middle") => x - width / 2.0,
            Some("end") => x - width,
            _ => x,
        };
        ([left, left + width, y - size / 2.0, y + size / 2.0], words)
    };
    document.descendants().filter(|node| node.has_tag_name("text")).map(place).collect()
}

#[test]
fn no_text_of_a_chart_lies_over_another_or_outside() {
    let points = night(5);
    let label = |n: usize| ["toxic breaker opens", "report_share = 0.25", "kill 12"][n % 3];
    let marks: Vec<ChartMark> = (0..40)
        .map(|n| ChartMark {
            t_s: f64::from(n * n) * 0.58,
            ink: Ink::Bad,
            label: label(n as usize).to_owned(),
        })
        .collect();
    for theme in Theme::ALL {
        for (width, height) in [(400, 220), (466, 260), (960, 480)] {
            for chart in CHARTS {
                let shown =
                    ChartData { marks: &marks, theme, hover_s: Some(400.0), ..data(&points) };
                let texts = boxes(&svg(chart, &shown, width, height));
                assert!(texts.iter().any(|(_, words)| words == "toxic breaker opens"));
                for (n, (a, words)) in texts.iter().enumerate() {
                    let inside =
                        a[0] >= 0.0 && a[1] <= f64::from(width) && a[3] <= f64::from(height);
                    assert!(inside, "{}: {words} at {a:?} of {width}", chart.id);
                    for (b, other) in &texts[..n] {
                        let apart = a[1] <= b[0] || b[1] <= a[0] || a[3] <= b[2] || b[3] <= a[2];
                        assert!(apart, "{}, {width}: {words} lies over {other}", chart.id);
                    }
                }
            }
        }
    }
}
