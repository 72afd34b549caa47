"""Confusion matrix of the diagnosis: ``python -m tests.oracles.labelled.confusion [examples]``.

Without an argument on our own labelled runs, else on a file of the study that `examples` reads.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import playground as pg
from playground.diagnosis import OUTCOMES, diagnose
from tests.oracles.labelled.examples import examples
from tests.oracles.labelled.make import read

RUNS = Path(__file__).with_name("runs.json")

NEVER = {
    *(("oscillating", said) for said in ("converged", "saddle", "local_minimum")),
    *(("diverged", said) for said in OUTCOMES if said != "diverged"),
    *((true, "converged") for true in ("saddle", "plateau", "local_minimum")),
}
"""Confusions that mislead: (true, said)."""


def labelled_runs() -> Iterator[tuple[str, pg.Run, str]]:
    for number, case in enumerate(json.loads(RUNS.read_text())):
        yield f"run {number}", read(case).run, case["label"]


def judge(runs: Iterable[tuple[str, pg.Run, str]]) -> Iterator[tuple[str, pg.Run, str, str]]:
    """Name, run, true outcome and what the diagnosis says."""
    for name, run, true in runs:
        yield name, run, true, diagnose(run).outcome


def table(pairs: Iterable[tuple[str, str]]) -> str:
    """Rows are true, columns are said."""
    counts = Counter(pairs)
    short = [label[:9] for label in OUTCOMES]
    lines = [" " * 18 + " ".join(f"{name:>9}" for name in short)]
    for true in OUTCOMES:
        row = [str(counts.get((true, said), "")) or "." for said in OUTCOMES]
        lines.append(f"{true:>18}" + " ".join(f"{cell:>9}" for cell in row))
    return "\n".join(lines)


if __name__ == "__main__":
    source = (
        ((name, run, true) for name, run, true, _ in examples(Path(sys.argv[1])))
        if (sys.argv[1:])
        else labelled_runs()
    )
    judged = list(judge(source))
    pairs = [(true, said) for _, _, true, said in judged]
    for name, run, true, said in judged:
        if true != said:
            print(f"{name}: {true} → {said}: {run.surface!r} {run.optimizer!r} {run.steps} steps")
    print(table(pairs))
    right = sum(true == said for true, said in pairs)
    print(
        f"{right} of {len(pairs)} right, {100 * right / len(pairs):.1f} %; "
        f"never acceptable: {sum(pair in NEVER for pair in pairs)}"
    )
