//! What came of a call to a service, in words for a person.

use crate::diagnostic::steers;
use crate::team::protocol::{Problem, ProblemKind};

/// Letters of a service's sentence that are shown.
const LONGEST_SENTENCE: usize = 500;

/// Why a call brought nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Nobody answered.
    #[error("The team service cannot be reached at the moment: {why}.")]
    Unreachable { why: &'static str },
    /// Somebody answered, and is not who they should be.
    #[error(
        "Whoever answers at this address is not the team service you joined: its key is another. Nothing was sent. Ask \
         whoever runs the service whether its key has changed; if so, you need a new invite."
    )]
    AnotherKey,
    /// The computer does not trust the certificate.
    #[error(
        "The team service could not show who it is: this computer does not trust its certificate. Nothing was sent. Ask \
         whoever runs the service for an invite link with #sha256= in it."
    )]
    NotTrusted,
    /// A redirect is refused: it would take the key to another place.
    #[error(
        "Somebody else answers in the service’s place and points elsewhere. That may be the sign-in page of a wireless \
         network: open a browser and sign in, then try again."
    )]
    PointedElsewhere,
    #[error("The team service’s answer is far larger than it should be, and was not read.")]
    TooLarge,
    #[error(
        "The answer was not one of a team service. Something between here and there may be answering in its place, or it \
         is of another version than this Simmer."
    )]
    NotUnderstood,
    /// The service says no, in its own words.
    #[error("{}", .0.title)]
    Refused(Problem),
}

impl CallError {
    /// Whether the very same call may do later.
    pub const fn may_pass(&self) -> bool {
        match self {
            Self::Refused(problem) => {
                matches!(problem.kind, ProblemKind::Busy | ProblemKind::Failed | ProblemKind::Unavailable)
            }
            _ => true,
        }
    }

    /// Whether the service does not know this device any more.
    pub const fn is_revoked(&self) -> bool {
        matches!(self, Self::Refused(Problem { kind: ProblemKind::Unauthorised, .. }))
    }

    /// Whether there is no way to the service at the moment.
    pub const fn is_offline(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::PointedElsewhere)
    }
}

impl From<ureq::Error> for CallError {
    fn from(error: ureq::Error) -> Self {
        use rustls::Error as Tls;
        let unreachable = |why| Self::Unreachable { why };
        match &error {
            ureq::Error::HostNotFound => unreachable("there is no such address, or no network"),
            ureq::Error::Timeout(_) => unreachable("it took too long to answer"),
            ureq::Error::BodyExceedsLimit(_) | ureq::Error::LargeResponseHeader(..) => Self::TooLarge,
            ureq::Error::TooManyRedirects | ureq::Error::RedirectFailed => Self::PointedElsewhere,
            ureq::Error::Rustls(Tls::InvalidCertificate(why)) => of_certificate(why),
            ureq::Error::Rustls(_) | ureq::Error::Tls(_) => unreachable("what answers there does not speak TLS"),
            ureq::Error::Io(io) => match io.get_ref().and_then(|inner| inner.downcast_ref::<Tls>()) {
                Some(Tls::InvalidCertificate(why)) => of_certificate(why),
                Some(_) => unreachable("what answers there does not speak TLS"),
                None => unreachable(match io.kind() {
                    std::io::ErrorKind::ConnectionRefused => "nothing answers at its address",
                    std::io::ErrorKind::TimedOut => "it took too long to answer",
                    _ => "the connection broke",
                }),
            },
            ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => {
                unreachable("the proxy of this network does not let it through")
            }
            ureq::Error::Protocol(_) | ureq::Error::Json(_) => Self::NotUnderstood,
            _ => unreachable("the connection broke"),
        }
    }
}

fn of_certificate(why: &rustls::CertificateError) -> CallError {
    // Only `pin` says this of a certificate.
    if *why == rustls::CertificateError::ApplicationVerificationFailure {
        CallError::AnotherKey
    } else {
        CallError::NotTrusted
    }
}

/// What came from elsewhere, as it may be shown: without what steers a terminal or turns the direction of other text
/// around, and not without end.
pub fn shown(text: &str) -> String {
    text.chars().filter(|letter| !steers(*letter)).take(LONGEST_SENTENCE).collect()
}
