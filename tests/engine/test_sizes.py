"""What outgrows a screen has the wrong shape: how long a module and a function may be."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
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
    texts = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in OURS}
    assert {name: n for name, text in texts.items() if (n := len(text.splitlines())) > MODULE} == {}
    assert [
        (name, *function)
        for name, text in texts.items()
        for function in functions(ast.parse(text))
        if function[1] > FUNCTION
    ] == []


def test_a_docstring_is_not_counted_and_an_inner_function_is():
    tree = ast.parse(
        'def f():\n    """One.\n\n    Two.\n    """\n    def g(): pass\n    return g\n'
    )
    assert dict(functions(tree)) == {"f": 3, "g": 1}
