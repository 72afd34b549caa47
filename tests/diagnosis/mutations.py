"""Whether the tests notice a moved line: every number of a rule book, changed one at a time.

``python -m tests.diagnosis.mutations [--thorough] [NAME …]`` halves, raises by half and doubles
each line (or those named), runs the quick tests of its rule book on it, and prints what survives;
`--thorough` asks the slow ones, whole runs and trainings, about the survivors.  A line that may be
moved without a test noticing is no line; one that only tells rounding from numbers, such as the
divisor that is never zero, survives for a reason.
"""

from __future__ import annotations

import contextlib
import io
import sys
import time
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from playground.diagnosis import lines as of_descents
from playground.topics.network import lines as of_networks

BOOKS: tuple[tuple[ModuleType, tuple[tuple[str, ...], ...]], ...] = (
    (
        of_descents,
        (
            (
                "tests/diagnosis/test_lines_of_places.py",
                "tests/diagnosis/test_lines_of_motion.py",
                "tests/diagnosis/test_lines_of_events.py",
                "tests/diagnosis/test_lines_of_ends.py",
                "tests/diagnosis/test_lines_told.py",
                "tests/diagnosis/test_lines_of_returns.py",
            ),
            ("tests/diagnosis/test_diagnosis.py", "tests/topics/test_scene_labels.py"),
        ),
    ),
    (
        of_networks,
        (
            (
                "tests/topics/test_network_lines.py",
                "tests/topics/test_network_lines_of_changes.py",
            ),
            ("tests/topics/test_training_verdict.py",),
        ),
    ),
)
"""Every rule book with its tests, the quickest first: those that follow see what survives them."""

FACTORS = (0.5, 1.5, 2.0)
THOROUGH = "--thorough"


def other(value: Any, factor: float) -> Any:
    """A number, or each of a few, times a factor; whole numbers stay whole and change."""
    if isinstance(value, tuple):
        return tuple(other(part, factor) for part in value)
    if isinstance(value, int):
        return max(round(value * factor), 1) if factor > 1 or value > 1 else 0
    return value * factor


def passes(files: tuple[str, ...]) -> bool:
    """Whether the tests of some files pass, in this process."""
    silence = io.StringIO()
    with contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence):
        plain = ("-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-W", "ignore")
        return pytest.main([*plain, *files]) == 0


def survivors(book: ModuleType, stages: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, str]]:
    """The lines that can be moved, and how far."""
    named = {word for word in sys.argv[1:] if word != THOROUGH}
    for name, value in list(vars(book).items()):
        if not name.isupper() or (named and name not in named):
            continue
        for factor in FACTORS:
            moved = other(value, factor)
            try:
                setattr(book, name, moved)
                if all(map(passes, stages)):
                    yield name, f"{value} → {moved}"
            finally:
                setattr(book, name, value)


def main() -> None:
    began = time.monotonic()
    for book, (quick, slow) in BOOKS:
        stages = (quick, slow) if THOROUGH in sys.argv else (quick,)
        if not all(map(passes, stages)):
            sys.exit(f"the tests of {book.__name__} fail as it stands")
        print(book.__name__, flush=True)
        for name, change in survivors(book, stages):
            print(f"  {name}: {change}", flush=True)
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
