"""Replicas behind a proxy on this machine: `python -m deploy.replicas -n 3 --proxy haproxy`.

For measurements and tests: all listens on loopback, lives for a bounded time, and ends together.
The configuration of the proxy is the one of this folder; only addresses and paths are others.
Prints a line with the url and one with the process ids, then waits until it is stopped.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
PROXIES = {"nginx": "apt-get install nginx-light", "haproxy": "apt-get install haproxy"}
"""What can stand in front, and how it is installed on Debian."""
HEALTH = "/_stcore/health"
PATIENCE = 90
"""Seconds until a replica must answer."""
LONGEST = 3600
"""Seconds after which all ends by itself, unless another time is asked for."""
FLAGS = (
    "--server.headless=true",
    "--server.address=127.0.0.1",
    "--server.fileWatcherType=none",
    "--global.developmentMode=false",
)


class StartError(RuntimeError):
    """A process did not begin to serve; the message says which and what it said."""


@dataclass(frozen=True)
class Served:
    """What runs: the url of the proxy, the replicas with their urls, and the proxy's process."""

    url: str
    replicas: list[subprocess.Popen[bytes]]
    urls: list[str]
    proxy: subprocess.Popen[bytes]
    folder: Path
    """Where every process writes what it says."""


def free_ports(count: int) -> list[int]:
    """Ports of loopback that nobody uses, held together so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def nginx_here(port: int, replicas: Sequence[int], folder: Path) -> str:
    """`nginx.conf` with these ports and a folder of its own."""
    text = (HERE / "nginx.conf").read_text("utf-8")
    servers = iter(replicas)
    options = re.search(r"server 127\.0\.0\.1:\d+( .*;)\n", text)
    assert options
    lines = "".join(f"        server 127.0.0.1:{one}{options[1]}\n" for one in servers)
    text = re.sub(r"( +server 127\.0\.0\.1:\d+ .*;\n)+", lines, text)
    return text.replace("listen 8080;", f"listen 127.0.0.1:{port};").replace(
        "/tmp/nginx", str(folder / "nginx")
    )


def haproxy_here(port: int, replicas: Sequence[int], folder: Path) -> str:
    """`haproxy.cfg` with these ports; names that a container network would know are none here."""
    text = (HERE / "haproxy.cfg").read_text("utf-8")
    servers = "\n".join(f"    server replica{i} 127.0.0.1:{one}" for i, one in enumerate(replicas))
    text = re.sub(r" +server-template .*", servers, text)
    text = text.replace(" resolvers containers init-addr none", "")
    return text.replace("bind :8080", f"bind 127.0.0.1:{port}")


def program(name: str) -> str | None:
    """Where a program is, those for administrators included."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def begin(command: Sequence[str], log: Path, **extra: str) -> subprocess.Popen[bytes]:
    """A process in a group of its own that writes what it says into a file."""
    with log.open("wb") as output:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **extra},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def begin_replica(port: int, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", *FLAGS]
    return begin([*command, f"--server.port={port}"], folder / f"replica-{port}.txt")


def begin_proxy(
    kind: str, port: int, replicas: Sequence[int], folder: Path
) -> subprocess.Popen[bytes]:
    """The proxy of that kind in front of the replicas at these ports."""
    here = nginx_here if kind == "nginx" else haproxy_here
    config = folder / f"{kind}.conf"
    config.write_text(here(port, replicas, folder), "utf-8")
    (folder / "nginx").mkdir(exist_ok=True)
    found = program(kind)
    if found is None:
        raise StartError(f"{kind} is not installed: {PROXIES[kind]}")
    foreground = ["-g", "daemon off;", "-c"] if kind == "nginx" else ["-f"]
    return begin([found, *foreground, str(config)], folder / f"{kind}.txt")


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the health endpoint answers; raise `StartError` where it does not."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url + HEALTH, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise StartError(f"{url} does not answer:\n{log.read_text('utf-8', 'replace')[-2000:]}")


@contextmanager
def replicas(count: int = 3, proxy: str = "nginx") -> Iterator[Served]:
    """That many replicas behind a proxy, as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="optimizer-playground-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # workers of nginx are others than who starts it
        front, *ports = free_ports(count + 1)
        running: list[subprocess.Popen[bytes]] = []
        try:
            running += [begin_replica(port, folder) for port in ports]
            urls = [f"http://127.0.0.1:{port}" for port in ports]
            for url, process, port in zip(urls, running, ports, strict=True):
                wait_until_healthy(url, process, folder / f"replica-{port}.txt")
            running.append(begin_proxy(proxy, front, ports, folder))
            url = f"http://127.0.0.1:{front}"
            wait_until_healthy(url, running[-1], folder / f"{proxy}.txt")
            yield Served(url, running[:-1], urls, running[-1], folder)
        finally:
            for process in reversed(running):
                end_group(process)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it has started, at the latest after ten seconds."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def stop(*_: object) -> None:
    raise SystemExit


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-n", type=int, default=3, choices=range(1, 17), help="replicas")
    parser.add_argument("--proxy", choices=PROXIES, default="nginx")
    parser.add_argument("--seconds", type=float, default=LONGEST, help="when all ends by itself")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with replicas(asked.n, asked.proxy) as served:
        print(f"url {served.url}")
        pids = " ".join(str(process.pid) for process in served.replicas)
        print(f"replicas {pids} proxy {served.proxy.pid}", flush=True)
        time.sleep(min(asked.seconds, LONGEST))


if __name__ == "__main__":
    main()
