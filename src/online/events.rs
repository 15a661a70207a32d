//! What moves on a service's boards, as it moves (server-sent events).

use std::io::{BufRead, BufReader, Read as _};

use ureq::{Body, BodyReader};

use super::call::CallError;
use crate::team::protocol::Changed;

/// Bytes of a line; a longer one is no event of a team service.
const LONGEST_LINE: u64 = 64 * 1024;

/// Events as they come. Ends where the connection does.
#[derive(Debug)]
pub struct Events {
    lines: Lines,
}

struct Lines(BufReader<BodyReader<'static>>);

impl std::fmt::Debug for Lines {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Lines").finish_non_exhaustive()
    }
}

impl Events {
    pub(super) fn new(body: Body) -> Self {
        Self { lines: Lines(BufReader::new(body.into_with_config().limit(u64::MAX).reader())) }
    }
}

impl Iterator for Events {
    type Item = Result<Changed, CallError>;

    /// The next event; remarks that only keep the connection open are passed over.
    fn next(&mut self) -> Option<Self::Item> {
        next(&mut self.lines.0)
    }
}

fn next(lines: &mut impl BufRead) -> Option<Result<Changed, CallError>> {
    let mut data = String::new();
    loop {
        let mut line = String::new();
        match lines.by_ref().take(LONGEST_LINE).read_line(&mut line) {
            Ok(0) => return None,
            Ok(_) if !line.ends_with('\n') => return Some(Err(CallError::TooLarge)),
            Ok(_) => {}
            Err(_) => return Some(Err(CallError::Unreachable { why: "the connection broke" })),
        }
        let line = line.trim_end_matches(['\r', '\n']);
        if let Some(more) = line.strip_prefix("data:") {
            data.push_str(more.strip_prefix(' ').unwrap_or(more));
            if data.len() as u64 > LONGEST_LINE {
                return Some(Err(CallError::TooLarge));
            }
        } else if line.is_empty() && !data.is_empty() {
            match serde_json::from_str(&data) {
                Ok(changed) => return Some(Ok(changed)),
                // Another kind of event than this Simmer knows.
                Err(_) => data.clear(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Result<u64, CallError>> {
        let mut lines = text.as_bytes();
        std::iter::from_fn(|| next(&mut lines)).map(|event| event.map(|changed| changed.revision)).collect()
    }

    #[test]
    fn events_are_read_and_remarks_passed_over() {
        let text = ":\n\ndata: {\"revision\":1}\n\nevent: changed\r\ndata:{\"revision\":\r\ndata: 2}\r\n\r\n: still here\n\n\
                    data: {\"other\":true}\n\ndata: {\"revision\":3,\"scenario\":\"a\"}\n\n";
        assert_eq!(all(text), [Ok(1), Ok(2), Ok(3)]);
    }

    #[test]
    fn a_line_without_end_is_not_read_to_its_end() {
        let long = format!("data: {}", "x".repeat(1_000_000));
        assert_eq!(all(&long).first(), Some(&Err(CallError::TooLarge)));
        let many = format!("data: {}\n", "x".repeat(1000)).repeat(100);
        assert_eq!(all(&many).first(), Some(&Err(CallError::TooLarge)));
    }
}
