"""How equal our trajectories are to those of PyTorch, in one line of `playground/release.py`.

python -m tests.oracles.golden.figure           measure it and write it there
python -m tests.oracles.golden.figure --check   measure it; exit with 1 if something else is there

It is measured against the golden file, so it needs no PyTorch.  Processors round differently: what
is written are counts and a power of ten, at least `ROOM` times as large as the largest difference.
"""

import argparse
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from playground import release
from playground.release import PARITY, Parity
from tests.oracles.golden import cases

GOLDEN = Path(__file__).with_name("trajectories.npz")
FILE = Path(release.__file__)
LINE = re.compile(r"^PARITY = .*$", re.M)
TOLERANCE = 1e-10
"""The largest difference of two trajectories that are called equal."""
ROOM = 2


def differences(compared: list[cases.Case]) -> Iterator[tuple[float, cases.Case, str]]:
    """What each of our trajectories differs by from the golden one, with its case and surface."""
    golden, places = np.load(GOLDEN), dict[str, int]()
    kept = {key: golden[key] for key in {case.key for case in compared}}
    for case in compared:
        place = places[case.key] = places.get(case.key, -1) + 1
        for i, x in enumerate(case.ours()):
            gap = cases.deviation(x[list(cases.KEPT)], kept[case.key][place][..., i])
            yield gap, case, case.surfaces[i]


def measured() -> Parity:
    """The figure, measured now on every trajectory that PyTorch wrote down."""
    gaps = [gap for gap, *_ in differences(cases.product(cases.IN_PRODUCT) + cases.divergent())]
    power = math.ceil(math.log10(ROOM * max(gaps)))
    return Parity(
        torch=cases.TORCH,
        trajectories=len(gaps),
        equal=sum(gap <= TOLERANCE for gap in gaps),
        steps=cases.STEPS,
        below=float(f"1e{power}"),
    )


def main(check: bool) -> int:
    figure = measured()
    print(figure)
    if not check:
        line = f"PARITY = {figure}".replace("'", '"')
        FILE.write_text(LINE.sub(line, FILE.read_text("utf-8")), "utf-8")
    return int(check and figure != PARITY)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    sys.exit(main(parser.parse_args().check))
