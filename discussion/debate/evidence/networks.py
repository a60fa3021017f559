"""Which addresses belong to the public internet, and so may be asked."""

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

# From the registries of special addresses: this network, private, shared by a carrier, this
# machine, beside this machine (where clouds keep their secrets), protocols, documentation, 6to4,
# benchmarks, multicast, reserved.
NOT_PUBLIC: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(said)
    for said in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
)
# Whatever lies outside is this machine's, this network's, or carries an IPv4 address in disguise:
# mapped (::ffff:0:0/96), compatible (::/96), translated (64:ff9b::/96 and 64:ff9b:1::/48).
PUBLIC_IPV6 = IPv6Network("2000::/3")


def is_public(address: str) -> bool:
    """Whether an address, in its usual notation, is one that anybody on the internet reaches."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and (found.scope_id or found not in PUBLIC_IPV6):
        return False
    return found.is_global and not any(found in network for network in NOT_PUBLIC)
