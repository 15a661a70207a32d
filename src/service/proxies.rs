//! Whose address a request counts under, where proxies stand in between.
//!
//! What a request says of its way is believed from those alone who were named as proxies, one hop after the other from
//! the end of `X-Forwarded-For` that the nearest of them wrote.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use axum::http::{HeaderMap, HeaderName};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// An address, or a network as `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    /// Bits in which its addresses are alike.
    prefix: u32,
}

/// Why something typed is no network to trust.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotANetwork {
    #[error("{0:?} is neither an address, as 127.0.0.1 or ::1, nor a network, as 10.0.0.0/8")]
    Unreadable(String),
    /// With the network that was meant.
    #[error("{typed:?} has a host in it; the network is called {meant}")]
    HasHost { typed: String, meant: Network },
    #[error("{0:?} is everybody, and then anybody could say to come from anywhere")]
    Everybody(String),
}

/// Those who are believed where a request comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Proxies(Vec<Network>);

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(typed: &str) -> Result<Self, NotANetwork> {
        let unreadable = || NotANetwork::Unreadable(typed.to_owned());
        let (address, prefix) = match typed.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (typed, None),
        };
        let address: IpAddr = address.parse().map_err(|_| unreadable())?;
        let most = bits(address).1;
        let prefix = match prefix {
            // No sign, which numbers may have otherwise.
            Some(prefix) if prefix.bytes().all(|byte| byte.is_ascii_digit()) => {
                prefix.parse().ok().filter(|prefix| *prefix <= most).ok_or_else(unreadable)?
            }
            Some(_) => return Err(unreadable()),
            None => most,
        };
        if prefix == 0 {
            return Err(NotANetwork::Everybody(typed.to_owned()));
        }
        let network = Self { base: first_of(address, prefix), prefix };
        if network.base != address {
            return Err(NotANetwork::HasHost { typed: typed.to_owned(), meant: network });
        }
        Ok(network)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.base, self.prefix)
    }
}

impl Network {
    fn contains(&self, address: IpAddr) -> bool {
        address.is_ipv4() == self.base.is_ipv4() && first_of(address, self.prefix) == self.base
    }
}

impl Proxies {
    pub(super) fn new(trusted: Vec<Network>) -> Self {
        Self(trusted)
    }

    /// Where a request comes from that `peer` sent. Of what it says of its way, each hop is believed only from a proxy
    /// that is trusted itself; where one says nothing that can be read, it counts as where the request comes from.
    pub(super) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        // Several headers are one list.
        let lines = headers.get_all(FORWARDED_FOR).iter().collect::<Vec<_>>();
        let mut hops = lines.iter().rev().flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','));
        while self.0.iter().any(|network| network.contains(client))
            && let Some(hop) = hops.next().and_then(hop)
        {
            client = hop;
        }
        client
    }
}

/// Under what an address is counted: a household or a site on IPv6 has a /64 of its own, and could else change its
/// address as often as it likes.
pub(super) fn counted_as(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        address @ IpAddr::V6(_) => Network { base: first_of(address, 64), prefix: 64 }.to_string(),
    }
}

/// An address as proxies write it, some of them with a port.
fn hop(written: &[u8]) -> Option<IpAddr> {
    let written = std::str::from_utf8(written).ok()?.trim();
    let bracketed = || written.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
    let address = written.parse::<IpAddr>().ok().or_else(bracketed);
    let address = address.or_else(|| written.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address| address.to_canonical())
}

/// An address as a number, and of how many bits.
fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), Ipv4Addr::BITS),
        IpAddr::V6(address) => (address.to_bits(), Ipv6Addr::BITS),
    }
}

