"""Share of named changes that help: ``python -m tests.oracles.changes --count 2000``.

Draws runs at random until so many findings name a change (`finding.fix`), runs each change, and
compares the ends: the mean loss of the last tenth above the lowest seen, on the function that the
optimizer descends (coupled decay counted as before the change) and on the loss alone.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from playground.diagnosis import diagnose
from tests.oracles.truth.change import effect
from tests.oracles.truth.drawn import settings
from tests.oracles.truth.setting import Setting

WORDS = ("better", "equal", "worse")


class Tried(NamedTuple):
    """One named change, run."""

    setting: Setting
    label: str
    """Of the finding that names it."""
    fix: object
    descended: str
    """Worse, equal or better on f + ½w|x|²."""
    plain: str
    """The same on f."""

    @property
    def optimizer(self) -> str:
        return type(self.setting.optimizer).__name__


def tried(seed: int) -> Iterator[Tried]:
    """Every change that drawn runs name, endless; runs whose diagnosis raises are skipped."""
    for setting in settings(seed):
        try:
            findings = diagnose(setting.run).findings
        except (ArithmeticError, ValueError, LookupError):
            continue  # told by the labelled runs
        for finding in findings:
            if finding.fix is not None:
                ends = [effect(setting, finding.fix, decayed).word for decayed in (True, False)]
                yield Tried(setting, finding.label, finding.fix, *ends)


def table(found: list[Tried], by: str) -> str:
    """Counts and the share that ends no worse, by a property of the changes."""
    counts: dict[str, Counter[str]] = {}
    for one in found:
        counts.setdefault(getattr(one, by), Counter())[one.descended] += 1
    lines = [f"{by:>20}" + "".join(f"{word:>8}" for word in WORDS) + "   no worse"]
    for name, count in sorted(counts.items(), key=lambda item: -item[1].total()):
        share = 100 * (1 - count["worse"] / count.total())
        lines.append(f"{name:>20}" + "".join(f"{count[w]:8d}" for w in WORDS) + f"{share:9.1f} %")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Share of named changes that help.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--worse", type=int, default=20, help="how many that end worse to print")
    options = parser.parse_args()
    found = list(islice(tried(options.seed), options.count))
    for one in [one for one in found if one.descended == "worse"][: options.worse]:
        print(f"{one.label}: {one.setting}\n    → {one.fix!r}")
    print(table(found, "optimizer"))
    print(table(found, "label"))
    for name, words in (
        ("f + ½w|x|²", [one.descended for one in found]),
        ("f alone", [one.plain for one in found]),
    ):
        share = 100 * sum(word != "worse" for word in words) / max(len(words), 1)
        print(f"on {name}: {share:.1f} % of {len(words)} end no worse; {dict(Counter(words))}")


if __name__ == "__main__":
    main()
