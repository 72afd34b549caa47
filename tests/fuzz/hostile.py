"""Texts that should not be where they stand: what an attacker, a broken program or a typo sends."""

from __future__ import annotations

from random import Random

CANARY = "zqx"
"""Stands in every text with markup, and in no text of ours."""

MARKUP = (
    f"<{CANARY} onload=a()>",
    f"<script>{CANARY}()</script>",
    f"<img src=x onerror={CANARY}()>",
    f"</style><svg/onload={CANARY}>",
    f"</script><b>{CANARY}</b>",
    f"<iframe srcdoc='<p {CANARY}'>",
    f"[{CANARY}](javascript:{CANARY})",
    f"[{CANARY}](https://{CANARY}.example/)",
    f"![{CANARY}](https://{CANARY}.example/a)",
    f"[{CANARY}]: https://{CANARY}.example/",
    f"javascript:{CANARY}(1)",
    f"data:text/html,<p>{CANARY}",
    f"<//{CANARY}.example/>",
    f"http://{CANARY}.example/",
    f"WWW.{CANARY}.example",
    f"{CANARY}@{CANARY}.example",
    f"mailto:{CANARY}@{CANARY}.example",
    f"**{CANARY}**",
    f"__{CANARY}__",
    f"~~{CANARY}~~",
    f"`{CANARY}`",
    f"``` {CANARY}",
    f"${CANARY}$",
    f"$${CANARY}$$",
    f"\\\\[{CANARY}](x)",
    f"\\<{CANARY}>",
    f"\\\\<{CANARY}>",
    f":red[{CANARY}]",
    f":material/{CANARY}:",
    f":{CANARY}: :smile:",
    f"# {CANARY}",
    f"\n\n# {CANARY}",
    f"\n\n    {CANARY} code",
    f"| {CANARY} |\n| --- |",
    f"&lt;{CANARY}&gt;",
    f"&#60;{CANARY}&#62;",
    f"<!-- {CANARY}",
    f"]]><{CANARY}>",
    f"{{{{{CANARY}}}}}",
    f"{{0}} {{{CANARY}}} %s",
    f"'\"><{CANARY}>",
    f"a.b=1&<{CANARY}>=1",
)
STRANGE = (
    "",
    " ",
    "\x00",
    "5\x00",
    "\x1b[31m5",
    "5\u202e.0",
    "\u2066\u20675",
    "5\u200b0",
    "\ufeff5",
    "５",
    "٣",
    "1٫5",
    "𝟓",
    "½",
    "5\u0301",
    "a" + "\u0301" * 60,
    "−5",
    "\ud800",
    "5\udfff",
    "😀" * 20,
    "\U000e0041",
    "1\n2",
    "1\r\n2",
    "1\u20282",
    "ﷺ" * 10,
    "İ",
    "ß",
    "../../etc/passwd",
    "C:\\con",
    "__class__",
    "all",
    "self.__dict__",
    "None",
    "none",
    "null",
    "true",
    "[]",
    "{}",
    "()",
    "0x10",
    "1_000",
    "1e",
    "+-5",
    "--5",
    "1,5",
    "1;2",
    "lambda: 0",
    "${jndi:ldap://x}",
    "' or 1=1",
    "%00",
    "%s%n",
    "yes",
    "no",
)
NUMBERS = (
    "nan",
    "inf",
    "-inf",
    "Infinity",
    "1e999",
    "-1e999",
    "1e308",
    "-1e308",
    "1.7976931348623157e308",
    "1e309",
    "5e-324",
    "-5e-324",
    "2.2250738585072014e-308",
    "1e-400",
    "0",
    "-0",
    "-0.0",
    "0.1",
    "-1",
    "1.5",
    "1e15",
    "9007199254740993",
    "18446744073709551616",
    "123456789" * 20,
    "0." + "0" * 320 + "1",
    " 7 ",
    "007",
    "1e2",
    "+3",
)
LONG = 10_000
"""Characters of a long text."""


def long(chance: Random) -> str:
    """A text of about ten kilobytes."""
    part = chance.choice(("a", "1", "(", "x+", "-", "9", "😀", "\u0301", ",", "1,", MARKUP[0]))
    return part * (LONG // len(part))


def text(chance: Random) -> str:
    """Anything at all."""
    which = chance.random()
    if which < 0.35:
        return chance.choice(MARKUP)
    if which < 0.65:
        return chance.choice(NUMBERS)
    if which < 0.93:
        return chance.choice(STRANGE)
    if which < 0.97:
        return "".join(chr(chance.randrange(1, 0x3000)) for _ in range(chance.randrange(1, 30)))
    return long(chance)


def no_number(text: str) -> bool:
    """Whether a text means no number, no switch and no list, however kindly it is read."""
    return CANARY in text
