"""Refusals a student understands: what is wrong, where it stands, and what to write instead."""

from __future__ import annotations

import difflib
import unicodedata

from playground.language import mark, tr, trn
from playground.surfaces.formula.arithmetic import CONSTANTS, FUNCTIONS
from playground.surfaces.formula.errors import FormulaError, Slip
from playground.surfaces.formula.vocabulary import ALIASES, MACROS

KNOWN = ("x", "y", *CONSTANTS, *FUNCTIONS)

_POWER = mark("powers are written with **, as in x**2 or e**x")
_TIMES = mark("multiplication is written with *, as in 2*x")
_DIVIDE = mark("division is written with /, as in x/2")
_MINUS = mark("this is not the minus sign of the keyboard; type -")
_ROUND = mark("only round brackets ( ) group")
_QUOTE = mark("a formula holds no quotation marks; leave them out")
ONLY_HEIGHT = mark(
    "a formula is only the height, without equals sign or comparison; "
    "for z = x**2 + y**2 type x**2 + y**2"
)

FOREIGN = mark("functions stand alone, as in sin(x)")

CHARACTERS: dict[str, str] = (
    dict.fromkeys("^²³⁴⁵⁶⁷⁸⁹⁰¹⁻ⁿˣ", _POWER)
    | dict.fromkeys("×·⋅∙•∗✕✖", _TIMES)
    | dict.fromkeys("÷∕⁄", _DIVIDE)
    | dict.fromkeys("−–—‐‑", _MINUS)
    | dict.fromkeys("[]{}", _ROUND)
    | dict.fromkeys("'\"`´“”„‘’", _QUOTE)
    | dict.fromkeys("=<>≤≥≠≈", ONLY_HEIGHT)
    | {
        "|": mark("the absolute value is written abs(x)"),
        "!": mark("factorials and 'not' are not known; write products out"),
        "%": mark("percent and remainder are not known; 50 % is 0.5"),
        ":": mark("a colon means nothing in a formula; division is written with /"),
        ";": mark("arguments are separated by a comma, as in max(x, y)"),
        ".": mark("a point belongs inside a number, as in 1.5; names stand alone, as in sin(x)"),
        "_": mark("names and numbers hold no underscore; write 1000 and sin(x)"),
        "\\": mark("LaTeX commands are not known; write sqrt(x), pi, sin(x)"),
        "#": mark("comments do not belong here"),
        "√": mark("the square root is written sqrt(x)"),
        "∛": mark("the cube root is written x**(1/3), for x of at least 0"),
        "π": mark("π is written pi"),
        "∞": mark("only finite numbers are allowed"),
    }
    | dict.fromkeys("\n\r", mark("a formula is a single line"))
)

NAMES: dict[str, str] = (
    {"lg": mark("write log10(x) or log2(x)")}
    | dict.fromkeys(("root", "rad", "sqr"), mark("write sqrt(x), or x**2"))
    | {"cbrt": mark("x**(1/3) is the cube root, for x of at least 0")}
    | {"sinc": mark("write sin(x)/x, or sin(pi*x)/(pi*x)")}
    | dict.fromkeys(
        ("floor", "ceil", "round", "sign", "sgn", "int", "heaviside", "mod", "trunc"),
        mark("a surface with steps has no slope to descend"),
    )
    | dict.fromkeys(("inf", "nan", "infinity", "oo"), mark("only finite numbers are allowed"))
    | dict.fromkeys(("i", "j", "complex"), mark("only real numbers are allowed"))
    | {"z": mark("z is the height itself; the formula may only use x and y")}
    | dict.fromkeys(("np", "numpy", "math", "sympy"), FOREIGN)
)
"""Names that have no translation, or more than one."""


COMMA = mark("decimal numbers are written with a point, as in 1.5; a comma separates arguments")
NEVER_CLOSED = mark("this bracket is never closed")
NEVER_OPENED = mark("this bracket was never opened")
DEGREES = mark("angles are in radians; a degree is pi/180")
COORDINATES = mark("the coordinates are called x and y")


def refusal(sentence: str, text: str = "", start: int = 0, end: int = 0) -> FormulaError:
    """The refusal of ``text[start:end]`` for one reason; without a place, of the whole text."""
    return FormulaError(text, [Slip(sentence, start, end)])


def character(sign: str) -> str:
    """What is wrong with a character that no formula contains."""
    if hint := CHARACTERS.get(sign):
        return tr(hint)
    if sign.isspace():
        return tr("this is a special blank; type a plain space")
    if sign.isascii() and sign.isprintable():
        return tr("this sign means nothing in a formula")
    name = unicodedata.name(sign, tr("an unnamed character")).lower()
    return tr("formulas are typed with plain keyboard characters only; this is {}", name)


