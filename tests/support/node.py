"""Node as an oracle: what the player's own JavaScript reads of a message."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from playground.player.packing import LARGEST

NODE = shutil.which("node")
DECODE = Path(__file__).parents[1] / "js" / "decode.mjs"
EVERY = st.floats(width=64, allow_nan=True, allow_infinity=True)


class Reader:
    """A Node that stays open and reads message after message."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [str(NODE), str(DECODE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, kind: str, message: bytes, lead: int = 0) -> dict[str, Any]:
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin
        assert stdout
        stdin.write(f"{kind} {lead} {base64.b64encode(message).decode()}\n")
        stdin.flush()
        return json.loads(stdout.readline(), parse_int=float)

    def close(self) -> None:
        self.process.communicate(timeout=10)


def numbers(values) -> np.ndarray:
    """A list of JSON, in which what is no number is text, as an array."""
    return np.array([float(value) for value in values])


def single(values) -> np.ndarray:
    """What float32 makes of values, the finite ones held in its range."""
    values = np.asarray(values, dtype=float)
    finite = np.isfinite(values)
    return np.where(finite, np.clip(values, -LARGEST, LARGEST), values).astype(np.float32)
