"""Judge the sentences of random runs: see the package."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np

import playground as pg
from tests.oracles.sentences import (  # noqa: F401  (they register checkers)
    futures,
    motion,
    numbers,
    promises,
    words,
)
from tests.oracles.sentences.claims import CHECKERS, Told
from tests.oracles.truth.drawn import settings
from tests.oracles.truth.facts import Facts


class Fault(NamedTuple):
    kind: str
    what: str
    told: Told


class Judged(NamedTuple):
    """One run and what is false in its sentences."""

    facts: Facts
    diagnosis: pg.Diagnosis | None
    faults: list[Fault]
    error: str = ""


def judged(seed: int) -> Iterator[Judged]:
    for setting in settings(seed):
        facts = Facts(setting)
        try:
            diagnosis = pg.diagnose(setting.run)
        except (ArithmeticError, ValueError, LookupError) as error:
            yield Judged(facts, None, [], f"{type(error).__name__}: {error}")
            continue
        told = [Told(facts, diagnosis, finding) for finding in diagnosis.findings]
        with np.errstate(all="ignore"):
            faults = [
                Fault(kind, what, one)
                for one in told
                for kind, check in CHECKERS.items()
                for what in check(one)
            ]
        yield Judged(facts, diagnosis, faults)


def shown(number: int, run: Judged) -> str:
    lines = [f"run {number}: {run.facts.setting}"]
    if run.diagnosis is None:
        return "\n".join([*lines, f"  raises {run.error}"])
    lines += [f"  {f.label}: {f.sentence}" for f in run.diagnosis.findings]
    lines += [run.facts.block()]
    lines += [f"  FALSE ({fault.kind}): {fault.what}" for fault in run.faults]
    return "\n".join(lines)


def report(runs: list[Judged]) -> str:
    """Counts by kind, of runs and of sentences, with two examples each."""
    sentences = sum(len(run.diagnosis.findings) for run in runs if run.diagnosis)
    false = {(id(r), f.told.text) for r in runs for f in r.faults}
    by_kind: defaultdict[str, list[Fault]] = defaultdict(list)
    for run in runs:
        for fault in run.faults:
            by_kind[fault.kind].append(fault)
    lines = [
        f"{len(false)} of {sentences} sentences hold a falsehood that a machine finds, "
        f"{100 * len(false) / max(sentences, 1):.1f} %; {sum(bool(r.error) for r in runs)} raise"
    ]
    for kind, faults in sorted(by_kind.items(), key=lambda item: -len(item[1])):
        labels = Counter(fault.told.finding.label for fault in faults).most_common()
        spread = ", ".join(f"{label} {count}" for label, count in labels)
        lines.append(f"\n{kind}: {len(faults)} ({spread})")
        for fault in faults[:2]:
            lines.append(f"  - {fault.told.facts.setting}")
            lines.append(f"    {fault.what}")
            lines.append(f"    “{fault.told.text}”")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Judge the sentences of random runs.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--quiet", action="store_true", help="only the report, no single runs")
    options = parser.parse_args()
    runs = []
    for number, run in enumerate(islice(judged(options.seed), options.count)):
        runs.append(run)
        if not options.quiet:
            print(shown(number, run), flush=True)
    print(report(runs))


if __name__ == "__main__":
    main()
