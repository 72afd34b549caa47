"""Refusals a student understands: what is wrong, where it stands, and what to write instead."""

from __future__ import annotations

import difflib
import unicodedata

from playground.surfaces.formula.arithmetic import CONSTANTS, FUNCTIONS

KNOWN = ("x", "y", *CONSTANTS, *FUNCTIONS)

_POWER = "powers are written with **, as in x**2 or e**x"
_TIMES = "multiplication is written with *, as in 2*x"
_DIVIDE = "division is written with /, as in x/2"
_MINUS = "this is not the minus sign of the keyboard; type -"
_ROUND = "only round brackets ( ) group"
_QUOTE = "a formula holds no quotation marks; leave them out"
_RIGHT = (
    "a formula is only the height, without equals sign or comparison; "
    "for z = x**2 + y**2 type x**2 + y**2"
)

CHARACTERS: dict[str, str] = (
    dict.fromkeys("^²³⁴⁵⁶⁷⁸⁹⁰¹⁻ⁿˣ", _POWER)
    | dict.fromkeys("×·⋅∙•∗✕✖", _TIMES)
    | dict.fromkeys("÷∕⁄", _DIVIDE)
    | dict.fromkeys("−–—‐‑", _MINUS)
    | dict.fromkeys("[]{}", _ROUND)
    | dict.fromkeys("'\"`´“”„‘’", _QUOTE)
    | dict.fromkeys("=<>≤≥≠≈", _RIGHT)
    | {
        "|": "the absolute value is written abs(x)",
        "!": "factorials and 'not' are not known; write products out",
        "%": "percent and remainder are not known; 50 % is 0.5",
        ":": "a colon means nothing in a formula; division is written with /",
        ";": "arguments are separated by a comma, as in max(x, y)",
        ".": "a point belongs inside a number, as in 1.5; names stand alone, as in sin(x)",
        "_": "names and numbers hold no underscore; write 1000 and sin(x)",
        "\\": "LaTeX commands are not known; write sqrt(x), pi, sin(x)",
        "#": "comments do not belong here",
        "√": "the square root is written sqrt(x)",
        "∛": "the cube root is written x**(1/3), for x of at least 0",
        "π": "π is written pi",
        "∞": "only finite numbers are allowed",
        "\n": "a formula is a single line",
        "\r": "a formula is a single line",
    }
)

NAMES: dict[str, str] = (
    dict.fromkeys(("ln", "loge", "logn"), "the natural logarithm is written log(x)")
    | dict.fromkeys(("lg", "ld", "lb"), "write log10(x) or log2(x)")
    | dict.fromkeys(("arcsin", "arsin"), "write asin(x)")
    | dict.fromkeys(("arccos", "arcos"), "write acos(x)")
    | dict.fromkeys(("sen", "sine", "sinus"), "the sine is written sin(x)")
    | dict.fromkeys(("cosine", "cosinus", "kos"), "the cosine is written cos(x)")
    | dict.fromkeys(("asinh", "arsinh", "arcsinh"), "write log(x + sqrt(x**2 + 1))")
    | dict.fromkeys(("acosh", "arcosh", "arccosh"), "write log(x + sqrt(x**2 - 1))")
    | dict.fromkeys(("atanh", "artanh", "arctanh"), "write log((1 + x)/(1 - x))/2")
    | dict.fromkeys(("arctan", "arctg", "atg", "artan"), "write atan(x)")
    | dict.fromkeys(("tg", "tang"), "the tangent is written tan(x)")
    | dict.fromkeys(("cot", "ctg", "cotan"), "write 1/tan(x)")
    | {"sec": "write 1/cos(x)", "csc": "write 1/sin(x)", "arctan2": "write atan2(y, x)"}
    | {"sh": "write sinh(x)", "ch": "write cosh(x)", "th": "write tanh(x)"}
    | dict.fromkeys(("root", "wurzel", "rad", "raiz", "sqr"), "write sqrt(x), or x**2")
    | {"cbrt": "write x**(1/3), for x of at least 0", "pow": "write x**2"}
    | {"expm1": "write exp(x) - 1", "log1p": "write log(1 + x)", "square": "write x**2"}
    | dict.fromkeys(("betrag", "mod", "fabs"), "the absolute value is written abs(x)")
    | dict.fromkeys(
        ("floor", "ceil", "round", "sign", "sgn", "int", "heaviside"),
        "a surface with steps has no slope to descend",
    )
    | dict.fromkeys(("inf", "nan", "infinity", "oo"), "only finite numbers are allowed")
    | dict.fromkeys(("i", "j", "complex"), "only real numbers are allowed")
    | {"z": "z is the height itself; the formula may only use x and y"}
    | dict.fromkeys(("np", "numpy", "math", "sympy"), "functions stand alone, as in sin(x)")
)


