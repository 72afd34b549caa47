"""A diagnosis is shared: visitors who ask at the same moment are told the same."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import playground as pg

MANY = 8


def asked_by_many(ask):
    """What each of many threads is told that ask at the same moment."""
    door = Barrier(MANY)

    def one(_):
        door.wait()
        return ask()

    with ThreadPoolExecutor(MANY) as threads:
        return list(threads.map(one, range(MANY)))


def run():
    """One that oscillates, so that changes are tried."""
    return pg.simulate(pg.Bowl(kappa=100), pg.GradientDescent(lr=0.0199), steps=200)


def test_a_change_is_looked_for_once_and_told_to_all():
    shared, alone = pg.diagnose(run()), pg.diagnose(run())
    assert any(finding.fix for finding in alone.findings), "there is something to look for"
    for mine, own in zip(shared.findings, alone.findings, strict=True):
        calls = []

        def counted(judge, look=mine.look, calls=calls):
            calls.append(judge)
            return look(judge)

        watched = replace(mine, look=counted if callable(mine.look) else mine.look)
        assert asked_by_many(lambda watched=watched: watched.sentence) == [own.sentence] * MANY
        assert len(calls) == callable(mine.look)


def test_what_is_told_late_is_told_to_all():
    """Also where somebody puts the text in the place of what tells it, in between."""
    found = pg.diagnose(run()).findings[0]
    door = Barrier(2, timeout=10)

    def tale():
        door.wait()
        return "It happened."

    late = replace(found, tale=tale, lasts=lambda: bool(door.wait() + 1))
    with ThreadPoolExecutor(2) as threads:
        told = list(threads.map(lambda _: (late.story, late.lasting), range(2)))
    assert told == [("It happened.", True)] * 2
