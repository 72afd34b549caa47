"""The joiner: modules in the order of their imports, and a clear word where it cannot join them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from playground.player import component
from playground.player.modules import JoinError, joined, read_module
from tests.support.source import ROOT

END = "\nexport default function end() {}\n"
MODULES = Path(component.__file__).parent / "js"


@pytest.fixture
def join(tmp_path):
    """`join(entry="...", other="...")` writes the modules and joins them from the entry on."""

    def act(**sources):
        for name, source in sources.items():
            (tmp_path / f"{name}.js").write_text(source, "utf-8")
        return joined(tmp_path / "entry.js")

    return act


def test_a_module_stands_behind_what_it_imports(join):
    text = join(
        entry='import { a } from "./a.js";\nimport { b } from "./b.js";\n' + END,
        a='import { c } from "./c.js";\nexport const a = c;\n',
        b='import { c } from "./c.js";\nexport const b = c;\n',
        c="export const c = 1;\n",
    )
    place = {name: text.index(f"const {name} = ") for name in "abc"}
    assert place["c"] < min(place["a"], place["b"])
    assert max(place.values()) < text.index("export default")
    assert text.count("const c = 1;") == 1
    assert re.findall(r"^.*\b(?:import|export)\b.*", text, re.M) == [END.strip()]


def test_imports_may_go_over_several_lines_and_come_from_one_module_twice(join):
    text = join(
        entry=(
            'import {\n  a,\n  b,\n} from "./a.js";\nimport { c } from "./a.js";\n'
            "export default function f() {\n  return a + b + c;\n}\n"
        ),
        a="export const a = 1;\nexport async function b() {}\nexport class c {}\n",
    )
    assert text.startswith("const a = 1;\nasync function b() {}\nclass c {}\n")


def test_words_in_texts_patterns_and_comments_are_left_alone(join):
    kept = r"""const quoted = ["import x;", 'export const y', "// no comment", "\" /* nor here"];
const template = `
import { z } from "./z.js";
${[1].map((n) => `export const ${n} // ${{ a: "}" }.a}`)}
export const w = 1; /* not a comment */
`;
const pattern = /["'`/*]|[/]\/import/g.test("//");
const quotient = (6) / 2 / 1;"""
    text = join(
        entry=(
            '/* import { q } from "./q.js"; */\n'
            "/**\n * export const q\nimport q\n */\n"
            f"{kept}\n"
            "export default function f() {} // export\n"
        )
    )
    assert text == f"{kept}\nexport default function f() {{}}\n"


def test_comments_stay_at_home(join):
    text = join(
        entry=(
            "// one\nexport default function f() {\n  // two\n  let x = 1; // three\n"
            "  return /** @type {number} */ (x);\n}\n"
        )
    )
    assert text == "export default function f() {\n  let x = 1;\n  return (x);\n}\n"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('import { a } from "./a.js";' + END, r"a circle of imports: .*(a -> b|b -> a)"),
        ('import { nothing } from "./c.js";' + END, "entry.js imports what c.js does not export"),
        ('import { c } from "./gone.js";' + END, "gone.js is imported but not there"),
        ('import { d } from "./d.js";\nconst c = 2;' + END, "c.js and entry.js both declare c"),
        ('import { c as x } from "./c.js";' + END, "not understood: import { c as x }"),
        ('import c from "./c.js";' + END, "not understood: import c from"),
        ('import * as c from "./c.js";' + END, r"not understood: import \* as c"),
        ('import "./c.js";' + END, "not understood: import"),
        ('import { c } from "library";' + END, "not understood: import"),
        ('const later = import("./c.js");' + END, "not understood: const later = import"),
        ('export { c } from "./c.js";' + END, "not understood: export { c }"),
        ("const c = 1;\nexport { c };" + END, "not understood: export { c }"),
        ("export default 1;\n", "not understood: export default 1"),
        ("const { a, b } = x;" + END, "several names declared at once"),
        ("const c = 1;\n", "the entry, and no other module, exports a default"),
        ('import { e } from "./e.js";' + END, "the entry, and no other module, exports a default"),
        ("const c = `${1;" + END, "not closed"),
    ],
)
def test_what_cannot_be_joined_is_refused_in_words(join, entry, words):
    with pytest.raises(JoinError, match=words):
        join(
            entry=entry,
            a='import { b } from "./b.js";\nexport const a = b;\n',
            b='import { a } from "./a.js";\nexport const b = a;\n',
            c="export const c = 1;\n",
            d='import { c } from "./c.js";\nexport const d = c;\n',
            e="export const e = 1;\nexport default function other() {}\n",
        )


def test_every_module_of_the_player_is_sent_and_every_export_is_used():
    modules = {path.stem: read_module(path) for path in sorted(MODULES.glob("*.js"))}
    entries = {name for name, module in modules.items() if module.default}
    assert set(modules) == entries.union(*(module.imports for module in modules.values()))
    tests = "".join(path.read_text("utf-8") for path in (ROOT / "tests/js").glob("*.test.mjs"))
    for name, module in modules.items():
        imported = {n for m in modules.values() for n in m.imports.get(name, ())}
        for export in set(module.exports) - imported:  # used at home, and tested by itself
            assert len(re.findall(rf"\b{export}\b", module.code)) > 1, f"{name}.js: {export}"
            assert re.search(rf"\b{export}\b", tests), f"{name}.js: {export}"
