//! A run live behind `/metrics`: what is asked for is answered, and Ctrl-C ends it in order.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

struct Serving {
    child: Child,
    complaints: BufReader<std::process::ChildStderr>,
    address: String,
}

fn serve(args: &[&str]) -> Serving {
    let mut child = Command::new(env!("CARGO_BIN_EXE_zombie-workers"))
        .args(["serve", "zombie", "--listen", "127.0.0.1:0"])
        .args(args)
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut complaints = BufReader::new(child.stderr.take().expect("it is piped"));
    let mut line = String::new();
    complaints.read_line(&mut line).expect("it says where it listens");
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
    let address = address.unwrap_or_else(|| panic!("{line}")).to_owned();
    Serving { child, complaints, address }
}

impl Serving {
    fn ask(&self, method: &str, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let request = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it takes a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer
    }
}

#[test]
fn metrics_are_served_and_nothing_else_and_an_interrupt_ends_it() {
    let mut serving = serve(&["--speed", "500"]);
    assert!(serving.address.starts_with("127.0.0.1:"), "{}", serving.address);
    let first = serving.ask("GET", "/metrics");
    assert!(first.starts_with("HTTP/1.1 200") && first.contains("version=0.0.4"), "{first}");
    let submitted = |answer: &str| -> f64 {
        let lines = answer.lines().filter(|l| l.starts_with("zombie_pool_jobs_submitted_total"));
        lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
    };
    let mut later = submitted(&first);
    while later <= submitted(&first) {
        later = submitted(&serving.ask("GET", "/metrics"));
    }
    assert!(serving.ask("GET", "/").starts_with("HTTP/1.1 200"));
    assert!(serving.ask("GET", "/etc/passwd").starts_with("HTTP/1.1 404"));
    for method in ["POST", "PUT", "DELETE"] {
        let answer = serving.ask(method, "/metrics");
        assert!(answer.starts_with("HTTP/1.1 405") && answer.contains("Allow: GET"), "{answer}");
    }
    let id = serving.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill runs").success());
    assert!(serving.child.wait().expect("it ends").success());
    let mut rest = String::new();
    serving.complaints.read_to_string(&mut rest).expect("the rest can be read");
    assert!(rest.contains("ended after"), "{rest}");
}

#[test]
fn it_ends_by_itself_when_its_time_is_over() {
    let mut serving = serve(&["--speed", "10000", "--for", "30m"]);
    assert!(serving.child.wait().expect("it ends").success());
    let mut rest = String::new();
    serving.complaints.read_to_string(&mut rest).expect("the rest can be read");
    assert!(rest.contains("ended after 1800 s"), "{rest}");
}
