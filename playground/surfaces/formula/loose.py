"""Words of a formula as people write it: the tolerant counterpart of `tokens`.

Nothing read here is ever computed.  It only leads to a line that is then checked like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from playground.language import tr
from playground.surfaces.formula import slips
from playground.surfaces.formula import vocabulary as v
from playground.surfaces.formula.around import around
from playground.surfaces.formula.errors import Slip
from playground.surfaces.formula.pairs import decimal_commas
from playground.surfaces.formula.words import Word

_WORD = re.compile(
    r"(?P<blank>\s+)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<short>\\[dtc]?frac\s*[0-9]\s*[0-9])"
    r"|\\(?P<latexlog>log)(?=\s*_)"
    r"|\\(?:operatorname|mathrm|text|mathit|mathop)\*?\s*\{\s*(?P<upright>[A-Za-z]+[0-9]*)\s*\}"
    r"|\\(?P<latex>[A-Za-z]+|[,;:! ])"
    rf"|(?P<dotted>{v.MODULES}(?:\.[a-z]+)*\.(?=[A-Za-z]))"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]*)"
    rf"|(?P<raised>[{''.join(map(re.escape, v.RAISED))}]+)"
    r"|(?P<elementwise>\.(?=[*/^]))"
    r"|(?P<sign>\*\*|//|[-+*/:^(),;|\[\]{}°%√π])"
)
_LOG_BASE = re.compile(r"\s*(?:_\s*\{?\s*(2|10|e)\s*\}?|(₂|₁₀))")
_PLAIN = {"[": "(", "]": ")", "{": "(", "}": ")", "^": "**", ":": "/", "//": "/"}


class Loose:
    """The words of one text and the slips met on the way; `dead` where no word can be made."""

    def __init__(self, text: str) -> None:
        self.text, self.slips, self.dead = text, list[Slip](), False
        self.plain = "".join(self._plain(at, sign) for at, sign in enumerate(text))
        self._strip()
        self._index()
        self.words = self._decimals(list(self._read()))

    def slip(self, hint: str, start: int, end: int, dead: bool = False) -> None:
        self.slips.append(Slip(hint, start, end))
        self.dead |= dead

    def _plain(self, at: int, sign: str) -> str:
        """The sign as the keyboard has it, one for one."""
        if " " <= sign <= "~":
            return sign
        if sign == "π" or sign in v.RAISED or sign in v.LOWERED or sign in v.GREEK + "√°\t↦→":
            return sign
        if v.fraction(sign):
            return sign
        beside = (self.text[at - 1 : at] + " ")[0], (self.text[at + 1 : at + 2] + " ")[0]
        joins = not all(c.isalnum() for c in beside)
        plain = v.plain_sign(sign)
        if sign in v.INVISIBLE and joins:
            plain = " "
        elif sign in "\r\n":
            # A line break is no blank, but where the line visibly goes on.
            plain = " " if any(c in " \r\n+-*/(,)" for c in beside) else None
        self.slip(slips.character(sign), at, at + 1, dead=plain is None)
        return " " if plain is None else plain

    def _strip(self) -> None:
        """Leave out what stands around a formula: quotes, $, ``f(x, y) =``, ``return``, a ``;``."""
        for start, end, hint in around(self.plain):
            self.slip(hint, start, end)
            self.plain = self.plain[:start] + " " * (end - start) + self.plain[end:]

    def _index(self) -> None:
        """Which numbered names are the coordinates: {1, 2} and {0, 1} can be, alone."""
        self.coordinates: dict[int, tuple[int, str]] = {}
        found = list(v.INDEXED.finditer(self.plain))
        digits = {m.start(): int(_digit(m)) for m in found}
        numbers, bases = set(digits.values()), {m["base"] for m in found}
        rest = v.INDEXED.sub(" ", self.plain)
        alone = re.search(r"(?<![A-Za-z])[xy](?![A-Za-z])", rest)
        if not found or (all(m["plain"] for m in found) and min(numbers) > 1):
            return  # x2 may be x*2 or x**2
        known = {1, 2} if 0 not in numbers else {0, 1}
        only_second = numbers == {1} and any(m["at"] for m in found)
        sure = len(bases) == 1 and numbers <= known and not alone and not only_second
        for m in found:
            self.slip(tr(slips.COORDINATES), m.start(), m.end(), dead=not sure)
            place = digits[m.start()] - min(known)
            self.coordinates[m.start()] = m.end(), "xy"[place] if 0 <= place < 2 else "x"

    def _read(self) -> Iterator[Word]:
        at, glued = 0, False
        while at < len(self.plain):
            if at in self.coordinates:
                end, name = self.coordinates[at]
                yield Word("name", name, at, end, glued)
                at, glued = end, True
                continue
            match = _WORD.match(self.plain, at)
            fraction = v.fraction(self.plain[at])
            if match is None or fraction:
                yield from self._odd(at, glued, fraction)
                at, glued = at + 1, True
                continue
            end = match.end()
            if match.lastgroup in ("name", "latexlog"):
                end = self._shortest(at, end)
            words = list(self._words(str(match.lastgroup), match, at, end))
            for word in words:
                yield word._replace(glued=glued)
                glued, end = True, max(end, word.end)
            at = end
            if match.lastgroup == "blank" or (not words and match.lastgroup == "latex"):
                glued = False
        yield Word("end", "", len(self.text), len(self.text), glued)

    def _shortest(self, start: int, end: int) -> int:
        """A name ends where a numbered coordinate begins."""
        return min([end, *(at for at in self.coordinates if start < at < end)])

    def _odd(self, at: int, glued: bool, fraction: tuple[int, int] | None) -> Iterator[Word]:
        sign = self.plain[at]
        if fraction:
            above, below = fraction
            self.slip(tr("this is written {}/{}", above, below), at, at + 1)
            yield Word("fraction", f"{above}/{below}", at, at + 1, glued)
        else:
            self.slip(slips.character(sign), at, at + 1, dead=True)
            yield Word("unknown", "x", at, at + 1, glued)

    def _words(self, kind: str, match: re.Match[str], at: int, end: int) -> Iterator[Word]:
        word = self.plain[at:end]
        match kind:
            case "number":
                if self.plain[end : end + 1] == "." and self.plain[end + 1 : end + 2].isdigit():
                    self.slip(tr("a number has one decimal point"), at, end + 2, dead=True)
                yield Word("number", word, at, end)
            case "short":
                self.slip(slips.character("\\"), at, end)
                digits = [i for i in range(at, end) if self.plain[i].isdigit()]
                yield Word("fraction", "/".join(self.plain[i] for i in digits), at, end)
            case "latex" | "upright" | "latexlog":
                self.slip(slips.character("\\"), at, end)
                yield from self._latex(str(match[kind]), at, end, kind)
            case "dotted":
                self.slip(tr(slips.FOREIGN), at, end)
            case "name":
                yield from self.named(word, at, end)
            case "raised":
                self.slip(slips.character("²"), at, end)
                yield Word("raised", "".join(v.RAISED[sign] for sign in word), at, end)
            case "elementwise":
                self.slip(slips.character("."), at, end)
            case "sign":
                yield from self._sign(word, at, end)

    def _sign(self, word: str, at: int, end: int) -> Iterator[Word]:
        if word in ("|", "%", "√", "°", "π", *_PLAIN) and self.text[at] not in v.SIGNS:
            hint = {"//": slips.missing_operand("/", "/"), "°": tr(slips.DEGREES)}.get(word)
            self.slip(hint or slips.character(word), at, end, dead=word == "//")
        if word == "π":
            yield Word("name", "pi", at, end)
        else:
            yield Word("root" if word == "√" else "sign", _PLAIN.get(word, word), at, end)

    def _latex(self, name: str, at: int, end: int, kind: str) -> Iterator[Word]:
        if name in v.LATEX_BLANKS and kind == "latex":
            return
        if sign := v.LATEX_SIGNS.get(name):
            yield Word("sign", sign, at, end)
        elif name in ("frac", "dfrac", "tfrac", "cfrac"):
            yield Word("frac", name, at, end)
        elif name == "sqrt":
            yield Word("root", name, at, end)
        elif kind != "latex" or name == "pi" or slips.kind(name) == "function":
            yield from self.named(name, at, end)
        else:
            self.dead = True
            yield Word("unknown", "x", at, end)

    def named(self, word: str, at: int, end: int) -> Iterator[Word]:
        """One name, or several run together (xy, sinx), as far as they are known."""
        base = _LOG_BASE.match(self.plain, end) if word == "log" else None
        if base:
            name = {"2": "log2", "₂": "log2", "e": "log"}.get(base[1] or base[2], "log10")
            self.slip(tr("this logarithm is written {}(x)", name), at, base.end())
            yield Word("function", name, at, base.end())
            return
        known = slips.known_as(word)
        if known is None and slips.known_as(word.lower()) and not _hides(word, self.plain):
            known = slips.known_as(word.lower())
        if known:
            if known != word or word not in slips.KNOWN:
                self.slip(slips.name(word), at, end)
            yield Word(slips.kind(known), known, at, end)
            return
        ways = slips.splits(word) if len(word) <= 16 else []
        self.slip(slips.name(word), at, end, dead=len(ways) != 1)
        if not ways:
            yield Word("unknown", "x", at, end)
        for part in ways[0] if ways else ():
            name = slips.known_as(part) or part
            yield Word("number" if part.isdigit() else slips.kind(name), name, at, at + len(part))
            at += len(part)

    def _decimals(self, words: list[Word]) -> list[Word]:
        """A comma inside a number is its point, where no argument can end there."""
        for comma, sure in decimal_commas(words):
            first, last = words[comma - 1], words[comma + 1]
            thousands = len(last.word) == 3 and len(first.word) < 4 and first.word[0] != "0"
            if not sure or thousands:
                one, two = f"{first.word}.{last.word}", f"{first.word}, {last.word}"
                hint = (
                    tr("write {} for one number or without a comma", one)
                    if sure
                    else tr("write {} for one number or {} for two", one, two)
                )
            else:
                hint = tr(slips.COMMA)
            self.slip(hint, first.start, last.end, dead=not sure or thousands)
            whole = Word("number", f"{first.word}.{last.word}", first.start, last.end, first.glued)
            words[comma - 1 : comma + 2] = [whole, _GONE, _GONE]
        return [word for word in words if word is not _GONE]


_GONE = Word("gone", "", 0, 0)


def _digit(match: re.Match[str]) -> str:
    if match["sub"]:
        return v.LOWERED[match["sub"]]
    return match["low"] or match["at"] or match["plain"]


def _hides(word: str, plain: str) -> bool:
    """Whether a capital X stands beside a small x, so that it may be another quantity."""
    if word not in ("X", "Y"):
        return False
    return re.search(rf"(?<![A-Za-z]){word.lower()}(?![A-Za-z])", plain) is not None
