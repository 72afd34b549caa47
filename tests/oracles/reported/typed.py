"""Rows about what is typed, what is asked for, and addresses."""

from __future__ import annotations

import re
from pathlib import Path
from unittest import mock

import numpy as np
import streamlit as st

import playground as pg
from tests.oracles.reported.pages import ROOT, opened, page_row
from tests.oracles.reported.rows import Answer, add, row

POINTS = np.random.default_rng(0).uniform(0.2, 1.5, (2, 40))


def corrected(text: str, meant: str) -> Answer:
    """One answer: the text has its usual meaning, or the refusal holds the corrected line."""
    truth = pg.Formula(meant)(POINTS)

    def same(line: str) -> bool:
        try:
            return bool(np.allclose(pg.Formula(line)(POINTS), truth, rtol=1e-9))
        except ValueError:
            return False

    try:
        understood = pg.Formula(text)
    except ValueError as error:
        said = str(error)
        candidates = re.findall(r"[“`'\"]([^”`'\"]+)[”`'\"]", said)
        candidates += [
            getattr(error, name, "") or "" for name in ("correction", "corrected", "fix")
        ]
        good = any(same(c) for c in candidates if c)
        return Answer(
            said.replace("\n", " / "), () if good else ("no corrected line to take over",)
        )
    if same(text):
        return Answer(f"understood as {understood!r}")
    return Answer(f"accepted as {understood!r}", ("accepted with another meaning",))


ACKLEY = "-20exp(-0.2sqrt(0.5(x^2+y^2)))"
for _id, _text, _meant in (
    ("G57", "x1**2 + x2**2", "x**2 + y**2"),
    ("G57a", "x_1^2 + 3x_2^2", "x**2 + 3*y**2"),
    ("G57b", "x[0]**2 + x[1]**2", "x**2 + y**2"),
    ("G59", ACKLEY, "-20*exp(-0.2*sqrt(0.5*(x**2+y**2)))"),
    ("G59a", "x²+3·y²", "x**2+3*y**2"),
    ("G59b", "2xy", "2*x*y"),
    ("G59c", "(x+y)(x-y)", "(x+y)*(x-y)"),
    ("G59d", r"\frac{1}{2}x^2", "0.5*x**2"),
    ("G59e", "½x²", "0.5*x**2"),
    ("G59f", "np.sin(x)", "sin(x)"),
    ("G59g", "f(x,y) = x^2 + y^2", "x**2+y**2"),
    ("G59h", "3sin(2x)cos(y)", "3*sin(2*x)*cos(y)"),
    ("G59i", "|x|+ln(y)", "abs(x)+log(y)"),
    ("G59j", "e^(-x²)·y", "exp(-x**2)*y"),
):
    add(_id, _text, corrected, _text, _meant)


@row("G39", "clipping of gradients is a declared thing")
def clipping() -> Answer:
    """By norm and by value, as PyTorch's `clip_grad_norm_` and `clip_grad_value_`."""
    names = [name for name in pg.__all__ if "clip" in name.lower()]
    return Answer(", ".join(names) or "nothing", () if names else ("there is no clipping",))


SAID = "means nothing|not known|ignored|stands in"
page_row(
    "G63",
    "basins, the README's form of an address",
    opened("basins", surface="Bowl", Bowl__kappa="50"),
    never=(SAID,),
)
page_row(
    "G63a",
    "basins, the old form",
    opened("basins", surface="Bowl", surface__kappa="50"),
    never=(SAID,),
)
page_row(
    "G63b",
    "trajectories, the maps' form",
    opened("trajectories", surface="Bowl", surface__kappa="50"),
    never=(SAID,),
)
page_row(
    "G63c",
    "hyper-parameter map, the README's form",
    opened("hyperparameters", surface="Bowl", Bowl__kappa="50"),
    never=(SAID,),
    slow=True,
)


