//! Language tags, as in `de` or `pt-BR`: of the shape that RFC 5646 gives to those of a language and where it is spoken.

/// The language of a tag, without where it is spoken: `pt` of `pt-BR`, and of `pt_BR`.
pub fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// Whether two tags are of one language, wherever it is spoken.
pub fn is_same(tag: &str, other: &str) -> bool {
    primary(tag).eq_ignore_ascii_case(primary(other))
}

/// Whether a tag is of some English.
pub fn is_english(tag: &str) -> bool {
    is_same(tag, "en")
}

/// Whether a text is a tag: two or three letters, then parts of up to eight letters and digits after hyphens.
pub fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_language = |part: &str| matches!(part.len(), 2..=3) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    parts.next().is_some_and(is_language)
        && parts.all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_from_where_it_is_spoken() {
        let check = |tag: &str, expected: &str| assert_eq!(primary(tag), expected);
        check("de", "de");
        check("pt-BR", "pt");
        check("zh_Hant_TW", "zh");
        check("", "");
        assert!(is_same("PT-br", "pt_PT") && !is_same("pt", "es"));
        assert!(is_english("en_GB") && is_english("EN") && !is_english("enm"));
    }

    #[test]
    fn a_tag_has_a_shape() {
        let check = |text: &str, expected: bool| assert_eq!(is_tag(text), expected, "{text}");
        for text in ["de", "pt-BR", "zh-Hant-TW", "de-CH-1901", "gsw", "de-x-play"] {
            check(text, true);
        }
        for text in ["", "d", "deutsch", "pt_BR", "de-", "-de", "12", "de-something", "de CH", "dé"] {
            check(text, false);
        }
    }
}
