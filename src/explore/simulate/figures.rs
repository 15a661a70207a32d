//! Figures as a person reads them, the same wherever they are told.

/// "1,234,567".
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Hundredths as whole points, rounded half away from zero.
pub const fn points(hundredths: i64) -> i64 {
    (hundredths + if hundredths < 0 { -50 } else { 50 }) / 100
}

/// "+109", "−3", "0".
pub fn signed(hundredths: i64) -> String {
    match points(hundredths) {
        0 => "0".to_owned(),
        more @ 1.. => format!("+{more}"),
        less => format!("−{}", -less),
    }
}
