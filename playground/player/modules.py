"""ES modules joined into one script, without a build step.

Every file imports what it uses and exports what others may use, so Node, a type checker and a
linter read it as it is.  Streamlit takes one script per component: here the modules are put one
after the other, each behind those it imports, without their import lines, the word `export` and
their comments (which hold the types).

What is understood is one form each, at the beginning of a line; everything else is refused:

    import { a, b } from "./module.js";
    export function ...   export class ...   export const ...   export default function ...
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PIECE = re.compile(
    r"""(?P<comment>^[ ]*(?://[^\n]*|/\*(?s:.*?)\*/)[ ]*\n  # whole lines
          |[ ]*//[^\n]*|/\*(?s:.*?)\*/[ ]*)
      |(?P<literal>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'
          |(?:[(,=:\[!&|?;>]|\breturn\b)\s*  # where a value begins, a slash begins a pattern
            /(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/)
      |(?P<brace>[{}`])""",
    re.VERBOSE | re.MULTILINE,
)
TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(?:`|\$\{)", re.DOTALL)
"""A template literal from its beginning, or from the end of a hole, to the next hole or its end."""

STATEMENT = re.compile(r"^import\b[^;]*;\n?", re.MULTILINE)
IMPORT = re.compile(r'import \{ ([\w$]+(?:, [\w$]+)*),? \} from "\./([\w$]+)\.js";')
EXPORT = re.compile(
    r"^export (default )?(?=(?:async )?(?:function|class|const) ([\w$]+))", re.MULTILINE
)
STRAY = re.compile(r"^.*\b(?:import|export(?! default (?:async )?function))\b.*", re.MULTILINE)
"""What is left of both words when everything understood has been cut out."""

DECLARATION = re.compile(
    r"^(?:export default )?(?:async )?(?:function|class|const|let|var)\b\*? *([\w$]*)", re.MULTILINE
)


class JoinError(ValueError):
    """The modules cannot be joined; the message says which and why."""


@dataclass(frozen=True)
class Module:
    """One file: what it takes, gives and declares, and the code that is sent.

    imports: module -> names.
    default: whether it exports a default, as the entry must and no other may.
    """

    imports: dict[str, list[str]]
    exports: list[str]
    names: list[str]
    default: bool
    code: str


def uncommented(source: str) -> tuple[str, str]:
    """The source without comments, and the same with every literal blank."""
    code: list[str] = []
    bare: list[str] = []

    def keep(text: str, literal: bool = False) -> None:
        code.append(text)
        bare.append(re.sub(r"[^\n]", " ", text) if literal else text)

    holes = [0]  # open braces: of the module, then of each hole in a template in a hole ...
    place = 0
    while match := PIECE.search(source, place):
        keep(source[place : match.start()])
        text, place = match[0], match.end()
        if match["comment"]:
            keep(" " if text.endswith("*/") else "")
        elif match["literal"]:
            keep(text, literal=True)
        elif text == "{" or (text == "}" and holes[-1]):
            holes[-1] += 1 if text == "{" else -1
            keep(text)
        else:
            if text == "}":
                holes.pop()
            rest = TEMPLATE.match(source, place) if holes else None
            if rest is None:
                raise JoinError("a brace or a template literal is not closed")
            place = rest.end()
            if rest[0].endswith("{"):
                holes.append(0)
            keep(text + rest[0], literal=True)
    keep(source[place:])
    if holes != [0]:
        raise JoinError("a brace or a template literal is not closed")
    return "".join(code), "".join(bare)


def read_module(path: Path) -> Module:
    """The module in a file."""

    def refuse(text: str) -> JoinError:
        return JoinError(f"{path.name}: not understood: {' '.join(text.split())}")

    if not path.exists():
        raise JoinError(f"{path.name} is imported but not there")
    try:
        code, bare = uncommented(path.read_text("utf-8"))
    except JoinError as error:
        raise JoinError(f"{path.name}: {error}") from None
    imports: dict[str, list[str]] = {}
    cuts = [match.span() for match in STATEMENT.finditer(bare)]
    for start, end in cuts:
        statement = " ".join(code[start:end].split())
        if not (form := IMPORT.fullmatch(statement)):
            raise refuse(statement)
        imports.setdefault(form[2], []).extend(form[1].split(", "))
    given = [*EXPORT.finditer(bare)]
    cuts += [match.span() for match in given if not match[1]]
    code, bare = without(code, cuts), without(bare, cuts)
    if stray := STRAY.search(bare):
        raise refuse(stray[0])
    names = DECLARATION.findall(bare)
    if "" in names:
        raise refuse("several names declared at once at the top level")
    exports = [match[2] for match in given if not match[1]]
    return Module(imports, exports, names, len(exports) < len(given), code.strip() + "\n")


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with some spans cut out."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text


def joined(entry: Path) -> str:
    """The script of a module and all it imports, each behind those it imports itself."""
    modules: dict[str, Module] = {}
    waiting = [entry.stem]
    while waiting:
        name = waiting.pop()
        if name not in modules:
            modules[name] = read_module(entry.with_name(f"{name}.js"))
            waiting += modules[name].imports
    graph = {name: module.imports for name, module in modules.items()}
    try:
        order = [*TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise JoinError(f"a circle of imports: {' -> '.join(error.args[1])}") from None
    check_scope(modules, entry.stem)
    return "\n".join(modules[name].code for name in order)


def script(entry: str) -> str:
    """The JavaScript of a component of Streamlit, whose module in `js/` is the entry."""
    return joined(Path(__file__).parent / "js" / f"{entry}.js")


def check_scope(modules: dict[str, Module], entry: str) -> None:
    """Refuse what would mean something else once all modules share one scope."""
    home: dict[str, str] = {}
    for name, module in modules.items():
        for other, wanted in module.imports.items():
            if missing := set(wanted) - set(modules[other].exports):
                raise JoinError(f"{name}.js imports what {other}.js does not export: {missing}")
        for declared in module.names:
            if home.setdefault(declared, name) != name:
                raise JoinError(f"{name}.js and {home[declared]}.js both declare {declared}")
        if module.default != (name == entry):
            raise JoinError(f"{name}.js: the entry, and no other module, exports a default")
