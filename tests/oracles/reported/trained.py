"""Rows about the page of one real network and its verdict."""

from __future__ import annotations

import playground as pg
from tests.oracles.reported.pages import opened, page_row
from tests.oracles.reported.rows import Answer, add

QUICK = {"examples": "40", "width": "8"}

page_row(
    "N4",
    "no hidden layer on circles: the global minimum of a convex loss",
    opened("network", data="circles", layers="0", steps="200"),
    never=(r"too small to pass", r"Try Xavier|Start from Xavier"),
)
page_row(
    "N4a",
    "no hidden layer, zero weights",
    opened("network", data="circles", layers="0", steps="200", initialisation="Zeros"),
    never=(r"too small to pass", r"units of a layer"),
)
page_row(
    "N6",
    "network under RMSProp(0.3) bounces",
    opened("network", optimizer="RMSProp", optimizer__lr="0.3", steps="200"),
    never=(r"creeps",),
)
page_row(
    "N6a",
    "network under RMSProp(1) bounces",
    opened("network", optimizer="RMSProp", optimizer__lr="1", steps="200", **QUICK),
    never=(r"creeps",),
)


def network_change(**settings: object) -> Answer:
    """The named change of a network is trained: it must not end with a higher loss."""
    from playground.topics.network.training import RealNetwork, trained
    from playground.topics.network.verdict import outcome_of

    given = RealNetwork(**settings)
    found = outcome_of(trained(given))
    if found.fix is None:
        return Answer(f"{found.label}: {found.sentence}")
    families = {pg.Optimizer: "optimizer", pg.Schedule: "schedule"}
    name = next((n for c, n in families.items() if isinstance(found.fix, c)), "initialisation")
    ends = [
        trained(s).loss[-max(s.steps // 10, 1) :].mean()
        for s in (given, given.replace(**{name: found.fix}))
    ]
    worse = not ends[1] <= 1.02 * ends[0] + 1e-6
    fault = f"{found.fix!r} ends at {ends[1]:.3g} instead of {ends[0]:.3g}"
    return Answer(f"{found.label}: {found.sentence}", (fault,) if worse else ())


add(
    "N8",
    "the network of the page under AdamW with decay 1",
    lambda: network_change(optimizer=pg.AdamW(weight_decay=1.0)),
    slow=True,
)
for _id, _given in (
    ("N8e", {"optimizer": pg.AdamW(lr=0.02, weight_decay=1.0)}),
    ("N8a", {"optimizer": pg.RMSProp(lr=0.3)}),
    ("N8b", {"optimizer": pg.Momentum(lr=0.01, momentum=0.9), "cost": "squared error"}),
    ("N8c", {"optimizer": pg.Adagrad(lr=0.02), "activation": pg.ReLU()}),
    ("N8d", {"optimizer": pg.Lion(lr=0.05), "batch": 10}),
):
    add(
        _id,
        f"network, {_given['optimizer']!r}",
        lambda given=_given: network_change(width=8, steps=200, examples=60, **given),
    )
