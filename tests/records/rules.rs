//! The published rules of a statement, written down from xAPI 1.0.3, Part Two (adlnet/xAPI-Spec), and IEEE 9274.1.1 (xAPI
//! 2.0.0), which asks the same of what is used here and is stricter about times (RFC 3339). Numbers in brackets are
//! sections of Part Two.

use serde_json::{Map, Value};

/// The rules that a statement breaks, each with its place; none if it is fine.
pub(super) fn broken_rules(statement: &Value) -> Vec<String> {
    let mut judge = Judge { broken: Vec::new() };
    judge.nulls("", statement);
    judge.statement(statement);
    judge.broken
}

/// A duration in hundredths of a second (4.6), or nothing where it is none. Only what has hours, minutes and seconds.
pub(super) fn hundredths(duration: &str) -> Option<u64> {
    let mut rest = duration.strip_prefix("PT")?;
    if rest.is_empty() {
        return None;
    }
    let mut total = 0;
    for (unit, worth) in [('H', 360_000), ('M', 6000)] {
        if let Some((number, after)) = rest.split_once(unit) {
            total += number.parse::<u64>().ok()? * worth;
            rest = after;
        }
    }
    if rest.is_empty() {
        return Some(total);
    }
    let number = rest.strip_suffix('S')?;
    let (whole, part) = number.split_once('.').map_or((number, "00"), |(whole, part)| (whole, part));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let part = format!("{part:0<2}");
    Some(total + whole.parse::<u64>().ok()? * 100 + part.parse::<u64>().ok()?)
}

struct Judge {
    broken: Vec<String>,
}

impl Judge {
    fn expect(&mut self, holds: bool, place: &str, rule: &str) {
        if !holds {
            self.broken.push(format!("{place}: {rule}"));
        }
    }

    /// No nulls (2.2); even in extensions there is no need of one.
    fn nulls(&mut self, place: &str, value: &Value) {
        match value {
            Value::Null => self.expect(false, place, "no nulls"),
            Value::Array(all) => all.iter().for_each(|one| self.nulls(place, one)),
            Value::Object(all) => all.iter().for_each(|(key, one)| self.nulls(&format!("{place}/{key}"), one)),
            _ => {}
        }
    }

    /// An object with these properties and no others, of which the first must be there (2.2).
    fn object(&mut self, place: &str, value: &Value, required: &[&str], optional: &[&str]) -> Map<String, Value> {
        let nothing = Map::new();
        self.expect(value.is_object(), place, "an object");
        let object = value.as_object().unwrap_or(&nothing);
        for key in object.keys() {
            let known = required.contains(&key.as_str()) || optional.contains(&key.as_str());
            self.expect(known, place, &format!("no property `{key}`"));
        }
        for key in required {
            self.expect(object.contains_key(*key), place, &format!("`{key}` is there"));
        }
        object.clone()
    }