@row("G64", "the page icon is a local file", page=True)
def icon() -> Answer:
    """An icon named `:material/…:` or an address is fetched from a third party."""
    given: list[object] = []

    def seen(*args: object, **options: object) -> None:
        given.append(options.get("page_icon", args[1] if len(args) > 1 else None))

    with mock.patch.object(st, "set_page_config", seen), mock.patch.object(st, "navigation"):
        exec(
            compile(
                (ROOT / "streamlit_app.py").read_text(), str(ROOT / "streamlit_app.py"), "exec"
            ),
            {"__file__": str(ROOT / "streamlit_app.py"), "__name__": "__main__"},
        )
    st.cache_resource.clear()  # its pages were made outside a visitor's run, and are no use in one
    text = str(given[0]) if given else ""
    remote = text.startswith((":material", "http", ":"))
    local = text.startswith("data:") or (bool(text) and Path(text).exists())
    return Answer(text, ("it is fetched",) if remote or not local else ())


@row("G65", "forced colours are styled")
def forced_colours() -> Answer:
    """Whether the sheet answers `forced-colors` at all; that it is seen is for a browser test."""
    sheets = [p.read_text() for p in ROOT.glob("assets/*.css")]
    sheets += [p.read_text() for p in ROOT.glob("playground/**/*.css")]
    found = sum("forced-colors" in sheet for sheet in sheets)
    return Answer(f"{found} sheets know them", () if found else ("no sheet knows them",))


@row("G67", "every number can be typed", page=True)
def typed_numbers() -> Answer:
    """Beside the ladder of a slider there is a field for η = 0.0137, κ = 199.8 and T = 321."""
    page = opened("trajectories", view="What happened")
    page.app.toggle(key="exact").set_value(True).run()
    fields = [*page.app.number_input, *page.app.text_input]
    names = " ".join(str(f.key) + " " + str(f.label) for f in fields)
    missing = [n for n in ("kappa", "steps") if n not in names]
    return Answer(names or "no field", tuple(f"{n} cannot be typed" for n in missing))


@row("U10", "one event, one step number", page=True)
def left() -> Answer:
    """GD(0.03) on the bowl doubles |y| each step: it leaves the window for good at step 2."""
    page = opened("trajectories", a__lr="0.03")
    line = next((part for part in re.split(r"\*\*", page.text) if "0.03" in part), "")
    told = [
        int(n)
        for n in re.findall(
            r"(?:gone by|left .{0,20}?|away from|leaves .{0,20}?) ?(?:at )?step (\d+)", page.text
        )
    ]
    told += [int(n) for n in re.findall(r"\| from step (\d+)", page.text)]
    faults = [f"the leaving is told at steps {sorted(set(told))}"] if len(set(told)) > 1 else []
    return page.answer(faults) if line or page.text else Answer("", ("nothing is said",))


@row("U12", "Modes: no growth is fitted through the rounding floor", page=True)
def modes() -> Answer:
    page = opened("trajectories", view="Modes")
    factors = [float(v) for v in re.findall(r"× ([\d.]+) a step", page.text)]
    return page.answer([f"× {v:g} a step of a bounded run" for v in factors if v > 1.5])


@row("U5b", "nothing to fix where the surface has no floor", page=True)
def nothing_to_fix() -> Answer:
    page = opened(
        "trajectories",
        surface="Saddle",
        a="GradientDescent",
        a__lr="0.1",
        b="none",
        c="none",
        d="none",
        start="1,0.1",
        steps="150",
    )
    buttons = [b.label for b in page.app.button if "fix" in str(b.label).lower()]
    red = page.badges("red")
    return page.answer([f"a button “{b}”" for b in buttons], [f"a red “{b}”" for b in red])


@row("A1d", "the basin map of a minimum outside the window", page=True)
def no_minimum_to_end_in() -> Answer:
    page = opened(
        "basins",
        surface="Formula",
        surface__text="(x-20)**2+(y-20)**2",
        Formula__text="(x-20)**2+(y-20)**2",
        resolution="11",
        steps="100",
    )
    # “at no minimum after 100 steps” is said of the starts, and true
    return page.answer(page.never(r"no minimum(?! after)"))
