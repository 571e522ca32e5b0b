//! What is not allowed is refused in one short line that names it: on the command line and in links.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use base64ct::{Base64UrlUnpadded, Encoding};
use common::cli::refused;
use zombie_workers::run::link::{Link, MAX_LENGTH};

#[test]
fn every_wrong_input_is_named_with_what_is_allowed() {
    for (args, parts) in [
        (&["zombi"][..], &["zombi", "`zombie`"][..]),
        (&["knob"], &["`knobs`"]),
        (&["--seeed", "3"], &["--seeed", "`--seed`"]),
        (&["--seed", "x"], &["--seed", "`x`", "whole number"]),
        (&["--seed", "-1"], &["--seed"]),
        (&["--jobs", "0"], &["--jobs", "1 to"]),
        (&["--set", "workrs=3"], &["workrs", "`workers`"]),
        (&["--set", "workers=0"], &["workers", "`0`", "1 to 1000000"]),
        (&["--set", "workers=1.5"], &["`1.5`", "whole number"]),
        (&["--set", "toxic_share=NaN"], &["toxic_share", "0 to 1"]),
        (&["--set", "lifecycle_bug=maybe"], &["lifecycle_bug", "true or false"]),
        (&["--set", "service_distribution=pareto"], &["exponential, constant, lognormal"]),
        (&["--set", "workers"], &["KNOB=VALUE"]),
        (&["--fixes", "timouts"], &["timouts", "`timeouts`"]),
        (&["--for", "soon"], &["--for", "`soon`", "15m"]),
        (&["--for", "1000000h"], &["--for", "720h"]),
        (&["--at", "25:00:00"], &["--at", "25:00:00", "04:03:15"]),
        (&["--at", "2h", "--for", "1m"], &["--at", "60 s"]),
        (&["--every", "x"], &["--every"]),
        (&["--every", "0"], &["--every", "`0`", "at least 0.1 s"]),
        (&["--every", "0.001"], &["--every", "`0.001`", "at least 0.1 s"]),
        (&["--fixes", "all,none"], &["--fixes", "`all,none`", "`all` stands alone"]),
        (&["normal", "queue"], &["one scenario", "`queue`"]),
        (&["normal", "--link", "x", "--scenario", "y"], &["`--link", "give one of them"]),
        (&["incident", "--at", "03:36"], &["--at", "03:36", "begins at 03:37:00", "86340"]),
        (&["--format", "prometheus", "--at", "3", "--at", "4"], &["--at", "2 moments", "one --at"]),
        (&["--run", "b", "--link", "?scenario=zombie"], &["--run", "`b=1`"]),
        (&["--run", "b"], &["--link"]),
        (&["--link", "?do=60:explode=3"], &["`explode`", "README"]),
        (&["--scenario", "/there/is/\u{1b}[31mno\nne.toml"], &["is/ [31mno ne.toml"]),
        (&["zom\u{1b}[31mbie"], &["zom [31mbie"]),
        (&["--se\u{1b}ed"], &["--se"]),
        (&["--warmup", "1"], &["--warmup", "0.9"]),
        (&["--speed", "0"], &["--speed", "0.1"]),
        (&["serve", "--listen", "nowhere"], &["--listen", "`nowhere`"]),
        (&["serve", "zombi"], &["zombi", "`zombie`"]),
        (&["export", "rule"], &["`rule`", "rules"]),
        (&["--begins-at", "yesterday"], &["--begins-at", "`yesterday`", "whole number"]),
        (&["--speed"], &["--speed", "takes a value"]),
        (&["--link", "?toxic_shar=1"], &["toxic_shar", "`toxic_share`"]),
        (&["--link", "?v=9"], &["`v`", "`9`"]),
        (&["--format", "xml"], &["--format", "xml", "json"]),
        (&["--scenario", "/there/is/none.toml"], &["--scenario", "none.toml"]),
    ] {
        let complaint = refused(args);
        for part in parts {
            assert!(complaint.contains(part), "{args:?}: {complaint}");
        }
        let body = complaint.trim_end_matches('\n');
        assert!(body.len() < 300 && !body.contains(char::is_control), "{args:?}: {complaint}");
    }
}

