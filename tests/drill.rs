//! A night through a shell: what it prints is the run's, and any line has an answer.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/cli.rs"]
mod cli;

use zombie_workers::drill::Shift;

fn night() -> Shift {
    Shift::new(None).expect("the night can be run")
}

fn loss(lines: &str) -> f64 {
    let report = cli::json(&["drill", "night", "--sh", lines]);
    report["loss_customer_minutes"].as_f64().expect("a number")
}

#[test]
fn any_line_has_an_answer_and_one_that_is_not_understood_costs_nothing() {
    let mut shift = night();
    let paged = shift.clock();
    let lines =
        ["", " ", "|", "ps ax", "ps aux | grp", "kill x", "kill -9 99999999999", "set", "é💀"];
    let worlds = ["set arrival_rate 0", "set lifecycle_bug off", "set fix_timeouts on", "wait 0"];
    for line in lines.into_iter().chain(worlds) {
        assert_eq!(shift.type_line(line).price_s, 0, "{line}");
    }
    assert_eq!(shift.clock(), paged);
    assert!(shift.type_line("htpo").text.contains("did you mean `htop`?"));
}

#[test]
fn the_shell_does_not_say_what_is_wrong() {
    let mut shift = night();
    let looks = ["help", "dash", "ps aux", "htop", "jobs", "jobs --stuck", "wait 600", "jobs"];
    let wrong = ["set toxic_share 0", "set nothing 1", "deploy nothing", "strace -p 1", "killl 3"];
    for line in looks.into_iter().chain(wrong) {
        let said = shift.type_line(line).text.to_lowercase().replace(line, "");
        for word in ["zombie", "taint", "poison", "hung"] {
            assert!(!said.contains(word), "{line}: {said}");
        }
    }
}

#[test]
fn a_stuck_worker_waits_for_a_lock_or_makes_no_call_and_a_kill_ends_it() {
    let mut shift = night();
    shift.type_line("wait 300");
    let stuck = shift.type_line("jobs --stuck").text;
    let pids: Vec<&str> =
        stuck.lines().skip(1).filter_map(|row| row.split_whitespace().next()).collect();
    assert!(pids.len() > 5, "{stuck}");
    let calls = |shift: &mut Shift, pid: &str| shift.type_line(&format!("strace -p {pid}")).text;
    let parked = pids.iter().find(|pid| calls(&mut shift, pid).contains("FUTEX_WAIT_PRIVATE"));
    let pid = parked.expect("one waits for a lock");
    shift.type_line(&format!("kill -9 {pid}"));
    assert!(calls(&mut shift, pid).contains("No such process"));
}

#[test]
fn an_act_takes_effect_at_the_end_of_its_price() {
    let (mut waits, mut acts) = (night(), night());
    waits.type_line("wait 60");
    acts.type_line("scale 20");
    assert_eq!(waits.clock(), acts.clock());
    assert_eq!(waits.loss_minutes(), acts.loss_minutes());
    waits.type_line("wait 60");
    acts.type_line("wait 60");
    assert_ne!(waits.trace_hash(), acts.trace_hash());
}

#[test]
fn the_same_lines_give_the_same_night_and_the_fixes_save_customers_what_nobody_does_not() {
    let report = || cli::json(&["drill", "night", "--sh", "ps aux; deploy all"]);
    assert_eq!(report(), report());
    let nobody = report()["loss_nobody"].as_f64().expect("a number");
    assert_eq!(loss("wait 60"), nobody);
    assert!(loss("deploy all") < nobody, "{nobody}");
}

#[test]
fn a_drill_that_is_not_there_is_refused_with_those_that_are() {
    assert!(cli::refused(&["drill", "noon"]).contains("night"));
}
