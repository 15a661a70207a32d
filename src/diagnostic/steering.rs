//! Letters that nobody sees and that act on what stands around them.

/// Whether a letter would steer a terminal, break the line, or turn the direction of other text around: texts of strangers
/// are shown without.
pub fn steers(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
