"""Load is for a machine of one's own: what is not the loopback address is refused."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def own(url: str) -> str:
    """The address without its path; `ValueError` in a sentence unless it is of this machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "http" or not (host == "localhost" or _is_loopback(host)):
        raise ValueError(
            f"{url} is refused: load is only for servers on this machine, "
            "at http://127.0.0.1, http://[::1] or http://localhost."
        )
    return f"http://{parts.netloc}"


def _is_loopback(host: str) -> bool:
    """By the number, never by a name that somebody else could give to any machine."""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number in ipaddress.ip_network("127.0.0.0/8") or number == ipaddress.IPv6Address("::1")
