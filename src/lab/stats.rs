//! Intervals, said honestly: Wilson's for shares, Student's for means of paired differences.

/// From where to where a figure may well lie: a 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

impl Interval {
    /// Whether 0 lies inside: then a difference is not told apart from none.
    pub fn holds_zero(self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }
}

/// A mean over seeds, with its interval once there are two of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The mean over the seeds.
    pub mean: f64,
    /// Its 95 % interval; `None` of a single value.
    pub interval: Option<Interval>,
    /// How many values it is the mean of.
    pub n: u32,
}

/// The 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's score interval for a share of `n` trials (Wilson, J. Am. Stat. Assoc. 22, 1927).
/// `None` without trials.
pub fn wilson(successes: u32, n: u32) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let (n, share) = (f64::from(n), f64::from(successes) / f64::from(n));
    let weight = 1.0 + Z * Z / n;
    let center = (share + Z * Z / (2.0 * n)) / weight;
    let half = Z / weight * libm::sqrt(share * (1.0 - share) / n + Z * Z / (4.0 * n * n));
    Some(Interval { low: (center - half).max(0.0), high: (center + half).min(1.0) })
}

/// The mean of `values` with Student's interval. `None` of no values.
pub fn estimate(values: &[f64]) -> Option<Estimate> {
    let n = values.len() as u32;
    if n == 0 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / f64::from(n);
    let interval = (n > 1).then(|| {
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        let half = student(n - 1) * libm::sqrt(squares / f64::from(n - 1) / f64::from(n));
        Interval { low: mean - half, high: mean + half }
    });
    Some(Estimate { mean, interval, n })
}

/// The 97.5 % quantile of Student's distribution with so many degrees of freedom, at least 1, by
/// Hill's expansion (Comm. ACM 13, 1970, algorithm 396); the first two are known in closed form.
pub fn student(degrees: u32) -> f64 {
    const TAIL: f64 = 0.05;
    let n = f64::from(degrees.max(1));
    match degrees {
        0 | 1 => {
            let angle = TAIL * std::f64::consts::FRAC_PI_2;
            libm::cos(angle) / libm::sin(angle)
        }
        2 => libm::sqrt(2.0 / (TAIL * (2.0 - TAIL)) - 2.0),
        _ => hill(n, TAIL),
    }
}

fn hill(n: f64, tail: f64) -> f64 {
    let a = 1.0 / (n - 0.5);
    let b = (48.0 / a) / a;
    let mut c = ((20_700.0 * a / b - 98.0) * a - 16.0) * a + 96.36;
    let d = ((94.5 / (b + c) - 3.0) / b + 1.0) * libm::sqrt(a * std::f64::consts::FRAC_PI_2) * n;
    let mut y = libm::pow(d * tail, 2.0 / n);
    if y > 0.05 + a {
        let x = -Z;
        y = x * x;
        if n < 5.0 {
            c += 0.3 * (n - 4.5) * (x + 0.6);
        }
        c += (((0.05 * d * x - 5.0) * x - 7.0) * x - 2.0) * x + b;
        y = (((((0.4 * y + 6.3) * y + 36.0) * y + 94.5) / c - y - 3.0) / b + 1.0) * x;
        y = libm::expm1(a * y * y);
    } else {
        let small = 1.0 / (((n + 6.0) / (n * y) - 0.089 * d - 0.822) * (n + 2.0) * 3.0);
        y = ((small + 0.5 / (n + 4.0)) * y - 1.0) * (n + 1.0) / (n + 2.0) + 1.0 / y;
    }
    libm::sqrt(n * y)
}

/// The value below which a share `q` of `values` lies, by the nearest rank; `None` of no values.
pub fn quantile(values: &mut [f64], q: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    values.sort_unstable_by(f64::total_cmp);
    let rank = libm::ceil(q * values.len() as f64) as usize;
    values.get(rank.saturating_sub(1).min(last)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: f64, wanted: f64, off: f64) {
        assert!((value - wanted).abs() <= off, "{value} is not {wanted}");
    }

    #[test]
    fn student_agrees_with_the_printed_table() {
        for (degrees, wanted) in [
            (1, 12.706),
            (2, 4.303),
            (3, 3.182),
            (4, 2.776),
            (5, 2.571),
            (9, 2.262),
            (19, 2.093),
            (29, 2.045),
            (120, 1.980),
        ] {
            near(student(degrees), wanted, 0.002 * wanted);
        }
    }

    #[test]
    fn wilson_agrees_with_worked_values_and_stays_between_0_and_1() {
        let all = wilson(20, 20).expect("there are trials");
        near(all.low, 0.8389, 1e-3);
        near(all.high, 1.0, 1e-12);
        let half = wilson(10, 20).expect("there are trials");
        near(half.low, 0.2993, 1e-3);
        near(half.high, 0.7007, 1e-3);
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn a_mean_has_its_interval_from_two_values_on() {
        assert_eq!(estimate(&[]), None);
        assert_eq!(estimate(&[3.0]).and_then(|one| one.interval), None);
        let two = estimate(&[1.0, 3.0]).expect("there are values");
        let interval = two.interval.expect("there are two");
        near(interval.high, 2.0 + 12.706, 0.03);
        assert!(interval.holds_zero());
    }

    #[test]
    fn a_quantile_is_one_of_the_values() {
        let mut values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!(quantile(&mut values, 0.95), Some(5.0));
        assert_eq!(quantile(&mut values, 0.5), Some(3.0));
        assert_eq!(quantile(&mut [], 0.5), None);
    }
}
