"""A server of one's own that can be killed and come back at the same address."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from deploy.replicas import free_ports, wait_until_healthy

from .conftest import FLAGS, ROOT


class Restarted:
    """The app on a port of its own; what it said is in a file of that folder."""

    def __init__(self, app: str, folder: Path) -> None:
        self.app, self.port, self.log = app, free_ports(1)[0], folder / "restarted.txt"
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", self.app, *FLAGS]
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                [*command, f"--server.port={self.port}"],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        wait_until_healthy(self.url, self.process, self.log)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def sessions(url: str) -> int:
    """How many tabs the server there knows of."""
    with urllib.request.urlopen(f"{url}/_stcore/metrics") as answer:
        lines = answer.read().decode().splitlines()
    return int(next(line for line in lines if line.startswith("active_sessions ")).split()[1])
