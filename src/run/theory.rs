//! What queueing theory and a little algebra say a pool should do; simulated runs are held
//! against these. Rates are per second, times in seconds, shares from 0 to 1.

/// M/M/c: Poisson arrivals, exponential service, and several servers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mmc {
    /// Jobs that arrive in a second, λ.
    pub arrivals_per_s: f64,
    /// Mean service time, 1/μ.
    pub service_mean_s: f64,
    /// The number of servers, c.
    pub servers: u32,
}

/// M/G/1: Poisson arrivals, any service, and one server.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mg1 {
    /// Jobs that arrive in a second, λ.
    pub arrivals_per_s: f64,
    /// Mean service time, 1/μ.
    pub service_mean_s: f64,
    /// Squared coefficient of variation of the service time: variance over squared mean.
    pub service_cv2: f64,
}

/// A queue in its steady state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SteadyState {
    /// Share of the servers' time that is used, ρ.
    pub utilization: f64,
    /// Probability that a job has to wait; with M/M/c Erlang's C.
    pub waiting: f64,
    /// Mean time in the queue, Wq.
    pub mean_wait_s: f64,
    /// Mean time from arrival to end, W.
    pub mean_system_s: f64,
    /// Mean number of jobs in the queue, Lq.
    pub in_queue: f64,
    /// Mean number of jobs in the system, L.
    pub in_system: f64,
}

impl Mmc {
    /// The steady state; `None` if there is none.
    ///
    /// Erlang's C by the recursion of his B (Cooper, *Introduction to Queueing Theory*, 2nd ed.,
    /// 1981, section 3.4), which neither overflows nor cancels.
    pub fn steady_state(self) -> Option<SteadyState> {
        let Self { arrivals_per_s, service_mean_s, servers } = self;
        let offered = arrivals_per_s * service_mean_s;
        let rho = offered / f64::from(servers);
        if !(arrivals_per_s > 0.0 && service_mean_s > 0.0 && rho < 1.0) {
            return None;
        }
        let blocking = (1..=servers)
            .fold(1.0, |blocking, n| offered * blocking / (f64::from(n) + offered * blocking));
        let waiting = blocking / (1.0 - rho * (1.0 - blocking));
        let mean_wait_s = waiting * service_mean_s / (f64::from(servers) - offered);
        Some(SteadyState {
            utilization: rho,
            waiting,
            ..little(arrivals_per_s, service_mean_s, mean_wait_s)
        })
    }
}

impl Mg1 {
    /// The steady state; `None` if there is none. By Pollaczek and Khinchine (Kleinrock, *Queueing
    /// Systems* I, 1975, section 5.6).
    pub fn steady_state(self) -> Option<SteadyState> {
        let Self { arrivals_per_s, service_mean_s, service_cv2 } = self;
        let rho = arrivals_per_s * service_mean_s;
        if !(arrivals_per_s > 0.0 && service_mean_s > 0.0 && rho < 1.0) {
            return None;
        }
        let mean_wait_s = rho * service_mean_s * (1.0 + service_cv2) / (2.0 * (1.0 - rho));
        Some(SteadyState {
            utilization: rho,
            waiting: rho,
            ..little(arrivals_per_s, service_mean_s, mean_wait_s)
        })
    }
}

/// What follows by Little's law, L = λW (Little, Operations Research 9(3), 1961).
fn little(arrivals_per_s: f64, service_mean_s: f64, mean_wait_s: f64) -> SteadyState {
    let mean_system_s = mean_wait_s + service_mean_s;
    SteadyState {
        utilization: 0.0,
        waiting: 0.0,
        mean_wait_s,
        mean_system_s,
        in_queue: arrivals_per_s * mean_wait_s,
        in_system: arrivals_per_s * mean_system_s,
    }
}
