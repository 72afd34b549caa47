"""A fragment may be run for a message that says more than what it shows."""

import ast

from tests.support.source import FILES, ROOT, tree

SOURCES = [*FILES.values(), *sorted((ROOT / "pages").glob("*.py"))]


def functions():
    for file in SOURCES:
        yield from (node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef))


def test_every_fragment_looks_whether_something_beside_it_was_meant():
    """Two buttons pressed in one moment come in one message, which names one fragment."""
    looks = {f.name for f in functions() if ".missed()" in ast.unparse(f)}
    fragments = [f for f in functions() if "st.fragment" in map(ast.unparse, f.decorator_list)]
    assert len(fragments) > 2
    for fragment in fragments:
        calls = (node.func for node in ast.walk(fragment) if isinstance(node, ast.Call))
        called = {ast.unparse(function).rpartition(".")[2] for function in calls}
        assert called & {"missed", *looks}, fragment.name
