"""Rows about the gradient check.

The first visit of the page checks thousands of kinks, so the script alone asks these rows.
"""

from __future__ import annotations

from tests.oracles.reported.pages import Page, opened, page_row

CHECK = "gradient_check"


def own(f: str, dx: str, dy: str, x: str, y: str) -> Page:
    return opened(CHECK, function="your function", f=f, dfdx=dx, dfdy=dy, x=x, y=y)


page_row(
    "E48",
    "x² + y² at its minimum",
    own("x**2+y**2", "2*x", "2*y", "0", "0"),
    always=(r"Your own function|At \(0, 0\)|right",),
    slow=True,
)
page_row("E48a", "|x| + y² at (0, 0)", own("abs(x)+y**2", "", "2*y", "0", "0"), slow=True)
page_row("E48b", "log(x) at a pole", own("log(x)+y", "", "1", "0", "0"), slow=True)
ROSEN = "(1-x)**2+100*(y-x**2)**2"
page_row(
    "E49",
    "Rosenbrock with exact derivatives at (1, 1)",
    own(ROSEN, "", "", "1", "1"),
    never=(r"badge\[wrong", r"badge\[suspicious"),
    slow=True,
)
page_row(
    "E49a",
    "(x-2)⁴ + y² near its minimum, exact",
    own("(x-2)**4+y**2", "", "", "2", "0"),
    never=(r"badge\[wrong", r"badge\[suspicious"),
    slow=True,
)
page_row(
    "E49b",
    "one component off by a little beside a large one",
    own("1e6*x**2+y**2", "2e6*x", "2*y+0.01", "1", "1"),
    never=(r"badge\[right",),
    slow=True,
)
page_row(
    "E51",
    "max(0, x) at its kink",
    own("max(0,x)+y**2", "0", "2*y", "0", "1"),
    never=(r"badge\[wrong",),
    always=(r"kink",),
    slow=True,
)
page_row(
    "E51a",
    "|x - 1| at its kink",
    own("abs(x-1)+y**2", "1", "2*y", "1", "1"),
    never=(r"badge\[wrong",),
    always=(r"kink",),
    slow=True,
)
page_row(
    "N1",
    "zeros and a warm-up: both gradients are nothing",
    opened(CHECK, initialisation="Zeros", warm_up="300", bug="sign"),
    never=(r"badge\[caught", r"relative error 1\b"),
    slow=True,
)
page_row(
    "N1a",
    "zeros, warm-up, factor 1.1",
    opened(CHECK, initialisation="Zeros", warm_up="300", bug="factor 1.1"),
    never=(r"badge\[caught", r"relative error 1\b"),
    slow=True,
)
page_row(
    "N2",
    "φ′ of the identity forgotten is no mistake",
    opened(CHECK, bug="activation derivative", activation="Identity"),
    never=(r"badge\[missed", r"warm up"),
    slow=True,
)