def refusal(sentence: str, text: str = "", start: int = 0, end: int = 0) -> ValueError:
    """A `ValueError` that points at ``text[start:end]``: "At character 2, '^': ...".

    Plain text, in which whatever is not printable stands as its code; whoever shows it on a page
    must still escape it.
    """
    if not text[start:end]:
        return ValueError(sentence[:1].upper() + sentence[1:] + ".")
    piece = text[start:end] if end - start <= 24 else text[start : start + 21] + "..."
    return ValueError(f"At character {start + 1}, '{_printable(piece)}': {sentence}.")


def character(text: str, at: int) -> ValueError:
    """The refusal of one character that no formula contains."""
    sign = text[at]
    hint = CHARACTERS.get(sign)
    if hint is None and sign.isspace():
        hint = "this is a special blank; type a plain space"
    if hint is None and sign.isascii() and sign.isprintable():
        hint = "this sign means nothing in a formula"
    if hint is None:
        name = unicodedata.name(sign, "an unnamed character").lower()
        hint = f"formulas are typed with plain keyboard characters only; this is {name}"
    return refusal(hint, text, at, at + 1)


def name(text: str, start: int, end: int) -> ValueError:
    """The refusal of a word that is neither x, y, a constant nor a function."""
    word = text[start:end]
    return refusal(_name_hint(word), text, start, end)


Place = tuple[str, int, int, str]
"""A word, where it starts and ends, and its kind: a `tokens.Token`."""


def missing_operand(text: str, before: Place | None, at: Place) -> ValueError:
    """The refusal of a sign where a number, x, y, a function or a bracket should stand."""
    word, start, end, _ = at
    if before is None:
        return refusal("a formula cannot begin with this", text, start, end)
    first = before[0]
    if first + word == "//":
        hint = "division is written with a single /"
    elif first + word == "()":
        hint = "there is nothing between these brackets"
    elif first in ("*", "**") and word in ("*", "**"):
        hint = "a product is written * and a power **"
    else:
        hint = "something is missing between these two signs"
    return refusal(hint, text, before[1], end)


def missing_operator(text: str, before: Place, at: Place) -> ValueError:
    """The refusal of two things side by side, such as 2x, x y or 2(x+1)."""
    first, second = before[0], at[0]
    left = "(...)" if first == ")" else first
    right = "(...)" if second == "(" else f"{second}(...)" if second in FUNCTIONS else second
    product = f"{left}*{right}"
    hint = f"a sign is missing between these two; a product is written {product}"
    return refusal(hint, text, before[1], at[2])


def no_brackets(text: str, function: Place) -> ValueError:
    """The refusal of a function whose argument does not follow in brackets."""
    word, start, end, _ = function
    hint = f"a function takes its argument in brackets, as in {word}(x), and {word}(x)**2"
    return refusal(hint, text, start, end)


def comma(text: str, at: int) -> ValueError:
    """The refusal of a comma that separates no arguments."""
    hint = "decimal numbers are written with a point, as in 1.5; a comma separates arguments"
    return refusal(hint, text, max(at - 1, 0), at + 2)


def _name_hint(word: str) -> str:
    if word.lower() in KNOWN:
        return f"names are written in small letters: {word.lower()}"
    if word.lower() in NAMES:
        return f"{word} is not known here; {NAMES[word.lower()]}"
    parts = _split(word) if len(word) <= 16 else []
    if len(parts) == 2 and parts[1].isdigit():
        return f"a sign is missing; write {parts[0]}*{parts[1]} or {parts[0]}**{parts[1]}"
    if parts and parts[0] in FUNCTIONS:
        return f"a function takes its argument in brackets: {parts[0]}({'*'.join(parts[1:])})"
    if parts:
        return f"a sign is missing; a product is written {'*'.join(parts)}"
    if close := difflib.get_close_matches(word[:20], KNOWN, n=1, cutoff=0.75):
        return f"{word[:20]} is not known; did you mean {close[0]}"
    return "this name is not known; a formula may use " + ", ".join(KNOWN)


def _split(word: str) -> list[str]:
    """`word` as known names and numbers run together ("xy", "sinx", "x2"), or nothing."""
    if not word or word.isdigit():
        return [word] if word else []
    for known in sorted(KNOWN, key=len, reverse=True):
        if word == known:
            return [known]
        if word.startswith(known) and (rest := _split(word[len(known) :])):
            return [known, *rest]
    return []


def _printable(piece: str) -> str:
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in piece
    )
