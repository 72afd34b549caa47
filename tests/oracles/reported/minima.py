"""Rows about minima: lowest, none, arrived, far outside the window, past poles and kinks."""

from __future__ import annotations

import numpy as np

import playground as pg
from tests.oracles.reported.rows import Answer, F, Said, add, case
from tests.oracles.truth.setting import Setting

NONE = (r"no minimum", r"nothing to arrive", r"0 % of the possible", r"keeps falling")
GD = pg.GradientDescent


def beyond(setting: Setting, minimum: tuple[float, float]) -> Answer:
    """A minimum outside the window is not denied, and what is told as left is left."""
    said, run = Said(setting), setting.run
    f_min = float(setting.surface(minimum))
    drop = (float(run.f[-1]) - f_min) / (float(run.f[0]) - f_min)
    way = np.hypot(*(run.x - np.array(minimum)).T)
    told = [said.share_left(share) for share in (drop, way[-1] / way[0])]
    return said.answer(said.never(*NONE), min(told, key=len), said.estimates_hold())


def only_local(setting: Setting) -> Answer:
    """A minimum that is not the global one is not called the lowest, but for what was found."""
    said = Said(setting)
    lowest = r"(the|its) lowest minimum(?! (that |which )?(is |was |we )?(known|found))"
    return said.answer(said.never(lowest), said.label_in("converged", "local_minimum"))


def sublinear(setting: Setting, minimum: tuple[float, float]) -> Answer:
    """Where curvature vanishes, Newton's distance is not what is left."""
    said, run = Said(setting), setting.run
    left = np.hypot(*(run.x[-1] - np.array(minimum)))
    made = np.hypot(*(run.x[-1] - run.x[0]))
    faults = said.share_left(float(left / made))
    return said.answer(said.label_not("converged"), faults, said.estimates_hold())


def on_a_floor(setting: Setting) -> Answer:
    """Slope and loss are exactly those of the floor: it has arrived."""
    said = Said(setting)
    return said.answer(said.never(*NONE), said.label_in("converged"))


def critical(text: str, point: tuple[float, float]) -> Answer:
    """The critical point that a calculation by hand gives is among those that are found."""
    found = F(text).critical_points()
    near = [q for q in found if np.hypot(*(np.array(q) - point)) < 1e-6]
    wild = [q for q in found if not np.isfinite([*q, q.f]).all()]
    faults = [] if near else [f"({point[0]:.6g}, {point[1]:.6g}) is not found"]
    return Answer(str(found), (*faults, *(f"{q} has no finite value" for q in wild)))


def window(text: str, box: tuple[float, ...], minimum: tuple[float, float]) -> Answer:
    """A formula takes a window, as text and as four numbers, and its minima there are found."""
    surface = pg.Formula(text, window=",".join(map(str, box)))
    near = [q for q in surface.minima() if np.hypot(*(np.array(q) - minimum)) < 1e-3]
    faults = [
        "" if near else "the minimum is not found",
        "" if surface.span == box else "the span is another",
        "" if pg.Formula(text, window=box) == surface else "four numbers make another surface",
    ]
    told = f"span {surface.span}, minima {surface.minima()[:3]}"
    return Answer(told, tuple(fault for fault in faults if fault))


SQUARES = "(x-20)**2+(y-20)**2"
FREUDENSTEIN = "(x-13+((5-y)*y-2)*y)**2+(x-29+((y+1)*y-14)*y)**2"
CLOSE = "((x-8)**2-16)**2/50+y**2-0.5*(x-8)"

