"""Fresh labelled runs: ``python -m tests.oracles.labelled.fresh --seed N --count 300``.

Draws runs at random until so many are labelled, asks the diagnosis, and prints the confusions,
the share of runs on which the oracle is unsure, and with ``--facts`` all that is known of a run.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from playground.diagnosis import diagnose
from tests.oracles.labelled.admissible import admissible
from tests.oracles.labelled.case import Case
from tests.oracles.truth.drawn import settings
from tests.oracles.truth.facts import Facts


class Labelled(NamedTuple):
    """One drawn run, what may be said of it, and what is said."""

    number: int
    truth: Case
    said: str
    verdict: str

    @property
    def right(self) -> bool:
        return self.said in self.truth.labels

    def __str__(self) -> str:
        may = "|".join(sorted(self.truth.labels)) or "unsure"
        return (
            f"run {self.number}: {self.truth.facts.setting}\n    said {self.said}; admissible "
            f"{may}: {'; '.join(self.truth.reasons)}\n    “{self.verdict}”"
        )


def labelled(seed: int) -> Iterator[Labelled]:
    """Drawn runs with labels, endless; a diagnosis that raises is told by the error's name."""
    for number, setting in enumerate(settings(seed)):
        truth = admissible(Facts(setting))
        try:
            found = diagnose(setting.run)
            said, verdict = found.labels[0], found.verdict
        except (ValueError, ArithmeticError, LookupError, RuntimeWarning) as error:
            said, verdict = f"raises {type(error).__name__}", str(error)
        yield Labelled(number, truth, said, verdict)


def report(runs: list[Labelled]) -> str:
    sure = [run for run in runs if run.truth.sure]
    wrong = Counter(("|".join(sorted(r.truth.labels)), r.said) for r in sure if not r.right)
    right = sum(run.right for run in sure)
    single = [run for run in sure if len(run.truth.labels) == 1]
    lines = [f"{count:4d}  {true} → {said}" for (true, said), count in wrong.most_common()]
    lines += [
        f"{right} of {len(sure)} right, {100 * right / max(len(sure), 1):.1f} %; of those with one "
        f"admissible outcome {sum(r.right for r in single)} of {len(single)}",
        f"unsure on {len(runs) - len(sure)} of {len(runs)}, "
        f"{100 * (1 - len(sure) / max(len(runs), 1)):.1f} %",
        "outcomes said: " + ", ".join(f"{k} {n}" for k, n in _said(sure)),
    ]
    return "\n".join(lines)


def _said(runs: list[Labelled]) -> list[tuple[str, int]]:
    return Counter(run.said for run in runs).most_common()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=300, help="labelled runs, unsure ones beside")
    parser.add_argument("--facts", choices=("wrong", "all", "unsure"), default=None)
    options = parser.parse_args()
    runs: list[Labelled] = []
    for run in labelled(options.seed):
        runs.append(run)
        if sum(r.truth.sure for r in runs) == options.count:
            break
    for run in runs:
        wrong = run.truth.sure and not run.right
        unsure = options.facts == "unsure" and not run.truth.sure
        if wrong or unsure or options.facts == "all":
            print(run)
            if options.facts:
                print(run.truth.facts.block())
    print(report(runs))


if __name__ == "__main__":
    main()
