//! `zombie-workers serve`: a run, live behind `/metrics`, for a real Prometheus to scrape.

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration as RealDuration, Instant as RealInstant};

use clap::Parser;
use tiny_http::{Header, Method, Request, Response, Server};

use super::args::Args;
use super::failure::Failure;
use crate::kernel::{Duration, Instant};
use crate::knobs::InputError;
use crate::run::Run;
use crate::watch::exposition;

/// Play a run live behind http://…/metrics, for a real Prometheus to scrape. Ctrl-C ends it.
#[derive(Debug, Parser)]
#[command(name = "zombie-workers serve", after_help = EXAMPLES, allow_negative_numbers = true)]
pub struct ServeArgs {
    /// Where to listen. Other machines can reach it only if this says so, as 0.0.0.0:9464 does.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:9464")]
    listen: String,

    #[command(flatten)]
    run: Args,
}

const EXAMPLES: &str = "Examples:
  zombie-workers serve zombie                  the night, ten times as fast as life
  zombie-workers serve incident --speed 60 --listen 127.0.0.1:9000
Without --for the run goes on past the length of its scenario.";

/// How long a request is waited for before the run goes on.
const WAIT: RealDuration = RealDuration::from_millis(50);
/// How long the run may go on before the next request is looked for.
const BUDGET: RealDuration = RealDuration::from_millis(100);
/// Virtual time that is run at once.
const SLICE: Duration = Duration::secs(1);
/// The longest that a run goes on: thirty days.
const LONGEST: Duration = Duration::secs(30 * 86_400);

/// Serves until Ctrl-C, or until the time of `--for` is over.
pub fn serve(args: &ServeArgs) -> Result<(), Failure> {
    let plan = args.run.plan()?;
    let end = if args.run.length.is_some() { plan.end } else { Instant::START + LONGEST };
    let refused = |error: &dyn std::fmt::Display| {
        InputError::new("--listen", &args.listen, format!("it cannot be listened on: {error}"))
    };
    let server = Server::http(&args.listen).map_err(|error| refused(&error))?;
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed))
        .map_err(|error| refused(&error))?;
    eprintln!("zombie-workers: http://{}/metrics; Ctrl-C ends it", server.server_addr());
    let mut run = Run::new(&plan.scenario)?;
    let begin = RealInstant::now();
    run.advance(Instant::START, &mut ());
    while run.now() < end && !stop.load(Ordering::Relaxed) {
        let target =
            Instant::START + Duration::secs_f64(begin.elapsed().as_secs_f64() * plan.speed);
        let slice = RealInstant::now();
        while run.now() < target.min(end) && slice.elapsed() < BUDGET {
            run.advance((run.now() + SLICE).min(target).min(end), &mut ());
        }
        if let Some(request) = server.recv_timeout(WAIT)? {
            answer(request, &run);
        }
    }
    eprintln!("zombie-workers: ended after {} s of virtual time", run.now().as_secs_f64());
    Ok(())
}

/// Answers one request. What its sender does with the answer is the sender's affair.
fn answer(request: Request, run: &Run) {
    let path = request.url().split('?').next().unwrap_or_default();
    let response = match (request.method(), path) {
        (Method::Get, "/metrics") => metrics(run),
        (Method::Get, "/") => text(200, "A worker pool that fails quietly: see /metrics\n"),
        (Method::Get, _) => text(404, "There is only /metrics\n"),
        _ => with(text(405, "Only GET is answered\n"), "Allow", "GET"),
    };
    let _ = request.respond(response);
}

type Answer = Response<Cursor<Vec<u8>>>;

fn metrics(run: &Run) -> Answer {
    let scrape = exposition(&run.world().instruments, run.pool(), run.now());
    let response = Response::from_string(scrape);
    with(response, "Content-Type", "text/plain; version=0.0.4; charset=utf-8")
}

fn text(status: u16, text: &str) -> Answer {
    Response::from_string(text).with_status_code(status)
}

fn with(response: Answer, name: &str, value: &str) -> Answer {
    match Header::from_bytes(name, value) {
        Ok(header) => response.with_header(header),
        Err(()) => response,
    }
}
