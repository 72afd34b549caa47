"""The processes under load: an app started for it, or some that run already, and what they take."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from deploy.replicas import free_ports, wait_until_healthy
from tests.browser.conftest import FLAGS
from tests.load.loopback import own
from tests.support.processes import TICKS, cpu_seconds
from tests.support.source import ROOT

APP = ROOT / "streamlit_app.py"
EMPTY = ROOT / "tests" / "benchmarks" / "empty_page.py"
PAGE = os.sysconf("SC_PAGE_SIZE")
MIB = 2**20
LOGGED = "Traceback (most recent call last)"


class Server:
    """An address, and the processes behind it (Linux)."""

    def __init__(self, url: str, pids: Sequence[int], log: Path | None = None) -> None:
        self.url = own(url)
        self.pids = tuple(pids)
        self.log = log

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        return sum(cpu_seconds(pid) for pid in self.pids)

    def memory(self) -> float:
        """MiB that are resident."""
        return sum(_pages(pid) for pid in self.pids) * PAGE / MIB

    def tracebacks(self) -> list[str]:
        """The errors that its log tells of, if it was started here."""
        text = self.log.read_text() if self.log else ""
        return [LOGGED + rest for rest in text.split(LOGGED)[1:]]


def machine_cpu() -> float:
    """Seconds of processor time of everything that runs on this machine so far."""
    user, nice, system, _, _, *interrupts = Path("/proc/stat").read_text().split()[1:9]
    return sum(map(int, (user, nice, system, *interrupts))) / TICKS


def _pages(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1])


@contextmanager
def served(script: Path = APP, tuned: bool = True) -> Iterator[Server]:
    """A fresh server of that app in a process of its own.

    tuned: by our configuration; otherwise as Streamlit comes.
    """
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.txt"
        port = free_ports(1)[0]
        command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
        with log.open("w") as output:
            process = subprocess.Popen(
                [*command, *FLAGS],
                cwd=ROOT if tuned else folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_healthy(url, process, log)
            yield Server(url, [process.pid], log)
        finally:
            process.kill()
            process.wait()
