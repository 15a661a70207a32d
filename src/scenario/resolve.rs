//! A document to a [`Scenario`](super::Scenario): names become ids, and what leads nowhere becomes a finding.
