//! Where a request comes from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};

use super::app::App;
use super::problem::Refused;
use crate::service::proxies::counted_as;

/// The address that a request comes from, behind whatever proxies are trusted. The one place that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::service) struct Client(IpAddr);

impl Client {
    pub(super) fn of(app: &App, extensions: &Extensions, headers: &HeaderMap) -> Result<Self, Refused> {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>();
        let ConnectInfo(peer) = peer.ok_or_else(|| Refused::failed(&"nobody is at the other end"))?;
        Ok(Self(app.place.proxies.client(peer.ip(), headers)))
    }

    /// What is counted when somebody at this address does something.
    pub(in crate::service) fn doing(self, what: &str) -> String {
        format!("{what} {}", counted_as(self.0))
    }
}

impl FromRequestParts<App> for Client {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        Self::of(app, &parts.extensions, &parts.headers)
    }
}
