//! What can be seen of a reply without understanding it: the cues by which a bad scenario is guessed.

use crate::scenario::Reply;
use crate::scenario::model::Customer;

/// One thing about a reply's looks. A cue bot always takes the reply that has most of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cue {
    Longest,
    Shortest,
    Sentences,
    Questions,
    Empathy,
    Digits,
    /// Figures, and numbers in words.
    Numbers,
    IWill,
    You,
    Colons,
    CustomerName,
    /// Words that the customer has just said.
    Echo,
}

impl Cue {
    pub const ALL: [Self; 12] = [
        Self::Longest,
        Self::Shortest,
        Self::Sentences,
        Self::Questions,
        Self::Empathy,
        Self::Digits,
        Self::Numbers,
        Self::IWill,
        Self::You,
        Self::Colons,
        Self::CustomerName,
        Self::Echo,
    ];

    /// As it stands in a report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Longest => "longest",
            Self::Shortest => "shortest",
            Self::Sentences => "most-sentences",
            Self::Questions => "question-mark",
            Self::Empathy => "empathy-words",
            Self::Digits => "digits",
            Self::Numbers => "numbers",
            Self::IWill => "i-will",
            Self::You => "you",
            Self::Colons => "colons",
            Self::CustomerName => "name",
            Self::Echo => "echo",
        }
    }

    /// Which reply the bot takes, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Longest => "the longest reply, in characters",
            Self::Shortest => "the shortest reply, in characters",
            Self::Sentences => "the reply with most sentences",
            Self::Questions => "the reply with most question marks",
            Self::Empathy => "the reply with most words of empathy",
            Self::Digits => "the reply with most figures",
            Self::Numbers => "the reply with most numbers, in figures or words",
            Self::IWill => "the reply with most of “I’ll” and “I will”",
            Self::You => "the reply with most of “you” and “your”",
            Self::Colons => "the reply with most colons",
            Self::CustomerName => "the reply that names the customer most",
            Self::Echo => "the reply that takes up most words of what the customer just said",
        }
    }

    pub(super) const fn index(self) -> usize {
        self as usize
    }
}

/// Words by which a reply sounds warm, whether or not it is. Where a word has several forms, its beginning.
const EMPATHY: [&str; 27] = [
    "sorry",
    "apolog",
    "understand",
    "feel",
    "felt",
    "hear",
    "appreciat",
    "imagine",
    "frustrat",
    "upset",
    "worr",
    "hard",
    "difficult",
    "awful",
    "terrible",
    "dreadful",
    "furious",
    "angry",
    "annoy",
    "disappoint",
    "thank",
    "care",
    "matter",
    "sympath",
    "shame",
    "stress",
    "patien",
];

/// Words that begin like one of the above and are none.
const NOT_EMPATHY: [&str; 6] = ["hardly", "hardware", "careful", "carefully", "feeler", "career"];

const NUMBERS: [&str; 33] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "half",
    "quarter",
    "twice",
    "dozen",
];

const YOU: [&str; 8] = ["you", "your", "yours", "you're", "you've", "you'll", "you'd", "yourself"];

const TITLES: [&str; 6] = ["mr", "mrs", "ms", "miss", "dr", "sir"];

/// How much of each cue a reply has, by [`Cue::index`]. The echo depends on what the customer said and is 0 here.
pub(super) fn cues(reply: &Reply, customer: &Customer) -> [i16; Cue::ALL.len()] {
    let text = &reply.text;
    let tokens: Vec<String> = tokens(text).collect();
    let counted = |wanted: &dyn Fn(&str) -> bool| count(tokens.iter().filter(|token| wanted(token)).count());
    let characters = count(text.chars().count());
    let names: Vec<String> = self::tokens(&customer.name)
        .chain(self::tokens(&customer.address))
        .filter(|name| !TITLES.contains(&name.as_str()))
        .collect();
    let i_will = counted(&|token| token == "i'll")
        + count(tokens.windows(2).filter(|pair| pair[0] == "i" && pair[1] == "will").count());
    Cue::ALL.map(|cue| match cue {
        Cue::Longest => characters,
        Cue::Shortest => -characters,
        Cue::Sentences => sentences(text),
        Cue::Questions => count(text.matches('?').count()),
        Cue::Empathy => counted(&is_empathy),
        Cue::Digits => counted(&has_digit),
        Cue::Numbers => counted(&|token| has_digit(token) || NUMBERS.contains(&token)),
        Cue::IWill => i_will,
        Cue::You => counted(&|token| YOU.contains(&token)),
        Cue::Colons => count(text.matches(':').count()),
        Cue::CustomerName => counted(&|token| names.iter().any(|name| name == token.trim_end_matches("'s"))),
        Cue::Echo => 0,
    })
}

