"""The table of all addresses at the ends: ``python -m tests.oracles.ends [page …]``."""

from __future__ import annotations

import argparse
import itertools
import logging
import time
from collections.abc import Iterator

import numpy as np
from streamlit import config

from playground.links import Query
from tests.oracles.ends import PAGES, VIEWS, addresses, asked, combinations


def asked_for(given: argparse.Namespace, name: str) -> Iterator[Query]:
    """A share of the addresses one field at a time, then random combinations."""
    rng = np.random.default_rng(given.seed)
    yield from (query for query in addresses(name) if rng.random() < given.share)
    yield from itertools.islice(combinations(name, given.seed), given.combinations)


def main() -> None:
    parser = argparse.ArgumentParser(description="Open every page at the ends of its fields.")
    parser.add_argument("pages", nargs="*", default=list(PAGES))
    parser.add_argument("--share", type=float, default=1.0, help="of the fields, drawn by chance")
    parser.add_argument("--combinations", type=int, default=30, help="random ones, a page and view")
    parser.add_argument("--views", nargs="*", default=VIEWS, help="of the trajectories")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--slow", type=float, default=10.0, help="seconds that are told")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    config.set_option("client.showErrorDetails", "full")  # here, unlike a visitor, we want them
    count = wrong = 0
    for name in given.pages:
        for view in [view for view in PAGES[name].views if not view or view in given.views]:
            for query in asked_for(given, name):
                begun = time.process_time()
                found = asked(name, query, view)
                took = time.process_time() - begun
                count, wrong = count + 1, wrong + bool(found)
                if found or took > given.slow:
                    told = "&".join(f"{k}={v}" for k, v in query.items())
                    print(f"{name}?{told} {view} ({took:.1f} s)", *found, sep="\n    ", flush=True)
            print(f"# {name} {view}: {count} addresses so far, {wrong} wrong", flush=True)


if __name__ == "__main__":
    main()
