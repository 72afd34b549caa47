"""How people write what a formula says otherwise: names, LaTeX, signs, and their translation.

Only what has exactly one usual meaning stands here.  ``lg`` (10 or 2), ``sinc`` (with or without π)
and ``cbrt`` (defined below zero, ``x**(1/3)`` is not) have none and are refused in words.
"""

from __future__ import annotations

import re
import unicodedata

SUM, PRODUCT, UNARY, POWER, ATOM = range(5)
"""How tightly the outermost operation of a piece of formula binds."""

ALIASES = {
    alias: name
    for name, aliases in {
        "log": "ln loge logn",
        "log2": "ld lb",
        "asin": "arcsin arsin",
        "acos": "arccos arcos",
        "atan": "arctan arctg atg artan",
        "atan2": "arctan2",
        "sin": "sen sine sinus",
        "cos": "cosine cosinus kos",
        "tan": "tg tang",
        "sinh": "sh",
        "cosh": "ch",
        "tanh": "th",
        "sqrt": "wurzel raiz",
        "abs": "fabs absolute betrag",
        "max": "maximum fmax",
        "min": "minimum fmin",
    }.items()
    for alias in aliases.split()
}
"""Other names of the functions that are known."""

MACROS: dict[str, tuple[int, str, int]] = {
    "sec": (1, "1/cos({0})", PRODUCT),
    "csc": (1, "1/sin({0})", PRODUCT),
    "cosec": (1, "1/sin({0})", PRODUCT),
    "cot": (1, "1/tan({0})", PRODUCT),
    "ctg": (1, "1/tan({0})", PRODUCT),
    "cotan": (1, "1/tan({0})", PRODUCT),
    "sech": (1, "1/cosh({0})", PRODUCT),
    "csch": (1, "1/sinh({0})", PRODUCT),
    "coth": (1, "1/tanh({0})", PRODUCT),
    "pow": (2, "{A0}**{A1}", POWER),
    "power": (2, "{A0}**{A1}", POWER),
    "square": (1, "{A0}**2", POWER),
    "expm1": (1, "exp({0}) - 1", SUM),
    "log1p": (1, "log(1 + {A0})", ATOM),
    "sigmoid": (1, "1/(1 + exp(-{A0}))", PRODUCT),
    "relu": (1, "max(0, {0})", ATOM),
    "softplus": (1, "log(1 + exp({0}))", ATOM),
    "radians": (1, "{A0}*pi/180", PRODUCT),
    **dict.fromkeys(("asinh", "arsinh", "arcsinh"), (1, "log({A0} + sqrt({A0}**2 + 1))", ATOM)),
    **dict.fromkeys(("acosh", "arcosh", "arccosh"), (1, "log({A0} + sqrt({A0}**2 - 1))", ATOM)),
    **dict.fromkeys(("atanh", "artanh", "arctanh"), (1, "log((1 + {A0})/(1 - {A0}))/2", PRODUCT)),
}
"""Functions that are written out: arguments, the text with them (A: bracketed), its binding."""

MODULES = r"(?:np|numpy|jnp|jax|math|Math|cmath|torch|tf|keras|K|sp|sympy|scipy|special|nn|F)"
"""Prefixes under which other languages keep their functions."""

SIGNS = (
    dict.fromkeys("×·⋅∙•∗✕✖", "*")
    | dict.fromkeys("÷∕⁄:", "/")
    | dict.fromkeys("−–—‐‑", "-")
    | dict.fromkeys("∣∥", "|")
    | {"х": "x", "у": "y", "е": "e", "Х": "X", "У": "Y"}
)
"""Signs that look like, or mean, one of the keyboard."""

RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˣʸ", "0123456789+-()xy", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"

GREEK = "αβγδεζηθικλμνξορστυφχψωϑϕ"

LATEX_BLANKS = {
    *",;:! ",
    "space",
    "quad",
    "qquad",
    "displaystyle",
    "textstyle",
    "left",
    "right",
} | {f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r")}
LATEX_SIGNS = {
    "cdot": "*",
    "times": "*",
    "ast": "*",
    "div": "/",
    "vert": "|",
    "mid": "|",
    "lvert": "|",
    "rvert": "|",
    "lbrack": "(",
    "rbrack": ")",
}


def plain_sign(sign: str) -> str | None:
    """The keyboard sign a character stands for, one for one, or None."""
    if sign in SIGNS:
        return SIGNS[sign]
    tag = unicodedata.decomposition(sign).partition(" ")[0]
    if tag in ("<font>", "<wide>", "<narrow>", "<compat>", "<noBreak>"):
        same = unicodedata.normalize("NFKC", sign)
        if len(same) == 1 and (same.isascii() or same == "π"):
            return same
    return " " if sign.isspace() and sign not in "\x1c\x1d\x1e\x1f\x0b\x0c\x85" else None


def fraction(sign: str) -> tuple[int, int] | None:
    """Numerator and denominator of a sign such as ½."""
    above, slash, below = unicodedata.normalize("NFKC", sign).partition("\u2044")
    return (int(above), int(below)) if slash and above.isdigit() and below.isdigit() else None


INDEXED = re.compile(
    rf"\\?(?P<base>(?<![A-Za-z])(?:(?![eE])[A-Za-z{GREEK}]|theta|beta|alpha)(?![A-Za-z{GREEK}]))\s*"
    rf"(?:_\{{?(?P<low>[0-9])\}}?|(?P<sub>[{''.join(LOWERED)}])|\[(?P<at>[0-9])\]|(?P<plain>[0-9]))"
    r"(?![0-9_.])"
)
"""A coordinate with a number: x1, x_1, x_{1}, x₁, x[0], θ1, \\theta_1."""
