use zombie_workers::{kernel::*, run::*, knobs::Value};
fn main() {
    let n: f64 = std::env::args().nth(1).unwrap().parse().unwrap();
    let mut s = built_in("load").unwrap();
    s.set("workers", &Value::Number(n)).unwrap(); s.set("arrival_rate", &Value::Number(n*0.85)).unwrap();
    let ev: f64 = std::env::args().nth(2).unwrap().parse().unwrap();
    let mut run = Run::new(&s).unwrap();
    let t = std::time::Instant::now();
    run.advance(Instant::START + Span::secs_f64(ev/2.7/n), &mut ());
    println!("{} {} ns", run.fired(), t.elapsed().as_nanos() as f64 / run.fired() as f64);
}
