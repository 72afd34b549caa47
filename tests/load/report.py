"""Numbers of a class as lines of a table, and errors in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from tests.load.browser import Answer
from tests.load.crowd import Watched

HEADS = (
    *("place", "students", "moves", "values", "p50", "p95", "p99", "errors", "late"),
    *(
        "asked p95",
        "runs/s",
        "ms/run",
        "ms/move",
        "busy",
        "client",
        "others",
        "MiB",
        "then",
        "a session",
    ),
)
MEANING = """\
p50, p95, p99: ms from a move to the end of its run.  late: moves that waited for the answer to the
last one.  asked p95: ms, of what the player asks for beside the moves.  ms/run, ms/move: processor
time of the server.  busy, client, others: what the server, this generator and whatever else runs
here kept busy, 100 % being a core.  MiB, then, a session: resident memory before the class came and
at its end, with what lies on the shelf."""


def milliseconds(answers: Iterable[Answer], *percents: float) -> list[float]:
    """Quantiles of the times of the answers that came; NaN where none did."""
    times = [answer.seconds for answer in answers if "never finished" not in answer.errors]
    return list(1000 * np.percentile(times, percents)) if times else [float("nan")] * len(percents)


def line(name: str, seen: Watched) -> list[str]:
    """A class as a line of the table."""
    diary, (before, then) = seen.diary, seen.memory
    (asked,) = milliseconds(diary.asked, 95)
    times = milliseconds(diary.moves, 50, 95, 99)
    others = max(0.0, seen.all_cpu - seen.cpu - seen.own_cpu)
    shares = [spent / seen.seconds for spent in (seen.cpu, seen.own_cpu, others)]
    return [
        *(name, str(seen.count), str(len(diary.moves)), str(len(diary.values))),
        *(f"{time:.0f}" for time in times),
        *(str(seen.errors().total()), str(diary.late)),
        "" if np.isnan(asked) else f"{asked:.0f}",
        f"{seen.runs / seen.seconds:.1f}",
        *(f"{1000 * seen.cpu / max(1, n):.1f}" for n in (seen.runs, len(diary.moves))),
        *(f"{100 * share:.0f} %" for share in shares),
        *(f"{size:.0f}" for size in (before, then)),
        f"{(then - before) / seen.count:.2f}",
    ]


class Table:
    """A table that is printed line by line, because it may take long."""

    def __init__(self, heads: Sequence[str], first: int = 20) -> None:
        self.widths = [first, *(max(7, len(head) + 1) for head in heads[1:])]
        self.add(heads)

    def add(self, cells: Sequence[str]) -> None:
        """Print a line."""
        first, *others = zip(cells, self.widths, strict=True)
        text = f"{first[0]:{first[1]}}" + "".join(f"{cell:>{width}}" for cell, width in others)
        print(text, flush=True)


def tell_errors(name: str, errors: Counter[str], logged: Sequence[str] = ()) -> None:
    """What went wrong, if anything, and the first error that the log of the server tells of."""
    for error, count in errors.most_common():
        print(f"    {name}: {count} × {error}", flush=True)
    if logged:
        print(f"    {name}: {len(logged)} errors in the log of the server; the first:")
        print(logged[0], flush=True)
