"""Networks: what is counted of where a request comes from."""

from ipaddress import ip_address, ip_network


def network_of(address: str) -> str:
    """The address itself; of IPv6 the /64 that one household has, to try from and to send from."""
    try:
        if ip_address(address).version == 6:
            return str(ip_network(f"{address}/64", strict=False))
    except ValueError:
        return "unknown"
    return address
