"""What outgrows a screen has the wrong shape: how long a module and a function may be."""

import ast
from collections.abc import Iterator

from tests.support.source import ROOT, tree

ROOMS = ("playground", "pages", "assets", "tests")
MODULE, FUNCTION = 250, 45
"""Lines at most, of a function without its docstring; JavaScript has the same two in ESLint."""

PYTHON = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
PYTHON += sorted(ROOT.glob("*.py"))
OURS = [path for path in PYTHON if "node_modules" not in path.parts]


def functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every function of a module, inner ones too, and how many lines it has."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno
            whole = node.end_lineno - node.lineno + 1
            yield node.name, whole - len_of_docstring(node)


def len_of_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node) is None or first.end_lineno is None:
        return 0
    return first.end_lineno - first.lineno + 1


def test_a_module_and_its_functions_are_short():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in OURS
    }
    assert {name: length for name, length in lengths.items() if length > MODULE} == {}
    assert [
        (str(path.relative_to(ROOT)), *function)
        for path in OURS
        for function in functions(tree(path))
        if function[1] > FUNCTION
    ] == []


def test_a_docstring_is_not_counted_and_an_inner_function_is():
    source = ast.parse(
        'def f():\n    """One.\n\n    Two.\n    """\n    def g(): pass\n    return g\n'
    )
    assert dict(functions(source)) == {"f": 3, "g": 1}