add("A1", SQUARES, beyond, case(F(SQUARES), GD(lr=0.05), (0, 0), 20), (20, 20))
add(
    "A1a",
    "(x-9)² + 3(y+7)², Adam",
    beyond,
    case(F("(x-9)**2+3*(y+7)**2"), pg.Adam(lr=0.1), (0, 0), 60),
    (9, -7),
)
add(
    "A1b",
    "valley to (30, 0)",
    beyond,
    case(F("(x-30)**2/50+4*y**2"), pg.Momentum(lr=0.05), (0, 1), 60),
    (30, 0),
)
add(
    "A1c",
    "cosh(x-6)+(y-5)²",
    beyond,
    case(F("cosh(x-6)+(y-5)**2"), GD(lr=0.004), (0, 0), 40),
    (6, 5),
)
add("A2", "Freudenstein–Roth", only_local, case(F(FREUDENSTEIN), GD(lr=0.001), (0.5, -2), 20000))
add(
    "A2a",
    "the lower of two wells lies outside the window",
    only_local,
    case(F(CLOSE), GD(lr=0.02), (1, 1), 3000),
)
add(
    "A2b",
    "a cubic falls below its minimum",
    only_local,
    case(F("x**3-3*x+y**2"), GD(lr=0.05), (0.2, 1), 400),
)
add(
    "A2c",
    "x⁴ wells, the lower at x = −9",
    only_local,
    case(F("(x-1)**2*(x+9)**2/40+0.3*x+y**2"), pg.Adam(lr=0.05), (2, 1), 1500),
)
add("A4", "(x-3)⁴ + y²", sublinear, case(F("(x-3)**4+y**2"), GD(lr=0.05), (0, 0), 25), (3, 0))
add("A4a", "(x²+y²)²", sublinear, case(F("(x**2+y**2)**2"), GD(lr=0.02), (1, 1), 200), (0, 0))
add("A4b", "(x-2)⁶ + y²", sublinear, case(F("(x-2)**6+y**2"), GD(lr=0.01), (0.5, 1), 300), (2, 0))
add(
    "A4c",
    "(x-1)⁴ + (y+1)⁴, momentum",
    sublinear,
    case(F("(x-1)**4+(y+1)**4"), pg.Momentum(lr=0.01, momentum=0.5), (0, 0), 100),
    (1, -1),
)
add("A7", "hinge", on_a_floor, case(F("max(0,1-x)+max(0,1-y)"), GD(lr=0.1), (-1, -2), 100))
add(
    "A7a",
    "a strip of minima",
    on_a_floor,
    case(F("max(0,abs(x)-1)+y**2"), GD(lr=0.1), (-2.4, 2), 200),
)
add(
    "A7b",
    "a disk of minima",
    on_a_floor,
    case(F("max(0,x**2+y**2-1)"), GD(lr=0.05), (-2, 1.5), 200),
)
add(
    "A7c",
    "hinge by momentum",
    on_a_floor,
    case(F("max(0,1-x)+max(0,2-y)"), pg.Momentum(lr=0.05), (-1, 0), 200),
)
for _id, _text, _point in (
    ("A8", "x-log(x)+y**2", (1, 0)),
    ("A8a", "log(x)**2+y**2", (1, 0)),
    ("A8b", "1/x+x+y**2", (1, 0)),
    ("A8c", "x*log(x)+y**2", (float(np.exp(-1)), 0)),
    ("A8d", "sqrt(x)+1/x+y**2", (float(2 ** (2 / 3)), 0)),
):
    add(_id, _text, critical, _text, _point)
EASOM = "-cos(x)*cos(y)*exp(-(x-pi)**2-(y-pi)**2)"
BRANIN = "(y-5.1/(4*pi**2)*x**2+5/pi*x-6)**2+10*(1-1/(8*pi))*cos(x)+10"
add("A12", "Branin", window, BRANIN, (-5, 10, 0, 15), (float(np.pi), 2.275))
add("A12a", "Easom", window, EASOM, (-10, 10, -10, 10), (float(np.pi), float(np.pi)))
add("A12b", "Brent", window, "(x+10)**2+(y+10)**2+exp(-x**2-y**2)", (-20, 0, -20, 0), (-10, -10))

# ---- the same in the attack ---------------------------------------------------------------------


def unbounded(setting: Setting) -> Answer:
    """A share of a drop that has no end is no number."""
    said = Said(setting)
    return said.answer(said.never(r"% of the possible drop", r"no minimum to arrive"))


def denied_under_decay(setting: Setting) -> Answer:
    """Decay makes a minimum where the loss alone has none."""
    said = Said(setting)
    return said.answer(said.never(*NONE, r"not the lowest"))


add("D7", "max(x, y)", unbounded, case(F("max(x,y)"), GD(lr=0.05), (-2.4, 2.2), 200))
add("D7a", "-x + y² beyond the window", unbounded, case(F("-x+y**2"), GD(lr=0.05), (0, 1), 200))
add(
    "D7b", "x³ beyond the window", unbounded, case(F("x**3-3*x+y**2"), GD(lr=0.002), (-1.9, 1), 300)
)
add(
    "D6",
    "CrossEntropy with decay",
    denied_under_decay,
    case(pg.CrossEntropy(), GD(lr=0.1, weight_decay=0.01), None, 400),
)
add(
    "D6a",
    "SquaredSoftmax with decay",
    denied_under_decay,
    case(pg.SquaredSoftmax(), pg.Momentum(lr=0.1, weight_decay=0.01), (1, 0), 400),
)
add(
    "D6b",
    "exp(-x) with decay",
    denied_under_decay,
    case(F("exp(-x)+y**2"), pg.Adam(lr=0.05, weight_decay=0.1), (0, 1), 400),
)
