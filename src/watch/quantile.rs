//! Quantiles of a histogram, as Prometheus computes them.

/// The `q` quantile of a histogram with cumulative counts, by linear interpolation within its
/// bucket (Prometheus, `promql/quantile.go`, `BucketQuantile`).
///
/// Each bucket is its upper bound and the count of all values up to it; the last bound is
/// `+Inf`. Saturates at the last finite bound; below 0 it gives `-Inf`, above 1 `+Inf`; without
/// values NaN.
pub fn histogram_quantile(q: f64, buckets: &[(f64, f64)]) -> f64 {
    if q.is_nan() {
        return f64::NAN;
    }
    if q < 0.0 {
        return f64::NEG_INFINITY;
    }
    if q > 1.0 {
        return f64::INFINITY;
    }
    let Some(&(last, total)) = buckets.last() else { return f64::NAN };
    if last != f64::INFINITY || buckets.len() < 2 || total == 0.0 {
        return f64::NAN;
    }
    let rank = q * total;
    let at = buckets.iter().position(|&(_, count)| count >= rank).unwrap_or(buckets.len() - 1);
    if at == buckets.len() - 1 {
        return buckets[at - 1].0;
    }
    let (end, upto) = buckets[at];
    if at == 0 && end <= 0.0 {
        return end;
    }
    let (start, before) = if at == 0 { (0.0, 0.0) } else { buckets[at - 1] };
    if upto == before {
        return end;
    }
    start + (end - start) * (rank - before) / (upto - before)
}
