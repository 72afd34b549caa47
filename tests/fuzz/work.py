"""The three kinds of what is tried, and the share of one process in them.

Not in `__main__`, the name of which Streamlit gives to every script that it runs.
"""

from __future__ import annotations

import argparse
import logging
import shlex
from random import Random

from streamlit import config

from tests.fuzz import formulas, links, tries, visits, walks
from tests.fuzz.tries import Tally, Tried


def link(chance: Random, number: int, given: argparse.Namespace) -> Tried:
    drawn = links.link(chance, given.large)
    state = links.state_of(chance, drawn.page)
    found, refused = visits.asked(drawn, state)
    if found:
        drawn = visits.smallest(drawn, state, found)
    opened = "".join(f" --open {shlex.quote(view)}" for view in state.values())
    return Tried(f"links --again {shlex.quote(str(drawn))}{opened}", refused, found)


def formula(chance: Random, number: int, given: argparse.Namespace) -> Tried:
    drawn = formulas.formula(chance)
    taken, found = formulas.asked(drawn)
    again = f"formulas --seed {given.seed} --only {number}  # {drawn[:200]!a}"
    return Tried(again, not taken, found)


def walk(chance: Random, number: int, given: argparse.Namespace) -> Tried:
    walked = walks.walk(chance, given.changes)
    again = f"walks --seed {given.seed} --only {number} --changes {walked.changes}"
    return Tried(again, walked.refused > 0, walked.faults, walked.changes)


OUTSIDE = ("scriptrunner_utils.script_run_context", "state.session_state_proxy")
"""Who in Streamlit complains of being asked from outside a run, as a test does."""
KINDS = {"links": link, "formulas": formula, "walks": walk}


def work(given: argparse.Namespace, worker: int, until: float) -> Tally:
    """The share of one worker."""
    for name in OUTSIDE:
        logging.getLogger(f"streamlit.runtime.{name}").addFilter(lambda record: False)
    config.set_option("client.showErrorDetails", "full")  # here, unlike a visitor, we want them
    first = given.only if given.only is not None else worker
    last = first + 1 if given.only is not None else given.count
    numbers = iter(range(first, last, given.workers))
    kind = KINDS[given.kind]

    def say(text: str) -> None:
        print(f"[{given.kind} {given.seed}.{worker}] {text}", flush=True)

    tally = tries.run(
        lambda chance, number: kind(chance, number, given), numbers, given.seed, until, say
    )
    say(f"END {tally}")
    return tally
