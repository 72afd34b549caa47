"""Write the security headers into what sends them: `python -m deploy.headers`.

They are declared in `headers.toml` and stand, as each needs them, between ``<headers>`` and
``</headers>`` in the configuration of both proxies and of the Ingress.
"""

from __future__ import annotations

import re
import tomllib
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import streamlit

HERE = Path(__file__).parent
PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
INLINE = re.compile(r"<script>(.*?)</script>", re.S)
MARKED = re.compile(r"(?m)^( *)# <headers>\n(?:.*\n)*?^ *# </headers>\n")


def inline() -> str:
    """What a policy says to allow the scripts that stand in Streamlit's page, and no others."""
    scripts = INLINE.findall(PAGE.read_text("utf-8"))
    hashes = (b64encode(sha256(text.encode()).digest()).decode() for text in scripts)
    return " ".join(f"'sha256-{one}'" for one in hashes)


def declared() -> dict[str, str]:
    """Every header with its value, the policy of content security first."""
    said = tomllib.loads((HERE / "headers.toml").read_text("utf-8"))
    policy = "; ".join(" ".join(pair) for pair in said["content-security-policy"].items())
    return {"Content-Security-Policy": policy.format(inline=inline()), **said["headers"]}


def nginx(headers: dict[str, str]) -> list[str]:
    return [f'add_header {name} "{value}" always;' for name, value in headers.items()]


def haproxy(headers: dict[str, str]) -> list[str]:
    return [f'http-after-response set-header {name} "{value}"' for name, value in headers.items()]


def ingress(headers: dict[str, str]) -> list[str]:
    lines = (f'  {name} "{value}"' for name, value in headers.items())
    return ["haproxy.org/response-set-header: |", *lines]


PLACES: dict[str, Callable[[dict[str, str]], list[str]]] = {
    "nginx.conf": nginx,
    "haproxy.cfg": haproxy,
    "kubernetes/ingress.yaml": ingress,
}


def made(text: str, write: Callable[[dict[str, str]], list[str]]) -> str:
    """A configuration with its headers made anew, as `write` puts them."""

    def block(found: re.Match[str]) -> str:
        lines = ["# <headers>", *write(declared()), "# </headers>"]
        return "".join(f"{found[1]}{line}\n" for line in lines)

    return MARKED.sub(block, text)


if __name__ == "__main__":
    for name, write in PLACES.items():
        path = HERE / name
        path.write_text(made(path.read_text("utf-8"), write), "utf-8")
