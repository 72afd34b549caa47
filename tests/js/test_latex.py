"""Every formula of the register is one that KaTeX can set."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from playground.glossary import GLOSSARY
from playground.optimizers import Optimizer
from playground.topics.reference.panel import equation
from tests.app.test_controls import DECLARED, FAMILIES
from tests.js.test_modules import HERE, NODE, ROOT
from tests.support.source import tree

INLINE = re.compile(r"(?<!\$)\$(?=[^$\n]*[A-Za-z])([^$\n]*[\\_^][^$\n]*)\$(?!\$)")
"""A formula inside a text, with at least one sign that only LaTeX has."""

pytestmark = pytest.mark.skipif(
    NODE is None or not (HERE / "node_modules" / "katex").exists(),
    reason="KaTeX is not installed: run `npm ci --prefix tests/js`",
)


def declared():
    """Symbols of parameters and terms, formulas, and every line of every rule."""
    yield from (p.tex for cls in DECLARED for p in cls.params())
    yield from (term.tex for term in GLOSSARY)
    yield from (equation(cls) for family in FAMILIES for cls in family.all.values())
    for cls in Optimizer.all.values():
        yield from cls().written(cls.timed_symbol).values()
        yield from cls.symbols.values()


def written():
    """Formulas inside the texts of pages and topics."""
    for folder in ("pages", "playground/topics", "playground/microscope", "playground/ui"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            parts = set(ast.walk(tree(file)))
            hidden = {part for call in parts if searches(call) for part in ast.walk(call)}
            for node in parts - hidden:
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield from INLINE.findall(node.value)


def searches(node):
    """Whether this is a call of `re`: nobody reads a regular expression."""
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and ast.unparse(called.value) == "re"


PARTS = {"msub": 2, "msup": 2, "msubsup": 3, "mfrac": 2, "munder": 2, "mover": 2, "mroot": 2}
"""How many parts an element of MathML has: with others a browser sets it wrongly."""


def faults(formulas):
    """The formulas that KaTeX refuses, with its reason, or makes MathML of that is none."""
    line = json.dumps(sorted({tex for tex in formulas if tex}))
    script = Path(__file__).with_name("typeset.mjs")
    done = subprocess.run(
        [str(NODE), str(script)], input=line, capture_output=True, text=True, check=True
    )
    return [
        made for made in json.loads(done.stdout) if "fault" in made or misshapen(made["mathml"])
    ]


def misshapen(mathml):
    """The elements that have not as many parts as theirs have."""
    found = (
        (part.tag.rpartition("}")[2], len(part)) for part in ElementTree.fromstring(mathml).iter()
    )
    return [(name, parts) for name, parts in found if parts != PARTS.get(name, parts)]


def test_every_formula_of_the_register_can_be_set():
    assert len(set(declared())) > 100
    assert faults(declared()) == []


def test_every_formula_of_a_text_can_be_set():
    assert faults(written()) == []


def test_what_cannot_be_set_is_found():
    wrong = [r"\lambda_\max/\lambda_\min", r"\lambda_{\max}", r"\frac{1}"]
    assert len(faults([*wrong, r"\lambda_{\mathrm{max}}"])) == 3
