//! Webhooks: addresses of other programs that reminders of a unit are sent to, and which of them may be
//! spoken to.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The number of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HookId(pub i64);

/// Which addresses a server sends to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// Over TLS to addresses of the public internet only: nobody makes this program speak to what stands
    /// beside it.
    #[default]
    Public,
    /// Anywhere, without TLS too: for tests and networks that are closed.
    Anywhere,
}

/// The longest address, in bytes.
const ADDRESS_MAX: usize = 1_000;

/// The most webhooks of a unit.
pub const HOOKS_MAX: usize = 10;

/// Why something is no address that is sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It is no address of a web server, or says more than where to.
    NoAddress,
    /// It goes without TLS.
    Open,
    /// It leads into a private network.
    Private,
}

/// Reads the address of a webhook as people type it; names are looked up only when something is sent.
///
/// # Errors
/// It is none that may be sent to.
pub fn address(typed: &str, reach: Reach) -> Result<String, Unfit> {
    let address = typed.trim();
    let (scheme, rest) = address.split_once("://").ok_or(Unfit::NoAddress)?;
    let is_plain = address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_secret = match scheme {
        "https" => true,
        "http" => false,
        _ => return Err(Unfit::NoAddress),
    };
    let host = host_of(rest).filter(|_| is_plain && address.len() <= ADDRESS_MAX);
    let host = host.ok_or(Unfit::NoAddress)?;
    match reach {
        Reach::Public if !is_secret => Err(Unfit::Open),
        Reach::Public if host.parse().is_ok_and(|ip| !is_public(ip)) => Err(Unfit::Private),
        Reach::Public | Reach::Anywhere => Ok(address.to_owned()),
    }
}

/// The host of an address that was read, to be shown: what stands behind it may be a secret.
#[must_use]
pub fn host(address: &str) -> &str {
    address.split_once("://").and_then(|(_, rest)| host_of(rest)).unwrap_or_default()
}

/// The host at the beginning of what follows `://`; none when it is none, or names a person.
fn host_of(rest: &str) -> Option<&str> {
    let authority = rest.split(['/', '?', '#']).next().filter(|_| !rest.contains('#'))?;
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']')?;
            host.parse::<Ipv6Addr>().ok()?;
            (host, port.strip_prefix(':').or(port.is_empty().then_some("443"))?)
        }
        None => authority.split_once(':').unwrap_or((authority, "443")),
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:".contains(&byte);
    let is_host = !host.is_empty() && host.bytes().all(plain);
    (is_host && port.parse::<u16>().is_ok_and(|port| port > 0)).then_some(host)
}

/// Whether an address belongs to the public internet: no private or shared network, not this machine or
/// those beside it (where clouds keep their metadata), no group, and none that carries such a one inside.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let is_special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation();
    let is_beyond = match address.octets() {
        // This network, and groups and what is kept for later.
        [0 | 224..=255, ..] => true,
        // Shared by the customers of a provider.
        [100, second, ..] => (64..128).contains(&second),
        // Kept for protocols, and for relays into the other kind of addresses.
        [192, 0, 0, _] | [192, 88, 99, _] => true,
        // For measuring networks.
        [198, second, ..] => second == 18 || second == 19,
        _ => false,
    };
    !is_special && !is_beyond
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    match address.segments() {
        // What a network translates into the other kind of addresses.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        // Tunnels, which carry an address inside, and examples.
        [0x2002 | 0x3fff, ..] | [0x2001, 0 | 0xdb8, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_server_over_tls_and_nobody() {
        use Unfit::{NoAddress, Open, Private};
        let cases = [
            (" https://chat.example.vn/hook?key=1 ", Ok("chat.example.vn")),
            ("https://chat.example.vn:8443", Ok("chat.example.vn")),
            ("https://203.0.114.9/x", Ok("203.0.114.9")),
            ("https://[2600::1]:8443/x", Ok("2600::1")),
            ("http://chat.example.vn/", Err(Open)),
            ("https://127.0.0.1/", Err(Private)),
            ("https://[::1]/", Err(Private)),
            ("https://[::ffff:10.0.0.1]/", Err(Private)),
            ("https://169.254.169.254/latest/meta-data", Err(Private)),
            ("chat.example.vn", Err(NoAddress)),
            ("ftp://chat.example.vn", Err(NoAddress)),
            ("https://", Err(NoAddress)),
            ("https://a@chat.example.vn", Err(NoAddress)),
            ("https://chat.example.vn\\@10.0.0.1", Err(NoAddress)),
            ("https://chat.example.vn/#x", Err(NoAddress)),
            ("https://chat.example.vn:0/", Err(NoAddress)),
            ("https://chat.example.vn:x/", Err(NoAddress)),
            ("https://chat example.vn/", Err(NoAddress)),
            ("https://chat.example.vn/\r\nx: y", Err(NoAddress)),
            ("https://nhắn.vn/", Err(NoAddress)),
        ];
        for (typed, expected) in cases {
            let read = address(typed, Reach::Public);
            assert_eq!(read.as_deref().map(host), expected.as_ref().copied(), "{typed}");
        }
        for open in ["http://127.0.0.1:9000/x", "https://10.0.0.1/"] {
            assert_eq!(address(open, Reach::Anywhere).as_deref(), Ok(open));
        }
        assert_eq!(address("http://", Reach::Anywhere), Err(NoAddress));
    }

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        let public = ["1.1.1.1", "100.63.0.1", "100.128.0.1", "172.32.0.1", "203.0.114.1"];
        let public = public.into_iter().chain(["2600::1", "64:ff9b::1.1.1.1", "::ffff:1.1.1.1"]);
        for address in public {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
        let not = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.8.9.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:10.0.0.1",
            "::ffff:0:1.1.1.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
        ];
        for address in not {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }
}
