//! Figures for whoever runs the service, in the text format of `OpenMetrics`.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::service::verify::Queue;
use crate::team::protocol::{ProblemKind, Standing};

/// Bounds of the histograms, in milliseconds.
const BOUNDS: [u64; 12] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000, 30_000];

/// What is counted.
#[derive(Debug)]
pub(in crate::service) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter<u64, AtomicU64>>,
    refused: Family<Refusal, Counter<u64, AtomicU64>>,
    taken: Family<Taken, Counter<u64, AtomicU64>>,
    durations: Family<Route, Histogram, fn() -> Histogram>,
    submissions: Histogram,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: String,
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refusal {
    kind: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Taken {
    standing: String,
}

/// Counts the time until it is dropped.
pub(super) struct Timer {
    began: tokio::time::Instant,
    histogram: Histogram,
}

/// How many are in the queue, read when somebody asks.
#[derive(Debug)]
struct QueueLength(Queue);

impl Metrics {
    pub(super) fn new(queue: &Queue) -> Self {
        let mut registry = Registry::with_prefix("simmer");
        let (requests, refused, taken) = (Family::default(), Family::default(), Family::default());
        let durations = Family::new_with_constructor(histogram as fn() -> Histogram);
        let submissions = histogram();
        registry.register("requests", "Requests by method, route and status", requests.clone());
        registry.register("refused", "Requests that were refused, by kind of problem", refused.clone());
        registry.register("attempts", "Attempts taken in, by where they stand", taken.clone());
        registry.register("request_seconds", "From a request to the beginning of its answer", durations.clone());
        registry.register(
            "submit_seconds",
            "From the last byte of an attempt to its answer, whatever that is",
            submissions.clone(),
        );
        registry.register_collector(Box::new(QueueLength(queue.clone())));
        Self { registry, requests, refused, taken, durations, submissions }
    }

    pub(super) fn answered(
        &self,
        method: &Method,
        route: &str,
        status: StatusCode,
        refused: Option<ProblemKind>,
        elapsed: Duration,
    ) {
        let (method, route) = (known(method).to_owned(), route.to_owned());
        let counted = Request { method: method.clone(), route: route.clone(), status: status.as_u16() };
        self.requests.get_or_create(&counted).inc();
        self.durations.get_or_create(&Route { method, route }).observe(elapsed.as_secs_f64());
        if let Some(kind) = refused {
            self.refused.get_or_create(&Refusal { kind: word(&kind) }).inc();
        }
    }

    pub(super) fn taken(&self, standing: Standing) {
        self.taken.get_or_create(&Taken { standing: word(&standing) }).inc();
    }

    /// Begins to count the time of a submission.
    pub(super) fn submitting(&self) -> Timer {
        Timer { began: tokio::time::Instant::now(), histogram: self.submissions.clone() }
    }

    /// All of it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a `String` cannot fail.
        let _ = prometheus_client::encoding::text::encode(&mut text, &self.registry);
        text
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.histogram.observe(self.began.elapsed().as_secs_f64());
    }
}

impl Collector for QueueLength {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let length = ConstGauge::new(i64::try_from(self.0.length()).unwrap_or(i64::MAX));
        let metric = encoder.encode_descriptor(
            "verify_queue",
            "Attempts that are played back or wait for it",
            None,
            length.metric_type(),
        )?;
        length.encode(metric)
    }
}

fn histogram() -> Histogram {
    Histogram::new(BOUNDS.map(|millis| Duration::from_millis(millis).as_secs_f64()))
}

/// The method, unless somebody made it up.
fn known(method: &Method) -> &str {
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
    if known.contains(method) { method.as_str() } else { "other" }
}

/// As it stands in JSON.
fn word(kind: &impl serde::Serialize) -> String {
    let word = serde_json::to_value(kind).ok();
    word.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}
