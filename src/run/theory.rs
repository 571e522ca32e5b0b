//! What queueing theory and a little algebra say a pool should do; simulated runs are held
//! against these.

/// A queue in its steady state. Rates are per second, times in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Queue {
    /// Share of the servers' time that is used, ρ.
    pub utilization: f64,
    /// Probability that a job has to wait, C (Erlang C).
    pub waiting: f64,
    /// Mean time in the queue, Wq.
    pub mean_wait: f64,
    /// Mean time from arrival to end, W.
    pub mean_system: f64,
    /// Mean number in the queue, Lq.
    pub in_queue: f64,
    /// Mean number there, L.
    pub in_system: f64,
}

/// M/M/c: Poisson arrivals at rate `lambda`, `servers` servers, each of rate `mu`.
///
/// Erlang's C by the recursion of his B (Cooper, *Introduction to Queueing Theory*, 2nd ed., 1981,
/// section 3.4), which neither overflows nor cancels. `None` if there is no steady state.
pub fn mmc(lambda: f64, mu: f64, servers: u32) -> Option<Queue> {
    let offered = lambda / mu;
    let rho = offered / f64::from(servers);
    if !(lambda > 0.0 && mu > 0.0 && rho < 1.0) {
        return None;
    }
    let blocking = (1..=servers)
        .fold(1.0, |blocking, n| offered * blocking / (f64::from(n) + offered * blocking));
    let waiting = blocking / (1.0 - rho * (1.0 - blocking));
    let mean_wait = waiting / (f64::from(servers) * mu - lambda);
    Some(Queue::from_wait(lambda, 1.0 / mu, rho, waiting, mean_wait))
}

/// M/G/1: one server, service of mean `service` and squared coefficient of variation `cs2`, by
/// Pollaczek and Khinchine (Kleinrock, *Queueing Systems* I, 1975, section 5.6). `None` if there is
/// no steady state.
pub fn mg1(lambda: f64, service: f64, cs2: f64) -> Option<Queue> {
    let rho = lambda * service;
    if !(lambda > 0.0 && service > 0.0 && rho < 1.0) {
        return None;
    }
    let mean_wait = rho * service * (1.0 + cs2) / (2.0 * (1.0 - rho));
    Some(Queue::from_wait(lambda, service, rho, rho, mean_wait))
}

impl Queue {
    /// The rest follows by Little's law, L = λW (Little, Operations Research 9(3), 1961).
    fn from_wait(lambda: f64, service: f64, rho: f64, waiting: f64, mean_wait: f64) -> Self {
        let mean_system = mean_wait + service;
        Self {
            utilization: rho,
            waiting,
            mean_wait,
            mean_system,
            in_queue: lambda * mean_wait,
            in_system: lambda * mean_system,
        }
    }
}

/// Mean time until the last of `workers` workers hangs, when nothing replaces them: with r left
/// they finish at rate min(λ, rμ/(1−p)), and each job is toxic with probability `toxic`.
pub fn time_to_dead_pool(workers: u32, lambda: f64, mu: f64, toxic: f64) -> f64 {
    (1..=workers)
        .map(|left| {
            let throughput = lambda.min(f64::from(left) * mu / (1.0 - toxic));
            1.0 / (toxic * throughput)
        })
        .sum()
}

/// What timeouts and detection make the pool carry: ρ of the rule that it is stable exactly where
/// ρ < 1. A toxic job costs each of its `deliveries` the timeout and the time to kill and replace.
pub fn load_with_kills(
    load: (f64, f64, f64),
    workers: u32,
    deliveries: u32,
    timeout: f64,
    kill: f64,
) -> f64 {
    let (lambda, mu, toxic) = load;
    let doomed = lambda * toxic * f64::from(deliveries) * (timeout + kill);
    (lambda * (1.0 - toxic) / mu + doomed) / f64::from(workers)
}
