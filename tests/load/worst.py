"""The dearest settings that are legal, one link a page, and a class beside somebody who has them.

Whoever bounds a setting changes its link here.  Each is what a visitor can set or be sent; the
student who comes by it goes on to move the page's main control at the pace of the others.
"""

from __future__ import annotations

import asyncio
import time
from urllib.parse import quote

from tests.load.crowd import Crowd, Plan, Watched
from tests.load.places import ALL
from tests.load.server import Server
from tests.load.student import Student

DEEP = quote("sin(" * 39 + "x*y" + ")" * 39)
"""The formula that takes longest to compute."""
EIGHT = "&".join(
    f"{slot}={name}&{slot}.clip=ClipNorm"
    for slot, name in zip(
        "abcdefgh",
        ("Adam", "Rprop", "NAdam", "AMSGrad", "Adadelta", "Newton", "RAdam", "Lion"),
        strict=True,
    )
)
"""As many runners as a race has."""

WORST = {
    "trajectories κ": f"trajectories?surface=Formula&Formula.text={DEEP}&steps=10000&{EIGHT}",
    "hyperparameters": "hyperparameters?surface=SixHumpCamel&optimizer=Adam&optimizer.lr=0.0001"
    "&colour=verdict&steps=2000&trials=1&schedule=InverseTime&clip=ClipNorm&cells=109",
    "basins": f"basins?surface=Formula&Formula.text={DEEP}&first=AdamW&first.lr=0.0001"
    "&second=NAdam&second.lr=0.0001&cells=115&clip=ClipValue",
    "initialisation": "initialisation?depth=200&width=1000&activation=Identity&precision=float64"
    "&steps=20&layers=2000",
    "normalisation": "normalisation?steps=10000&examples=6963",
    "batches": "batches?epochs=50&budget=examples&axis=epochs&data=synthetic&draws=replacement",
    "regularisation": "regularisation?examples=5&width=256&steps=1000&seed=99",
    "losses": "losses?optimizer=Adam&optimizer.lr=0.0001&steps=10000&right=3",
    "dropout": "dropout?kind=plain&width=328&examples=2",
    "gradient_check": "gradient_check?bug=regulariser+doubled&method=forward&activation=GELU"
    "&dropout=fresh+masks&points=1624&warm_up=300&initialisation=XavierUniform"
    "&function=this+network",
    "network": "network?data=blobs&activation=GELU&initialisation=HeUniform&optimizer=Adamax"
    "&optimizer.lr=0.0001&schedule=Cosine&steps=4000&layers=5&width=1&examples=136&seed=1000000",
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