    fn text<'a>(&mut self, place: &str, value: &'a Value) -> &'a str {
        self.expect(value.as_str().is_some_and(|text| !text.is_empty()), place, "a text that says something");
        value.as_str().unwrap_or_default()
    }

    fn statement(&mut self, statement: &Value) {
        let required = ["id", "actor", "verb", "object", "timestamp"];
        // `stored`, `authority` and `version` are the store's (2.4.8 to 2.4.10).
        let all = self.object("statement", statement, &required, &["result", "context"]);
        let id = self.text("id", &statement["id"]).to_owned();
        self.uuid("id", &id);
        self.actor(&statement["actor"]);
        let verb = self.object("verb", &statement["verb"], &["id", "display"], &[]);
        let verb_id = verb["id"].as_str().unwrap_or_default();
        self.expect(verb_id.starts_with("http://adlnet.gov/expapi/verbs/"), "verb", "one of ADL\u{2019}s");
        self.iri("verb/id", &verb["id"]);
        self.language_map("verb/display", &verb["display"]);
        self.activity("object", &statement["object"]);
        if let Some(result) = all.get("result") {
            self.result(result);
        }
        if let Some(context) = all.get("context") {
            self.context(context);
        }
        let timestamp = self.text("timestamp", &statement["timestamp"]).to_owned();
        self.timestamp(&timestamp);
    }

    /// In the standard form (4.4), of the variant of RFC 4122 and of version 5.
    fn uuid(&mut self, place: &str, text: &str) {
        let groups: Vec<usize> = text.split('-').map(str::len).collect();
        let digits = text.bytes().all(|byte| byte == b'-' || matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        self.expect(groups == [8, 4, 4, 4, 12] && digits, place, "a UUID in the standard form, in lower case");
        if place == "id" {
            self.expect(text.as_bytes().get(14) == Some(&b'5'), place, "of version 5");
        }
        let variant = text.as_bytes().get(19);
        self.expect(variant.is_some_and(|digit| b"89ab".contains(digit)), place, "of the variant of RFC 4122");
    }

    /// With a scheme, and without what no IRI may hold (2.2, 4.3).
    fn iri(&mut self, place: &str, value: &Value) {
        let text = self.text(place, value);
        let (scheme, rest) = text.split_once(':').unwrap_or_default();
        let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        let clean =
            !rest.chars().any(|letter| letter.is_whitespace() || letter.is_control() || "<>\"{}|\\^`".contains(letter));
        self.expect(is_scheme && !rest.is_empty() && clean, place, "an IRI with a scheme");
    }

    /// An agent with exactly one way to tell who it is (2.4.2.1, 2.4.2.4).
    fn actor(&mut self, actor: &Value) {
        let actor = self.object("actor", actor, &["account"], &["objectType"]);
        self.expect(actor.get("objectType").is_none_or(|kind| kind == "Agent"), "actor/objectType", "`Agent`");
        let account = self.object("actor/account", &actor["account"], &["homePage", "name"], &[]);
        self.iri("actor/account/homePage", &account["homePage"]);
        let page = account["homePage"].as_str().unwrap_or_default();
        let is_page = page.starts_with("https://") || page.starts_with("http://");
        self.expect(is_page, "actor/account/homePage", "the address of a page");
        self.text("actor/account/name", &account["name"]);
    }

    /// By the lengths of the parts of RFC 5646, and texts (4.2).
    fn language_map(&mut self, place: &str, value: &Value) {
        self.expect(value.as_object().is_some_and(|map| !map.is_empty()), place, "a language map that says something");
        for (tag, text) in value.as_object().into_iter().flatten() {
            let fits = tag.split('-').enumerate().all(|(part, letters)| {
                let length = if part == 0 { 2..=8 } else { 1..=8 };
                length.contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_alphanumeric())
            });
            self.expect(fits, place, &format!("`{tag}` is a language tag"));
            self.expect(text.is_string(), place, "a text");
        }
    }

    /// 2.4.4.1
    fn activity(&mut self, place: &str, activity: &Value) {
        let activity = self.object(place, activity, &["id"], &["objectType", "definition"]);
        self.expect(activity.get("objectType").is_none_or(|kind| kind == "Activity"), place, "`Activity`");
        self.iri(&format!("{place}/id"), &activity["id"]);
        let Some(definition) = activity.get("definition") else { return };
        let place = format!("{place}/definition");
        let optional = ["name", "description", "type", "interactionType", "choices", "correctResponsesPattern"];
        let definition = self.object(&place, definition, &[], &optional);
        for text in ["name", "description"] {
            if let Some(map) = definition.get(text) {
                self.language_map(&format!("{place}/{text}"), map);
            }
        }
        if let Some(kind) = definition.get("type") {
            self.iri(&format!("{place}/type"), kind);
        }
        let is_interaction =
            definition.get("type").is_some_and(|kind| kind == "http://adlnet.gov/expapi/activities/cmi.interaction");
        let kind = definition.get("interactionType");
        self.expect(kind.is_some() == is_interaction, &place, "an interaction has a type, and nothing else has");
        self.expect(kind.is_none_or(|kind| kind == "choice"), &place, "`choice`");
        match definition.get("choices") {
            None => self.expect(kind.is_none(), &place, "a choice lists its choices"),
            Some(choices) => {
                self.expect(kind.is_some(), &place, "only a choice has choices");
                self.components(&place, choices);
            }
        }
    }

    /// Interaction components: distinct ids without blanks, and descriptions.
    fn components(&mut self, place: &str, choices: &Value) {
        self.expect(choices.as_array().is_some_and(|all| !all.is_empty()), place, "a list of choices");
        let mut ids = Vec::new();
        for choice in choices.as_array().into_iter().flatten() {
            let choice = self.object(place, choice, &["id"], &["description"]);
            let id = self.text(place, &choice["id"]).to_owned();
            self.expect(!id.contains(char::is_whitespace), place, "no blanks in the id of a choice");
            // It parts the ids of a response.
            self.expect(!id.contains("[,]"), place, "no [,] in the id of a choice");
            self.expect(!ids.contains(&id), place, "each id once");
            ids.push(id);
            if let Some(description) = choice.get("description") {
                self.language_map(place, description);
            }
        }
    }

    /// 2.4.5
    fn result(&mut self, result: &Value) {
        let optional = ["score", "success", "completion", "response", "duration", "extensions"];
        let result = self.object("result", result, &[], &optional);
        for (key, value) in &result {
            match key.as_str() {
                "success" | "completion" => self.expect(value.is_boolean(), key, "yes or no"),
                "response" => drop(self.text(key, value).to_owned()),
                "duration" => {
                    let fits = value.as_str().and_then(hundredths).is_some();
                    self.expect(fits, key, "an ISO 8601 duration, in hundredths of a second at most");
                }
                "score" => self.score(value),
                "extensions" => self.extensions("result/extensions", value),
                _ => {}
            }
        }
    }

    /// 2.4.5.1
    fn score(&mut self, score: &Value) {
        let score = self.object("score", score, &["scaled", "raw", "min", "max"], &[]);
        for (key, value) in &score {
            self.expect(value.is_number(), key, "a number, and no text that holds one");
        }
        let number = |key: &str| score[key].as_f64().unwrap_or(f64::NAN);
        self.expect((0.0..=1.0).contains(&number("scaled")), "scaled", "between 0 and 1");
        self.expect(number("min") < number("max"), "min", "less than max");
        self.expect((number("min")..=number("max")).contains(&number("raw")), "raw", "between min and max");
        let share = (number("raw") - number("min")) / (number("max") - number("min"));
        self.expect((share - number("scaled")).abs() < 1e-9, "scaled", "the share that raw is of max");
    }

    /// 2.4.6
    fn context(&mut self, context: &Value) {
        let optional = [
            "registration",
            "contextActivities",
            "revision",
            "platform",
            "language",
            "extensions",
            "instructor",
            "team",
        ];
        let context = self.object("context", context, &[], &optional);
        for (key, value) in &context {
            match key.as_str() {
                "registration" => {
                    let text = self.text(key, value).to_owned();
                    self.uuid(key, &text);
                }
                "contextActivities" => {
                    let lists = self.object(key, value, &[], &["parent", "grouping", "category", "other"]);
                    for (key, list) in &lists {
                        // A single object is allowed for the sake of old statements alone (2.4.6.2).
                        self.expect(list.as_array().is_some_and(|all| !all.is_empty()), key, "a list");
                        list.as_array().into_iter().flatten().for_each(|one| self.activity(key, one));
                    }
                }
                "revision" | "platform" => drop(self.text(key, value).to_owned()),
                "language" => {
                    let map = serde_json::json!({ self.text(key, value): "" });
                    self.language_map(key, &map);
                }
                "extensions" => self.extensions("context/extensions", value),
                _ => self.expect(false, key, "not used here"),
            }
        }
    }

    /// Keys are IRIs (4.1).
    fn extensions(&mut self, place: &str, extensions: &Value) {
        self.expect(extensions.is_object(), place, "an object");
        for key in extensions.as_object().into_iter().flatten().map(|(key, _)| key) {
            self.iri(place, &Value::String(key.clone()));
        }
    }

    /// RFC 3339, in UTC, with milliseconds, never of an unknown offset (2.4.7, 4.5).
    fn timestamp(&mut self, text: &str) {
        let shape: String = text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
        self.expect(shape == "0000-00-00T00:00:00.000Z", "timestamp", "UTC with milliseconds");
        self.expect(text.parse::<jiff::Timestamp>().is_ok(), "timestamp", "a moment that there is");
    }
}

