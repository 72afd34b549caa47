"""Evaluates the few LaTeX constructions in which the update rules are written."""

import math
import re

CASES = re.compile(r"\\begin\{cases\}(.*?)\\end\{cases\}")


def _argument(text: str, at: int) -> tuple[str, int]:
    """What stands in the braces that open at `at`, and where the text goes on."""
    depth = 0
    for i in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[i], 0)
        if depth == 0:
            return text[at + 1 : i], i + 1
    raise ValueError(f"braces do not close in {text!r}")


def _python(text: str) -> str:
    text = CASES.sub(lambda m: _pick(m[1]), text)
    while (at := text.find(r"\frac{")) >= 0:
        top, middle = _argument(text, at + 5)
        bottom, end = _argument(text, middle)
        text = f"{text[:at]}(({top})/({bottom})){text[end:]}"
    while (at := text.find(r"\sqrt{")) >= 0:
        inside, end = _argument(text, at + 5)
        text = f"{text[:at]}sqrt({inside}){text[end:]}"
    while (at := text.find("^{")) >= 0:
        inside, end = _argument(text, at + 1)
        text = f"{text[:at]}**({inside}){text[end:]}"
    text = re.sub(r"\|(.*?)\|", r"abs(\1)", text).replace("^2", "**2")
    text = text.replace(r"\tfrac12", "0.5").replace(r"\cdot", "*")
    text = re.sub(r"\\operatorname\{sign\}", "sign", text)
    text = text.replace(r"\max", "max").replace(r"\min", "min")
    text = re.sub(r"(\d)\s+\(", r"\1*(", text)
    return re.sub(r"\)\s*(?=\(|sign|sqrt)", ")*", text)  # what stands side by side is multiplied


def _pick(rows: str) -> str:
    choice = "nan"
    for row in reversed(rows.split(r"\\")):
        value, condition = row.split("&")
        condition = condition.replace("=", "==")
        holds = "True" if "otherwise" in condition else condition
        choice = f"(({value}) if ({holds}) else ({choice}))"
    return choice


def evaluate(text: str) -> float:
    """The number that a formula without letters stands for."""
    names = {
        "sqrt": lambda x: math.sqrt(x) if x >= 0 else math.nan,
        "sign": lambda x: (x > 0) - (x < 0),
        "nan": math.nan,
        "max": max,
        "min": min,
        "abs": abs,
    }
    return eval(_python(text), {"__builtins__": {}, **names})
