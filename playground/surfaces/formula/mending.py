"""From a text with slips to the lines it can mean, by a tolerant reader of mathematics.

The grammar is the one people are taught: side by side is a product, a function without brackets
takes what is glued to it, a bar opens where an operand may begin.  Wherever that leaves two
meanings (1/2x, e^2x, sin x/2) the reader comes to a fork and both are kept: a line is written
again by walking the text once for every way through its forks.
"""

from __future__ import annotations

from playground.language import tr
from playground.surfaces.formula import slips
from playground.surfaces.formula import vocabulary as v
from playground.surfaces.formula.arithmetic import CONSTANTS
from playground.surfaces.formula.calls import Calls
from playground.surfaces.formula.cursor import Piece, exponent_of, times
from playground.surfaces.formula.words import Word

DEPTH = 45


class Reader(Calls):
    """Reads a text as mathematics; `whole` is the line it can mean, or raises `Stop`."""

    def whole(self) -> str:
        """The text as one line."""
        self.pair()
        piece = self.sum()
        if self.next.kind != "end":
            raise self.stop(self._unexpected(), self.words[max(self.at - 1, 0)], self.next)
        return piece.text

    def _unexpected(self) -> str:
        word, before = self.next.word, self.words[self.at - 1].word
        if word == ",":
            return tr(slips.COMMA)
        if word in slips.CHARACTERS:
            return slips.character(word)
        return slips.missing_operand(before, word)

    def sum(self) -> Piece:
        self.depth += 1
        if self.depth > DEPTH:
            raise self.stop(tr("brackets are nested more than {} deep", DEPTH), self.next)
        left = self.product()
        while self.is_sign("+", "-"):
            sign = self.take().word
            right = self.product()
            level = v.SUM if sign == "+" else v.PRODUCT
            left = Piece(f"{left.text} {sign} {right.at(level)}", v.SUM)
        self.depth -= 1
        return left

    def product(self) -> Piece:
        left, divided = self.signed(), False
        above = divisor = left
        while True:
            if self.is_sign("*", "/"):
                sign = self.take().word
                above, divisor, divided = left, self.signed(), sign == "/"
                left = times(left, sign, divisor)
            elif self.operand_follows():
                if divided and self.fork():  # 1/2x: is the x above or below?
                    below = self.side_by_side(divisor)
                    left, divided = times(above, "/", below), False
                else:
                    left = self.one_more(left)
            else:
                return left

    def side_by_side(self, left: Piece) -> Piece:
        """All factors that follow without a sign."""
        while self.operand_follows():
            left = self.one_more(left)
        return left

    def one_more(self, left: Piece) -> Piece:
        """The factor that follows without a sign."""
        before, word = self.words[self.at - 1], self.next
        self.missing_sign(before, word)
        if word.kind == "number":
            if before.kind == "number":
                raise self.stop(tr("two numbers stand side by side"), before, word)
            return times(left, "*", self.power())
        if word.kind == "fraction" and before.kind == "number":
            below = self.take().word
            way = self.fork()  # 2½
            return Piece(f"({left.text} + {below})") if way else times(left, "*", Piece(below, 1))
        euler = word.word == "e" and before.kind == "number" and word.glued
        if euler and self.words[self.at + 1].word != "**":
            hint = tr("write {0}*e, or a power of ten such as {0}e3", before.word)
            raise self.stop(hint, before, word)
        base = before.word == "e" and before.kind == "name" and word.kind != "function"
        if base and word.glued and self.fork():  # e(x) and ex
            return Piece(f"{left.text}**{self.power().at(v.ATOM)}", left.level)
        return times(left, "*", self.power())

    def missing_sign(self, before: Word, word: Word) -> None:
        """Say that a sign is missing, unless the two are one name, of which it was said."""
        one_name = before.kind in ("name", "function") and before.end == word.start
        one_name &= self.text[word.start : word.start + 1].isalnum() and word.kind != "fraction"
        known = "unknown" not in (before.kind, word.kind)
        if known and not one_name and "fraction" not in (before.kind, word.kind):
            self.slip(slips.missing_operator(_shown(before), _shown(word)), before, word)

    def signed(self) -> Piece:
        if self.is_sign("+", "-"):
            sign = self.take().word
            inner = self.signed()
            return Piece(f"-{inner.at(v.UNARY)}", v.UNARY) if sign == "-" else inner
        return self.power()

    def power(self) -> Piece:
        first = self.next
        base = self.atom()
        while True:
            if self.next.kind == "raised":
                word = self.take()
                base = Piece(f"{base.at(v.ATOM)}**{exponent_of(word)}", v.POWER)
            elif self.is_sign("°"):
                self.take()
                base = Piece(f"{base.at(v.PRODUCT)}*pi/180", v.PRODUCT)
            elif self.is_sign("%"):
                self.percent(self.take())
                base = Piece(f"{base.at(v.PRODUCT)}/100", v.PRODUCT)
            elif self.is_sign("**"):
                self.take()
                return self.raised(first, base)
            elif self._number_beside() and self.fork():  # x2
                self.missing_sign(self.words[self.at - 1], self.next)
                return Piece(f"{base.at(v.ATOM)}**{self.take().word}", v.POWER)
            else:
                return base

    def _number_beside(self) -> bool:
        """Whether a plain number follows what is none, as in x2."""
        before, after = self.words[self.at - 1], self.words[self.at + 1 : self.at + 2]
        raised = after and (after[0].kind == "raised" or after[0].word == "**")
        return self.next.kind == "number" and before.kind != "number" and not raised

    def percent(self, word: Word) -> None:
        if self.words[self.at - 2].kind != "number" or self.operand_follows():
            raise self.stop(slips.character("%"), word)

    def raised(self, first: Word, base: Piece) -> Piece:
        """The power of a base, once its sign is read."""
        bare = self.next
        exponent = self.signed()
        glued = self.operand_follows() and self.next.glued and bare.word != "("
        constant = first.kind == "number" or first.word in CONSTANTS
        one = exponent.text in ("1", "-1") and self.is_sign("/")
        if glued and (constant or bare.kind != "number") and self.fork():
            exponent = self.side_by_side(exponent)  # e^2x
        elif one and self.words[self.at + 1].kind == "number" and self.fork():
            self.take()
            exponent = times(exponent, "/", Piece(self.take().word))  # x^1/2
        return Piece(f"{base.at(v.ATOM)}**{exponent.at(v.UNARY)}", v.POWER)

    def atom(self) -> Piece:
        word = self.take()
        match word.kind:
            case "number" | "name" | "unknown":
                return Piece(word.word)
            case "fraction":
                return Piece(word.word, v.PRODUCT)
            case "function":
                return self.function(word)
            case "frac":
                above, below = self.argument(), self.argument()
                return times(above, "/", below)
            case "root":
                return self.root(word)
        if word.word == "(":
            return self.group(word)
        if word.word == "|" and self.opens(self.at - 1):
            inside = self.sum()
            if not self.is_sign("|"):
                raise self.stop(tr("this bar is never closed"), word)
            self.take()
            return Piece(f"abs({inside.text})")
        self.at -= 1
        if word.kind == "end" and self.at:
            raise self.stop(tr("something is missing after this"), self.words[self.at - 1])
        before = self.words[self.at - 1] if self.at else None
        hint = slips.missing_operand(before and before.word, word.word)
        raise self.stop(hint, before or word, word)

    def argument(self) -> Piece:
        """What a LaTeX command takes: a group, or one sign."""
        word = self.take()
        if word.word == "(":
            return self.group(word)
        self.at -= 1
        return self.atom()

    def group(self, opening: Word) -> Piece:
        parts = self.arguments(opening)
        if len(parts) != 1:
            raise self.stop(tr(slips.COMMA), opening)
        return parts[0]

    def arguments(self, opening: Word) -> list[Piece]:
        """The parts of a bracket, up to its end."""
        if self.at - 1 in self.unclosed:
            self.slip(tr(slips.NEVER_CLOSED), opening)
            start = self.at
            parts = [self.sum()]
            if self.next.kind == "end":
                if self.at - start > 1 and self.fork():  # where should it have been closed?
                    self.at = start
                    parts = [self.power()]
                return parts
        elif self.is_sign(")"):
            raise self.stop(tr("there is nothing between these brackets"), opening, self.next)
        else:
            parts = [self.sum()]
        while self.is_sign(",", ";"):
            if self.is_sign(";"):
                self.slip(slips.character(";"), self.next)
            self.take()
            parts.append(self.sum())
        if not self.is_sign(")"):
            if self.next.kind == "end" and opening.start in [
                self.words[i].start for i in self.unclosed
            ]:
                return parts
            raise self.stop(self._unexpected(), self.words[self.at - 1], self.next)
        self.take()
        return parts


def _shown(word: Word) -> str:
    return {"root": "sqrt", "frac": "("}.get(word.kind, word.word.replace("|", "abs(...)"))
