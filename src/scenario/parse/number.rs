//! Numbers as they are written.

/// What a number's spelling stands for, where a whole number is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    Whole(i128),
    /// Whole, but beyond all bounds.
    Huge,
    Decimal,
    NotANumber,
}

/// Reads a number as `ron` does: `12`, `+5`, `1_000`, `0x1F`, `12u8`.
pub(super) fn read(written: &str) -> Read {
    let (sign, digits) = match written.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, written.strip_prefix('+').unwrap_or(written)),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x', ..] => (16, &digits[2..]),
        [b'0', b'o', ..] => (8, &digits[2..]),
        [b'0', b'b', ..] => (2, &digits[2..]),
        _ => (10, digits),
    };
    let suffix = digits.find(['i', 'u']).filter(|at| matches!(&digits[at + 1..], "8" | "16" | "32" | "64"));
    let digits = digits[..suffix.unwrap_or(digits.len())].replace('_', "");
    if !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix)) {
        return i128::from_str_radix(&digits, radix).map_or(Read::Huge, |whole| Read::Whole(sign * whole));
    }
    // `inf` and `NaN` are numbers to Rust, but to nobody who writes a scenario.
    let looks_decimal = digits.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    if looks_decimal && digits.parse::<f64>().is_ok() { Read::Decimal } else { Read::NotANumber }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_read() {
        assert_eq!(read("12"), Read::Whole(12));
        assert_eq!(read("-0x1F"), Read::Whole(-31));
        assert_eq!(read("1_000u32"), Read::Whole(1000));
        assert_eq!(read("99999999999999999999999999999999999999999999"), Read::Huge);
        assert_eq!(read("1.5"), Read::Decimal);
        assert_eq!(read("1e400"), Read::Decimal);
        assert_eq!(read("-inf"), Read::NotANumber);
        assert_eq!(read("NaN"), Read::NotANumber);
        assert_eq!(read("12%"), Read::NotANumber);
    }
}