def missing_operand(first: str | None, word: str) -> str:
    """What is wrong with a sign where a number, x, y, a function or a bracket should stand."""
    if first is None:
        return tr("a formula cannot begin with this")
    if first + word == "//":
        return tr("division is written with a single /; whole-number division has steps, no slope")
    if first + word == "()":
        return tr("there is nothing between these brackets")
    if first in ("*", "**") and word in ("*", "**"):
        return tr("a product is written * and a power **")
    return tr("something is missing between these two signs")


def missing_operator(first: str, second: str) -> str:
    """What is wrong with two things side by side, such as 2x, x y or 2(x+1)."""
    left = "(...)" if first == ")" else first
    right = "(...)" if second == "(" else f"{second}(...)" if second in FUNCTIONS else second
    return tr("a sign is missing between these two; a product is written {}*{}", left, right)


def no_brackets(function: str) -> str:
    """What is wrong with a function whose argument does not follow in brackets."""
    example = f"{function}(x)" if FUNCTIONS.get(function, ("", 1))[1] == 1 else f"{function}(x, y)"
    return tr("a function takes its argument in brackets, as in {0}, and {0}**2", example)


def arguments(name: str, count: int) -> str | None:
    """What is wrong with `count` arguments of a known function, if anything is."""
    wanted = FUNCTIONS[name][1]
    if count == wanted if wanted else count > 1:
        return None
    if wanted:
        here = name, wanted, count
        hint = trn("{} takes {} argument, not {}", "{} takes {} arguments, not {}", wanted, *here)
    else:
        hint = tr("{} takes two or more arguments, not {}", name, count)
    if count == 1:
        return hint
    return tr("{}; decimal numbers are written with a point, as in 1.5", hint)


def name(word: str) -> str:
    """What is wrong with a word that is neither x, y, a constant nor a function."""
    if word.lower() in KNOWN:
        return tr("names are written in small letters: {}", word.lower())
    if word.lower() in NAMES:
        return tr("{} is not known here; {}", word, tr(NAMES[word.lower()]))
    if known := known_as(word.lower()):
        count, text, _ = MACROS.get(known, (1, f"{known}({{0}})", 0))
        args = ("x", "y")[:count]
        example = text.format(*args, **{f"A{i}": arg for i, arg in enumerate(args)})
        return tr("{} is not known here; write {}", word, example)
    ways = splits(word) if len(word) <= 16 else []
    if len(ways) > 1:
        return tr("{} can be {}", word, tr(" or ").join(map(_product, ways[:3])))
    if ways and ways[0][0] in FUNCTIONS:
        return tr("a function takes its argument in brackets: {}", _product(ways[0]))
    if ways and len(ways[0]) == 2 and ways[0][1].isdigit():
        first, digits = ways[0]
        return tr("a sign is missing; write {0}*{1} or {0}**{1}", first, digits)
    if ways:
        return tr("a sign is missing; a product is written {}", _product(ways[0]))
    if close := difflib.get_close_matches(word[:20], KNOWN, n=1, cutoff=0.75):
        return tr("{} is not known; did you mean {}", word[:20], close[0])
    return tr("this name is not known; a formula may use {}", ", ".join(KNOWN))


def known_as(word: str) -> str | None:
    """The name under which a word is known here: sin for sin and sinus, pow for pow."""
    return word if word in KNOWN or word in MACROS else ALIASES.get(word)


def kind(name: str) -> str:
    """``name`` of a quantity, ``function`` of what takes an argument."""
    if name in ("x", "y") or name in CONSTANTS:
        return "name"
    return "function" if known_as(name) else "unknown"


def splits(word: str) -> list[list[str]]:
    """All ways to read `word` as known names and numbers run together: xy, sinx, x2."""
    if not word:
        return [[]]
    found = []
    for size in range(1, len(word) + 1):
        part, rest = word[:size], word[size:]
        number = part.isdigit() and not rest[:1].isdigit()
        if number or part in KNOWN or (size > 2 and known_as(part)) or part in ("ln", "tg"):
            found += [[part, *way] for way in splits(rest)]
    return found


def _product(parts: list[str]) -> str:
    """The parts as a product; what follows a function is its argument."""
    for at, part in enumerate(parts):
        if part in FUNCTIONS:
            call = f"{part}({_product(parts[at + 1 :])})" if parts[at + 1 :] else f"{part}(...)"
            return "*".join([*parts[:at], call])
    return "*".join(parts)