/// The words of a text in small letters, with plain apostrophes inside them.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric() && !is_apostrophe(letter))
        .map(|token| {
            let token: String = token.chars().map(|letter| if is_apostrophe(letter) { '\'' } else { letter }).collect();
            token.trim_matches('\'').to_lowercase()
        })
        .filter(|token| !token.is_empty())
}

/// Runs of sentence ends: "Really?!" is one, and so is "Well…".
pub(super) fn sentences(text: &str) -> i16 {
    let is_end = |letter: char| matches!(letter, '.' | '!' | '?' | '…');
    let mut ends = 0;
    let mut rest = text.trim_end().chars().peekable();
    let mut after_end = false;
    while let Some(letter) = rest.next() {
        after_end = is_end(letter) || after_end && matches!(letter, '’' | '”' | '"' | '\'' | ')');
        if after_end && rest.peek().is_none_or(|next| next.is_whitespace()) {
            ends += 1;
            after_end = false;
        }
    }
    ends
}

/// Words that carry something, of those that both sides use anyway.
pub(super) fn is_content(token: &str) -> bool {
    const COMMON: [&str; 44] = [
        "about", "after", "again", "because", "been", "before", "could", "didn't", "doesn't", "don't", "from", "have",
        "haven't", "here", "i've", "into", "isn't", "it's", "just", "know", "like", "more", "only", "over", "should",
        "some", "than", "that", "that's", "their", "them", "then", "there", "they", "they're", "this", "want", "what",
        "when", "which", "will", "with", "would", "going",
    ];
    token.chars().count() >= 4 && !COMMON.contains(&token) && !YOU.contains(&token)
}

fn is_empathy(token: &str) -> bool {
    EMPATHY.iter().any(|word| token.starts_with(word)) && !NOT_EMPATHY.contains(&token)
}

fn has_digit(token: &str) -> bool {
    token.contains(|letter: char| letter.is_ascii_digit())
}

const fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘')
}

/// A text is at most 4 KB long, so that every count fits.
pub(super) fn count(many: usize) -> i16 {
    i16::try_from(many).unwrap_or(i16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_sentences(text: &str, expected: i16) {
        assert_eq!(sentences(text), expected, "{text}");
    }

    #[test]
    fn a_sentence_ends_where_a_reader_hears_it_end() {
        check_sentences("You waited in. And then we wrote.", 2);
        check_sentences("Really?! No.", 2);
        check_sentences("Well… it is four.", 2);
        check_sentences("It costs 4.50 a day.", 1);
        check_sentences("“Did you?” she asked.", 2);
        check_sentences("no end", 0);
    }

    #[test]
    fn words_are_small_and_keep_their_apostrophes() {
        let found: Vec<_> = tokens("‘I’ll ring Mrs Quint’s line’, 4.50!").collect();
        assert_eq!(found, ["i'll", "ring", "mrs", "quint's", "line", "4", "50"]);
    }

    #[test]
    fn every_cue_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> = Cue::ALL.iter().map(|cue| cue.name()).collect();
        assert_eq!(names.len(), Cue::ALL.len());
        assert!(Cue::ALL.iter().enumerate().all(|(place, cue)| cue.index() == place));
    }
}