/// The first address of the network that an address lies in.
fn first_of(address: IpAddr, prefix: u32) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(Ipv4Addr::BITS - prefix.min(Ipv4Addr::BITS)).unwrap_or(0);
            Ipv4Addr::from_bits(address.to_bits() & mask).into()
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(Ipv6Addr::BITS - prefix.min(Ipv6Addr::BITS)).unwrap_or(0);
            Ipv6Addr::from_bits(address.to_bits() & mask).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};
    use proptest::prelude::*;

    use super::{FORWARDED_FOR, IpAddr, Network, NotANetwork, Proxies, counted_as};

    fn headers(lines: &[&[u8]]) -> HeaderMap {
        let value = |line: &&[u8]| (FORWARDED_FOR, HeaderValue::from_bytes(line).unwrap());
        lines.iter().map(value).collect()
    }

    #[test]
    fn a_request_comes_from_the_last_one_who_is_no_proxy() {
        let trusted = ["127.0.0.1", "10.0.0.0/8", "fd00::/8"].map(|network| network.parse().unwrap());
        let proxies = Proxies::new(trusted.to_vec());
        let check = |peer: &str, lines: &[&[u8]], expected: &str| {
            let found = proxies.client(peer.parse().unwrap(), &headers(lines));
            assert_eq!(found, expected.parse::<IpAddr>().unwrap(), "{peer}, {lines:?}");
        };
        // Nothing said, and nothing believed from whoever is no proxy.
        check("127.0.0.1", &[], "127.0.0.1");
        check("192.0.2.7", &[], "192.0.2.7");
        check("192.0.2.7", &[b"198.51.100.1"], "192.0.2.7");
        check("127.0.0.2", &[b"198.51.100.1"], "127.0.0.2");
        // The last one; what stands before it, anybody may have written.
        check("127.0.0.1", &[b"198.51.100.1"], "198.51.100.1");
        check("127.0.0.1", &[b"203.0.113.9, 198.51.100.1"], "198.51.100.1");
        check("127.0.0.1", &[b"203.0.113.9", b"198.51.100.1"], "198.51.100.1");
        check("127.0.0.1", &[b"10.0.0.1, 198.51.100.1"], "198.51.100.1");
        // Through several proxies.
        check("127.0.0.1", &[b"198.51.100.1, 10.1.2.3"], "198.51.100.1");
        check("127.0.0.1", &[b"203.0.113.9, 198.51.100.1", b"10.1.2.3,fd00::1"], "198.51.100.1");
        check("10.1.2.3", &[b"10.2.2.2, 10.3.3.3"], "10.2.2.2");
        // Whatever cannot be read ends the way at the one who passed it on.
        check("127.0.0.1", &[b""], "127.0.0.1");
        check("127.0.0.1", &[b"198.51.100.1, "], "127.0.0.1");
        check("127.0.0.1", &[b"198.51.100.1, unknown"], "127.0.0.1");
        check("127.0.0.1", &[b"198.51.100.1, _hidden, 10.1.2.3"], "10.1.2.3");
        check("127.0.0.1", &[b"198.51.100.1, 10.1.2.3.4"], "127.0.0.1");
        check("127.0.0.1", &[b"198.51.100.1;10.1.2.3"], "127.0.0.1");
        check("127.0.0.1", &[b"198.51.100.1", b"\xff\xfe"], "127.0.0.1");
        check("127.0.0.1", &[b"\xff\xfe, 198.51.100.1"], "198.51.100.1");
        check("127.0.0.1", &[b"fe80::1%eth0"], "127.0.0.1");
        // IPv6, ports, and IPv4 inside of IPv6.
        check("127.0.0.1", &[b"2001:db8::7"], "2001:db8::7");
        check("127.0.0.1", &[b"[2001:db8::7]"], "2001:db8::7");
        check("127.0.0.1", &[b"[2001:db8::7]:4711"], "2001:db8::7");
        check("127.0.0.1", &[b"198.51.100.1:4711"], "198.51.100.1");
        check("::ffff:127.0.0.1", &[b"::ffff:198.51.100.1"], "198.51.100.1");
        check("::ffff:10.9.9.9", &[b"198.51.100.1, ::ffff:10.1.1.1"], "198.51.100.1");
        check("::1", &[b"198.51.100.1"], "::1");
    }

    #[test]
    fn networks_are_read_or_said_to_be_none() {
        let check = |typed: &str, expected: &str| {
            let found = typed.parse::<Network>().map_or_else(|error| error.to_string(), |network| network.to_string());
            assert_eq!(found, expected);
        };
        check("127.0.0.1", "127.0.0.1/32");
        check("::1", "::1/128");
        check("10.0.0.0/8", "10.0.0.0/8");
        check("192.168.4.0/22", "192.168.4.0/22");
        check("fd00::/8", "fd00::/8");
        check("2001:db8::/128", "2001:db8::/128");
        check("10.1.2.3/8", "\"10.1.2.3/8\" has a host in it; the network is called 10.0.0.0/8");
        for everybody in ["0.0.0.0/0", "::/0"] {
            assert!(matches!(everybody.parse::<Network>(), Err(NotANetwork::Everybody(_))));
        }
        for wrong in ["", "/", "localhost", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/+8", "10.0.0.0/8/8", "10/8", "::/129"]
        {
            assert!(matches!(wrong.parse::<Network>(), Err(NotANetwork::Unreadable(_))), "{wrong}");
        }
    }

    #[test]
    fn addresses_are_counted_by_household() {
        let check = |address: &str, expected: &str| assert_eq!(counted_as(address.parse().unwrap()), expected);
        check("198.51.100.1", "198.51.100.1");
        check("::ffff:198.51.100.1", "198.51.100.1");
        check("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64");
        check("2001:db8:1:2::", "2001:db8:1:2::/64");
        check("2001:db8:1:3::", "2001:db8:1:3::/64");
    }

    proptest! {
        #[test]
        fn nobody_else_is_believed(peer: [u8; 4], line in "[ -~]{0,60}") {
            let proxies = Proxies::new(vec!["10.0.0.0/8".parse().unwrap()]);
            let peer = IpAddr::from(peer);
            let found = proxies.client(peer, &headers(&[line.as_bytes()]));
            prop_assert!(found == peer || peer.to_string().starts_with("10."));
            // Whatever a client sends along, what the proxy adds to it counts.
            let added = format!("{line}, 198.51.100.1");
            let found = proxies.client([10, 0, 0, 1].into(), &headers(&[added.as_bytes()]));
            prop_assert_eq!(found, IpAddr::from([198, 51, 100, 1]));
        }
    }
}
