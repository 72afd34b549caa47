"""Rows about the pages on networks."""

from __future__ import annotations

import re

import numpy as np

import playground as pg
from tests.oracles.reported.pages import Page, opened, page_row
from tests.oracles.reported.rows import Answer, add, row
from tests.oracles.truth.reading import NUMBER, number


def keeps_size(page: Page) -> Answer:
    """“Keep their size” only where the mean squares change by less than a factor of ten."""
    page = page.fresh()
    said = re.search(rf"keep their size.*?by the factors? ({NUMBER}) and ({NUMBER})", page.text)
    factors = [number(v) for v in said.groups()] if said else []
    wrong = [f"“keep their size … {v:g}”" for v in factors if not 0.1 < v < 10]
    return page.answer(wrong)


BREATH = {"width": "80", "samples": "100"}
for _id, _what, _query in (
    (
        "E43",
        "tanh, gain 5/3, depth 50",
        {
            "depth": "50",
            "activation": "Tanh",
            "initialisation": "FreeVariance",
            "initialisation.c": "2.78",
        },
    ),
    (
        "N16",
        "tanh and Xavier, depth 50",
        {"depth": "50", "activation": "Tanh", "initialisation": "Xavier"},
    ),
    (
        "N16a",
        "ReLU and He, depth 50",
        {"depth": "50", "activation": "ReLU", "initialisation": "He"},
    ),
    (
        "N16b",
        "GELU and He, depth 20",
        {"depth": "20", "activation": "GELU", "initialisation": "He"},
    ),
    (
        "N16c",
        "sigmoid and Xavier, depth 3",
        {"depth": "3", "activation": "Sigmoid", "initialisation": "Xavier"},
    ),
):
    add(_id, _what, keeps_size, opened("initialisation", **BREATH, **_query), page=True)
page_row(
    "N15",
    "100 layers of 500 units do not train within seconds",
    opened("initialisation", depth="100", width="500", samples="20"),
    never=(r"within seconds",),
    slow=True,
)


@row("E45", "PyTorch's default initialisation is in the list")
def torch_default() -> Answer:
    """`torch.nn.Linear` draws uniformly with variance 1/(3 n_in)."""
    found = {name: c() for name, c in pg.Initialisation.all.items()}
    same = [n for n, i in found.items() if np.isclose(i.variance(12, 7), 1 / 36)]
    return Answer(", ".join(found), () if same else ("none has the variance 1/(3n)",))


page_row(
    "E46",
    "what p means elsewhere",
    opened("dropout", steps="50", width="8", keep_1="0.8"),
    always=(r"PyTorch|Keras",),
)
page_row(
    "U8",
    "regularisation under too strong a penalty",
    opened("regularisation", ridge="100", width="8", steps="10"),
    never=(r"larger network", r"longer training"),
)
page_row(
    "U8a",
    "regularisation of a straight line",
    opened("regularisation", degree="1", width="8", steps="10"),
    never=(r"larger network", r"longer training"),
)


def helped(page: Page) -> Answer:
    """A green “less over-fitted” needs fewer errors on fresh data, not only a smaller gap."""
    page = page.fresh()
    told = [number(v) for v in re.findall(rf"({NUMBER})% on fresh data", page.text)]
    told += [number(v) for v in re.findall(rf"with it {NUMBER}% and ({NUMBER})%", page.text)]
    green = [b for b in page.badges("green") if "over-fitted" in b]
    worse = len(told) >= 2 and told[-1] >= told[0]
    return page.answer([f"green, with {told[-1]} % against {told[0]} %"] if green and worse else [])


add(
    "U9",
    "dropout that under-fits",
    helped,
    opened("dropout", keep_1="0.1", keep_2="0.1"),
    page=True,
    slow=True,
)
add(
    "U9a",
    "dropout of nearly all units",
    helped,
    opened("dropout", keep_1="0.05", keep_2="0.05", steps="200"),
    page=True,
    slow=True,
)
add(
    "U9b",
    "dropout of inputs",
    helped,
    opened("dropout", keep_input="0.1", steps="300", width="16"),
    page=True,
    slow=True,
)
page_row(
    "N10",
    "B = N drawn with replacement is noisy",
    opened("batches", batch="150", draws="replacement"),
    never=(r"no noise",),
    slow=True,
)
page_row(
    "N10a",
    "the same on the made-up data",
    opened("batches", batch="1024", data="synthetic", draws="replacement"),
    never=(r"no noise",),
    slow=True,
)
page_row(
    "N12",
    "the full batch with too large a step has no noise",
    opened("batches", batch="150", lr="1.9"),
    never=(r"noise feeds on itself",),
    slow=True,
)
page_row(
    "N13",
    "a round bowl and a small step",
    opened("normalisation", centred="1", power="1", step="0.1", steps="10"),
    never=(r"steep direction limits", r"badge\[stretched"),
)
page_row(
    "N13a",
    "a round bowl and a smaller one",
    opened("normalisation", centred="1", power="1", step="0.02", steps="30"),
    never=(r"steep direction limits", r"badge\[stretched"),
)


def no_decay(page: Page) -> Answer:
    """Weights that explode are no green “decay”."""
    page = page.fresh()
    return page.answer([f"green “{b}”" for b in page.badges("green") if b == "decay"])


add(
    "N18",
    "η 1, λ 10: ‖w‖ = 6e14",
    no_decay,
    opened("regularisation", lr="1", decay="10", width="8", steps="10"),
    page=True,
)
add(
    "N18a",
    "η 2, λ 1",
    no_decay,
    opened("regularisation", lr="2", decay="1", width="8", steps="10"),
    page=True,
)


@row("N19", "the first exact zero of L1", page=True)
def first_zero() -> Answer:
    """With w₂ = 0, |p₂ − ½(p₁ − λ)| ≤ λ with p = H w* = (2.3, 1.6): from λ = 2p₂ − p₁ = 0.9."""
    page = opened("regularisation", strength="0.91", width="8", steps="10")
    told = [number(v) for v in re.findall(rf"first (?:zero )?from (?:λ )?≈ ({NUMBER})", page.text)]
    wrong = [f"told {v:g}, true 0.9" for v in told if not np.isclose(v, 0.9, atol=0.006)]
    return page.answer(wrong)


@row("N20", "median and mean dev error, told apart", page=True)
def median() -> Answer:
    page = opened("regularisation", width="8", steps="10")
    faults = [] if re.search(r"median", page.text, re.IGNORECASE) else ["“median” is not said"]
    return page.answer(faults)
