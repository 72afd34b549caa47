"""Functions and roots as people write them: sin x, sin²(x), √2, log(x, 10), sec(x)."""

from __future__ import annotations

from abc import ABC, abstractmethod

from playground.language import tr, trn
from playground.surfaces.formula import slips
from playground.surfaces.formula import vocabulary as v
from playground.surfaces.formula.cursor import Cursor, Piece, exponent_of, times
from playground.surfaces.formula.words import Word


class Calls(Cursor, ABC):
    """The part of the reader that knows functions; the rest of the grammar is `Reader`."""

    @abstractmethod
    def power(self) -> Piece: ...

    @abstractmethod
    def signed(self) -> Piece: ...

    @abstractmethod
    def atom(self) -> Piece: ...

    @abstractmethod
    def argument(self) -> Piece: ...

    @abstractmethod
    def group(self, opening: Word) -> Piece: ...

    @abstractmethod
    def arguments(self, opening: Word) -> list[Piece]: ...

    @abstractmethod
    def one_more(self, left: Piece) -> Piece: ...

    @abstractmethod
    def side_by_side(self, left: Piece) -> Piece: ...

    def root(self, word: Word) -> Piece:
        if self.is_sign("(") and self.text[self.next.start : self.next.end] == "[":
            self.take()
            degree = self.group(word).text
            if not (degree.isdigit() and int(degree) % 2 == 0):
                raise self.stop(tr("of the roots only the even ones are powers: x**(1/4)"), word)
            return Piece(f"{self.argument().at(v.ATOM)}**(1/{degree})", v.POWER)
        bracketed = self.is_sign("(")
        inside = self.argument()
        follows = (
            self.next.kind == "raised"
            or self.is_sign("**")
            or (self.operand_follows() and self.next.glued)
        )
        if not bracketed and follows and self.fork():  # √2x, √x²
            self.at -= 1
            inside = self.side_by_side(self.power())
        return Piece(f"sqrt({inside.text})")

    def function(self, word: Word) -> Piece:
        exponent, inverse = "", False
        if self.next.kind == "raised" or self.is_sign("**"):
            raised = self.take()
            exponent = exponent_of(raised) if raised.kind == "raised" else self.signed_atom()
            self.slip(slips.no_brackets(word.word), word, raised)
            if exponent.strip("()") == "-1":
                inverse = self.fork() == 0 and f"a{word.word}" in slips.KNOWN
        elif self.next.kind == "number" and self.next.glued and self.fork():  # sin2(x)
            exponent = self.take().word
        if self.is_sign("("):
            opening = self.take()
            parts = self.arguments(opening)
        else:
            parts = [self.bare(word)]
        name = f"a{word.word}" if inverse else word.word
        call = self.call(name, parts, word)
        if exponent and not inverse:
            return Piece(f"{call.at(v.ATOM)}**{exponent}", v.POWER)
        return call

    def signed_atom(self) -> str:
        piece = self.atom() if not self.is_sign("-") else None
        if piece is None:
            self.take()
            piece = Piece(f"-{self.atom().at(v.ATOM)}", v.UNARY)
        return piece.at(v.UNARY)

    def bare(self, function: Word) -> Piece:
        """The argument of a function without brackets: sin 2x, sin xy, sin x cos y."""
        self.slip(slips.no_brackets(function.word), function)
        if not self.operand_follows() and not self.is_sign("-", "+"):
            raise self.stop(slips.no_brackets(function.word), function)
        argument = self.signed()
        while self.operand_follows():
            before, word = self.words[self.at - 1], self.next
            if word.kind == "function":
                return argument
            counted = before.kind == "number" or before.word == "pi"
            glued = before.kind == "name" and word.kind == "name" and word.glued
            sure = (counted or glued) and function.word != "sqrt"
            if not sure and self.fork() == 0:
                return argument
            argument = self.one_more(argument)
        while self.is_sign("*", "/") and self.words[self.at + 1].kind != "function":
            if self.fork() == 0:  # sin x/2
                return argument
            argument = times(argument, self.take().word, self.signed())
        return argument

    def call(self, name: str, parts: list[Piece], word: Word) -> Piece:
        count, last = len(parts), self.words[self.at - 1]
        if name == "log" and count == 2:
            return self.logarithm(parts, word)
        if name in v.MACROS:
            wanted, text, level = v.MACROS[name]
            if count != wanted:
                said = trn("{} takes {} argument", "{} takes {} arguments", wanted, name, wanted)
                raise self.stop(said, word, last)
            known = {f"A{i}": part.at(v.ATOM) for i, part in enumerate(parts)}
            return Piece(text.format(*(part.text for part in parts), **known), level)
        if hint := slips.arguments(name, count):
            raise self.stop(hint, word, last)
        return Piece(f"{name}({', '.join(part.text for part in parts)})")

    def logarithm(self, parts: list[Piece], word: Word) -> Piece:
        """log(x, 10), as Python and others write the base."""
        of, base = parts
        if base.text not in ("2", "10"):
            hint = tr("log takes 1 argument; of another base it is log(x)/log(3)")
            raise self.stop(hint, word)
        self.slip(tr("this logarithm is written {}(x)", f"log{base.text}"), word)
        return Piece(f"log{base.text}({of.text})")