#[test]
fn what_is_wrong_in_a_link_is_named() {
    let long = format!("seed={}", "7".repeat(MAX_LENGTH));
    let deep = "do=".to_owned() + &"1:burst=1;".repeat(1_000);
    let flood = "do=".to_owned() + &"0:poison;".repeat(1_700);
    let storm = "do=".to_owned() + &"1:burst=100000;".repeat(1_000);
    // Bursts count wherever a link carries them: 28 million jobs in 15,000 characters.
    let burst = "[[commands]]\nat_s=0\nburst={jobs=100000}\n";
    let file = "name=\"x\"\n".to_owned() + &burst.repeat(280);
    let hidden = "toml=".to_owned() + &Base64UrlUnpadded::encode_string(file.as_bytes());
    assert!(hidden.len() < MAX_LENGTH);
    for (text, parts) in [
        (&*storm, &["bursts", "100000000 jobs", "500000 in all"][..]),
        (&*hidden, &["bursts", "28000000 jobs", "500000 in all"]),
        ("seed=9007199254740992", &["seed", "0 to 9007199254740991"]),
        ("scenario=zombi", &["zombi", "`zombie`"]),
        ("toxic_shar=1", &["toxic_shar", "`toxic_share`"]),
        ("toxic_share=2", &["toxic_share", "`2`", "0 to 1"]),
        ("toxic_share=NaN", &["toxic_share", "NaN"]),
        ("workers=1e99", &["workers", "1 to 1000000"]),
        ("workers=<b>", &["workers", "1 to 1000000"]),
        ("workers=3&workers=4", &["workers", "more than once"]),
        ("seed=-1", &["seed", "`-1`", "whole number"]),
        ("seed=99999999999999999999", &["seed", "whole number"]),
        ("seed=1&seed=2", &["seed", "more than once"]),
        ("t=-1", &["`t`", "2592000"]),
        ("t=inf", &["`t`", "inf"]),
        ("t=99:99", &["`t`", "99:99"]),
        ("v=0", &["`v`", "1 to"]),
        ("v=99", &["`v`", "older than the link"]),
        ("v=x", &["`v`", "version"]),
        ("do=burst", &["`do`", "burst", "SECONDS"]),
        ("do=1:burst=0", &["burst", "1 to 100000"]),
        ("do=NaN:burst=1", &["at_s", "2592000"]),
        ("do=1:kill=x", &["`do`", "whole number"]),
        ("do=1:hang=1,dancing", &["spinning"]),
        ("do=1:kil=1", &["kil", "`kill`"]),
        ("do=1:workers=0", &["workers", "1 to 1000000"]),
        ("b.workers=0", &["workers", "`0`"]),
        ("workers=10001", &["workers", "`10001`", "at most 10000", "terminal"]),
        ("do=1:workers=20000", &["workers", "at most 10000"]),
        ("b.workers=20000", &["workers", "at most 10000"]),
        ("b.do=1:workers=20000", &["workers", "at most 10000"]),
        ("b.wrokers=1", &["b.wrokers"]),
        ("b.do=1:x", &["b.do"]),
        ("p=!", &["`p`", "broken"]),
        ("p=_w", &["`p`", "form"]),
        ("p=AQEAAA", &["`p`", "broken"]),
        ("toml=!", &["`toml`", "broken"]),
        ("toml=bmFtZSA9IA", &["line 1"]),
        ("scenario=zombie&toml=AA", &["toml"]),
        ("speed=0", &["speed", "0.1 to 100"]),
        ("hide=chart", &["hide", "`charts`"]),
        ("theme=pink", &["theme", "projector"]),
        ("embed=maybe", &["embed", "1 or 0"]),
        (&long, &["link", "16384"]),
    ] {
        let error = Link::read(text).expect_err(text).to_string();
        for part in parts {
            assert!(error.contains(part), "{text}: {error}");
        }
    }
    assert!(Link::read(&deep).is_ok());
    assert!(Link::read(&flood).is_ok());
    assert!(Link::read(&"x".repeat(10_000_000)).is_err());
}

#[test]
fn switches_and_numbers_are_read_as_people_write_them() {
    let plain =
        Link::read("fix_timeouts=true&toxic_share=0.05&do=9:fix_health=false;9:arrival_rate=2.5");
    assert!(plain.is_ok());
    let other = Link::read("fix_timeouts=1&toxic_share=0,05&do=9:fix_health=0;9:arrival_rate=2,5");
    assert_eq!(other, plain);
    for refused in ["fix_timeouts=2", "arrival_rate=1,000", "workers=1,5", "toxic_share=0,0,5"] {
        assert!(Link::read(refused).is_err(), "{refused}");
    }
}

#[test]
fn a_name_that_is_like_no_other_gets_no_list_and_no_strange_suggestion() {
    for (text, given) in [("do=60:explode=3", "explode"), ("%=1", "%"), ("explode=3", "explode")] {
        let line = Link::read(text).expect_err(text).to_string();
        assert!(line.contains(&format!("`{given}`")) && line.contains("README"), "{line}");
        assert!(!line.contains("did you mean") && line.len() < 200, "{line}");
    }
}
