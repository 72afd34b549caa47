"""A text is marked word by word, with a place for every value: the law over all of the source."""

import ast
import sys
from functools import cache

import pytest

from tests.support.source import ROOT, tree

sys.path.insert(0, str(ROOT / "assets"))

import make_catalogue
import marked

SOURCES = [
    *sorted((ROOT / "playground").rglob("*.py")),
    *sorted((ROOT / "pages").glob("*.py")),
    ROOT / "streamlit_app.py",
]


@cache
def marks():
    """Every call that marks a text, with its file; not read by a worker that is not asked."""
    return [(file, call) for file in SOURCES for call in marked.calls(tree(file))]


def where(file, call):
    return f"{file.relative_to(ROOT)}:{call.lineno}: {ast.unparse(call)}"


def is_found(call):
    """Whether the template can hold what a call marks."""
    if len(marked.literals(call)) == marked.TEXTS[call.func.id]:
        return True
    wanted = call.args[: marked.TEXTS[call.func.id]]
    return call.func.id != "mark" and bool(wanted) and all(map(is_read, wanted))


def is_read(node):
    """Whether an expression is a text that is marked where it stands, or one of two."""
    match node:
        case ast.IfExp():
            return is_read(node.body) and is_read(node.orelse)
        case ast.BoolOp():
            return all(map(is_read, node.values))
        case ast.Call(func=ast.Attribute(value=ast.Constant() | ast.JoinedStr())):
            return False
    return isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Call)


def disagrees(call):
    """Whether a text has other values than it is given; its singular may leave some out."""
    texts, name = marked.literals(call), call.func.id
    given = call.args[{"tr": 1, "trn": 3, "mark": 1}[name] :]
    if not texts or name == "mark" or any(isinstance(a, ast.Starred) for a in given):
        return False
    names = {keyword.arg for keyword in call.keywords}
    here = {str(i) for i in range(len(given))} | names
    if not here:  # then it is no template
        return False
    *one, last = map(make_catalogue.values, texts)
    return None not in names and (last != here or not all(form <= here for form in one))


def parsed(code):
    return ast.parse(code).body[0].value


def test_what_is_marked_stands_there_word_by_word():
    assert len(marks()) > 100
    assert [where(*one) for one in marks() if not is_found(one[1])] == []


def test_a_text_has_the_values_that_it_is_given():
    assert [where(*one) for one in marks() if disagrees(one[1])] == []


@pytest.mark.parametrize(
    "code",
    [
        *("tr(f'{n} steps')", "tr('a' + b)", "tr('a' if b else 'c')", "tr('{}'.format(n))", "tr()"),
        *("mark(text)", "trn('one', many, 2)", "trn(f'{n}', 'many', n)"),
    ],
)
def test_what_is_computed_is_not_found(code):
    assert not is_found(parsed(code))


@pytest.mark.parametrize(
    "code",
    ["tr('{} of {}', n)", "tr('{n}', m=3)", "tr('steps', n)", "trn('one', 'many', n, n)"],
)
def test_a_value_too_many_or_too_few_is_seen(code):
    assert disagrees(parsed(code))


@pytest.mark.parametrize(
    "code",
    [
        *("tr('{1} of {0}', n, m)", "tr('{n}', n=3)", "tr('{a}')", "trn('one', '{}', n, n)"),
        *("tr(A[0])", "tr(self.a or self.b())", "tr(A if b else C)", "trn(one, many, 2)"),
    ],
)
def test_a_text_with_its_values_is_well_marked(code):
    assert is_found(parsed(code))
    assert not disagrees(parsed(code))
