"""``python -m tests.fuzz links|formulas|walks --count N --seed S``; see ``--help``."""

from __future__ import annotations

import argparse
import math
import multiprocessing
import sys
import time

from tests.fuzz import formulas, links, visits
from tests.fuzz.work import KINDS, work


def again(given: argparse.Namespace) -> list[str]:
    """What is wrong with one address, or one formula, that is given as it is."""
    if given.kind == "formulas":
        return formulas.asked(given.again)[1]
    state = {"view": given.open} if given.open else {}
    return visits.asked(links.link_of(given.again), state)[0]


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=math.inf, help="after which it ends")
    parser.add_argument("--workers", type=int, default=1, help="processes")
    parser.add_argument("--changes", type=int, default=40, help="of a walk")
    parser.add_argument("--large", action="store_true", help="sizes up to the largest, too: slow")
    parser.add_argument("--only", type=int, help="the input of one number")
    parser.add_argument("--again", help="an address or a formula")
    parser.add_argument("--open", default="", help="the view of that address")
    return parser.parse_args()


def main() -> None:
    given = asked()
    if given.again is not None:
        found = again(given)
        print(*(found or ["nothing found"]), sep="\n")
        sys.exit(bool(found))
    until = time.monotonic() + given.seconds
    workers = 1 if given.only is not None else given.workers
    given.workers = workers
    if workers == 1:
        tallies = [work(given, 0, until)]
    else:
        with multiprocessing.get_context("spawn").Pool(workers, maxtasksperchild=1) as pool:
            tallies = pool.starmap(work, [(given, i, until) for i in range(workers)], 1)
    found = [one for tally in tallies for one in tally.found]
    counted = sum(t.tried for t in tallies), sum(t.refused for t in tallies), len(found)
    print("{} tried, {} refused in words, {} found".format(*counted))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
