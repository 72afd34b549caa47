"""The dearest settings that are legal, one link a page, and a class beside somebody who has them.

Whoever bounds a setting changes its link here.  Each is what a visitor can set or be sent; the
student who comes by it goes on to move the page's main control at the pace of the others.
"""

from __future__ import annotations

import asyncio
import time

from tests.load.crowd import Crowd, Plan, Watched
from tests.load.places import ALL
from tests.load.server import Server
from tests.load.student import Student

EIGHT = "&".join(
    f"{slot}={name}"
    for slot, name in zip(
        "abcdefgh",
        ("Adam", "AdamW", "NAdam", "RAdam", "AMSGrad", "Adamax", "RMSProp", "Newton"),
        strict=True,
    )
)
"""As many runners as a race has."""

WORST = {
    "trajectories κ": f"trajectories?steps=10000&{EIGHT}",
    "hyperparameters": "hyperparameters?cells=200&steps=2000&optimizer=NAdam&tolerance=1e-12",
    "basins": "basins?cells=200&steps=2000&first.lr=0.0001&second=NAdam",
    "initialisation": "initialisation?depth=200&width=1000&samples=1000",
    "normalisation": "normalisation?steps=10000&examples=10000",
    "batches": "batches?updates=5000&epochs=50&data=irises",
    "regularisation": "regularisation?degree=40&examples=1000&width=256&steps=2000",
    "losses": "losses?steps=10000",
    "dropout": "dropout?width=512&examples=2000&steps=5000",
    "gradient_check": "gradient_check?points=5000&warm_up=2000",
    "network": "network?steps=4000&layers=5&width=64&examples=1000",
}
"""Place -> address."""
ALSO = 1_000_000
"""Number of the student who has them: his random numbers are of nobody in the class."""


async def beside(server: Server, place: str, plan: Plan) -> tuple[Watched, Watched, list[float]]:
    """A class on Trajectories alone, the same beside him, and the seconds of what he asked for.

    What he asked for and had no answer to when the time was over counts with the time it had.
    """
    crowd = Crowd(server, ALL["trajectories κ"], plan)
    try:
        await crowd.come()
        alone = await crowd.watched(plan.seconds)
        until = time.perf_counter() + plan.seconds
        his = asyncio.create_task(_worst(server, place, plan.pace, until))
        both = await crowd.watched(plan.seconds)
        his.cancel()
        return alone, both, await his
    finally:
        await crowd.go()


async def _worst(server: Server, place: str, pace: float, until: float) -> list[float]:
    his = Student(server.url, ALL[place]._replace(address=WORST[place]), ALSO, False, fans=True)
    begun = time.perf_counter()
    seconds: list[float] = []
    try:
        seconds.append((await his.open()).seconds)
        await his.stay(pace, until)
    except asyncio.CancelledError:  # the time is over
        pass
    finally:
        await his.browser.close()
    if not seconds:
        return [time.perf_counter() - begun]
    return seconds + [move.seconds for move in his.diary.moves]