#[test]
fn the_rules_find_what_is_broken() {
    let sound: Value = serde_json::from_str(
        r#"{"id":"6ba7b810-9dad-51d1-80b4-00c04fd430c8",
        "actor":{"objectType":"Agent","account":{"homePage":"https://lms.example","name":"a1"}},
        "verb":{"id":"http://adlnet.gov/expapi/verbs/passed","display":{"en":"passed"}},
        "object":{"id":"https://a.example/b","definition":{"name":{"en":"B"},
            "type":"http://adlnet.gov/expapi/activities/cmi.interaction","interactionType":"choice",
            "choices":[{"id":"x","description":{"en":"X"}},{"id":"y","description":{"en":"Y"}}]}},
        "result":{"score":{"scaled":0.5,"raw":500,"min":0,"max":1000},"success":true,"duration":"PT1.5S"},
        "context":{"registration":"0198f0a2-7c11-7d3e-9a52-0c6d41e7b8f3","language":"en",
            "contextActivities":{"grouping":[{"id":"https://a.example/c"}]},"extensions":{"https://a.example/d":1}},
        "timestamp":"2026-03-02T09:15:00.000Z"}"#,
    )
    .unwrap();
    assert_eq!(broken_rules(&sound), Vec::<String>::new());
    for (place, value) in [
        ("/id", "6BA7B810-9DAD-51D1-80B4-00C04FD430C8"),
        ("/id", "6ba7b810-9dad-41d1-80b4-00c04fd430c8"),
        ("/id", ""),
        ("/actor/account/homePage", "lms"),
        ("/actor/account/name", ""),
        ("/verb/id", "passed"),
        ("/object/id", "no iri"),
        ("/object/definition/interactionType", "choices"),
        ("/object/definition/type", "https://a.example/question"),
        ("/object/definition/choices/1/id", "x"),
        ("/object/definition/choices/1/id", "two words"),
        ("/result/duration", "1.5"),
        ("/result/duration", "PT1.555S"),
        ("/result/duration", "PT"),
        ("/result/score/scaled", "0.5"),
        ("/result/success", "true"),
        ("/context/registration", "attempt 1"),
        ("/context/language", "plain English"),
        ("/timestamp", "2026-03-02T09:15:00Z"),
        ("/timestamp", "2026-03-02T09:15:00.000-00:00"),
        ("/timestamp", "2026-02-31T09:15:00.000Z"),
    ] {
        let mut changed = sound.clone();
        *changed.pointer_mut(place).unwrap() = Value::String(value.to_owned());
        assert!(!broken_rules(&changed).is_empty(), "{place} {value}");
    }
    for (place, value) in [
        ("/result/score/scaled", serde_json::json!(1.01)),
        ("/result/score/raw", serde_json::json!(1001)),
        ("/result/score/min", serde_json::json!(1000)),
        ("/context/language", Value::Null),
        ("/context/contextActivities/grouping", serde_json::json!({"id": "https://a.example/c"})),
        ("/context/extensions", serde_json::json!({"d": 1})),
        ("/object/definition/name", serde_json::json!({"english": 1})),
        ("/verb/display", serde_json::json!({})),
        ("/result", serde_json::json!({"progress": 1})),
    ] {
        let mut changed = sound.clone();
        *changed.pointer_mut(place).unwrap() = value;
        assert!(!broken_rules(&changed).is_empty(), "{place}");
    }
}
