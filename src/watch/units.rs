//! How quantities are written, for the terminal, the stage, the charts and the inspector alike.
//!
//! Memory: knobs and books hold MiB, whole ones, as limits of containers are set. What is *shown*
//! is in MB and GB of 10^6 and 10^9 bytes, as in the report of the incident: its 8,743 MB are its
//! 8.7 GB only so. The exposition is in bytes, and all three agree.

use serde::{Serialize, Serializer};

/// Bytes in a MiB.
pub const MIB: f64 = 1_048_576.0;

/// What stands where there is no value.
pub const NO_VALUE: &str = "–";

/// So many MiB in MB, to the nearest whole one.
pub fn megabytes(mib: u64) -> u64 {
    (mib as f64 * MIB / 1e6).round() as u64
}

/// So many MiB in GB.
pub fn gigabytes(mib: f64) -> f64 {
    mib * MIB / 1e9
}

/// Memory in MB, such as `8,743 MB`.
pub fn in_mb(mib: u64) -> String {
    format!("{} MB", grouped(megabytes(mib)))
}

/// Memory in GB to a tenth, where there is one: `8.7 GB`, `16 GB`.
pub fn in_gb(mib: u64) -> String {
    format!("{} GB", (gigabytes(mib as f64) * 10.0).round() / 10.0)
}

/// A share in per cent, such as `94.2%`.
pub fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A number with its thousands apart: 8,743.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 3 == first {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A figure to four decimals; nothing, and `null`, where there is no value.
pub(super) fn rounded<S: Serializer>(figure: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    figure.map(to_four_decimals).serialize(to)
}

/// A figure without what lies behind its fourth decimal.
pub(super) fn to_four_decimals(figure: f64) -> f64 {
    const PARTS: f64 = 10_000.0;
    libm::round(figure * PARTS) / PARTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let shown = [0, 7, 412, 8_743, 12_345, 1_000_000].map(grouped);
        assert_eq!(shown, ["0", "7", "412", "8,743", "12,345", "1,000,000"]);
    }

    #[test]
    fn megabytes_and_gigabytes_are_of_the_same_bytes() {
        assert_eq!([0, 393, 8_338].map(in_mb), ["0 MB", "412 MB", "8,743 MB"]);
        assert_eq!([0, 8_338, 15_259].map(in_gb), ["0 GB", "8.7 GB", "16 GB"]);
        for mib in (0..100_000).step_by(7) {
            let bytes = mib as f64 * MIB;
            assert!((megabytes(mib) as f64 - bytes / 1e6).abs() <= 0.5, "{mib} MiB");
            assert!((gigabytes(mib as f64) - bytes / 1e9).abs() < 1e-9, "{mib} MiB");
        }
    }
}
