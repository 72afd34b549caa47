"""Rows about words, numbers and pictures that contradict each other."""

from __future__ import annotations

import json
import re
import zlib

import numpy as np

import playground as pg
from playground.player import Chart
from playground.player.scene import pack_scene
from playground.topics.race import SCENES, Race
from playground.topics.race.race import race_of
from playground.words import number as number_in_words
from tests.oracles.reported.rows import Answer, Said, add, case, row
from tests.oracles.truth.reading import VALUE, number
from tests.oracles.truth.setting import Setting, setting_of


def to_go(setting: Setting) -> Answer:
    """“a to go of b”: a is what is left, b what was to go at first."""
    said, facts = Said(setting), Said(setting).facts
    left = facts.distance
    whole = float(np.hypot(*(facts.x[0] - facts.rest.x))) if facts.rest else np.nan
    made = float(np.hypot(*(facts.end - facts.x[0])))
    faults = []
    for a, b in re.findall(rf"({VALUE}) to go of (?:a way of )?({VALUE})", said.text):
        rest, of = number(a), number(b)
        if rest > of:
            faults.append(f"more to go ({a}) than there was ({b})")
        if not any(np.isclose(of, w, rtol=0.1) for w in (whole, made + left)):
            faults.append(f"“of {b}”: at first {whole:.3g} were to go, {made:.3g} are made")
    return said.answer(faults)


GD = pg.GradientDescent
add("U1", "Rosenbrock, GD(0.001)", to_go, case(pg.Rosenbrock(), GD(lr=0.001), None, 1000))
add("U1a", "Himmelblau, Adam", to_go, case(pg.Himmelblau(), pg.Adam(lr=0.01), (0, 0), 100))
add("U1b", "Rosenbrock, Momentum", to_go, case(pg.Rosenbrock(), pg.Momentum(lr=0.0005), None, 200))
add("U1c", "Canyon", to_go, case(pg.Canyon(), GD(lr=0.05), (-6, 1), 300))


def told_by_the_player(chart: Chart) -> list[np.ndarray]:
    """The values of a chart as they arrive in the browser, read from the message itself."""
    message = zlib.decompress(pack_scene([], [chart], {"steps": 1}))
    size = int.from_bytes(message[:4], "little")
    header = json.loads(message[4 : 4 + size])["charts"][0]
    planes = np.frombuffer(message, np.uint8, offset=4 + size).reshape(4, -1)
    words = planes.T.copy().view("<u4").ravel()
    for lane in (words[::2], words[1::2]):  # differences to the word before the last
        lane[:] = np.cumsum(lane, dtype=np.uint32)
    kind, at, values = np.dtype("<f8" if header["wide"] else "<f4"), 0, []
    for series in header["series"]:
        sent = np.frombuffer(words.tobytes(), kind, series["count"], at).astype(float)
        at += sent.size * kind.itemsize
        values.append(10.0**sent if header["log"] else sent)
    return values


def loss_of(race: Race) -> Answer:
    """The first chart tells the loss: above the lowest minimum where there is one, never less."""
    from playground.topics.race import stage

    runs = race.runs()
    chart = stage.charts(race, runs)[0]
    faults, says = [], []
    for (slot, run), sent in zip(runs.items(), told_by_the_player(chart), strict=True):
        lowest = race.surface.lowest()
        true = run.f[: run.finite] - (lowest if np.isfinite(lowest) else 0.0)
        rounding = 1e-12 * (1 + np.abs(run.f[: run.finite]).max())
        says.append(f"{slot}: {chart.title.lower()} {number_in_words(sent[run.finite - 1])}")
        if not np.allclose(sent[: run.finite], true, rtol=1e-5, atol=rounding):
            faults.append(f"{says[-1]}, it is {true[-1]:.6g}")
    return Answer("; ".join(says), tuple(faults))


add("U2", "scene A poor local minimum: its excess loss", loss_of, SCENES["local-minimum"].race)
add("U2a", "scene The catapult: its excess loss", loss_of, SCENES["catapult"].race)
for _i, _surface in enumerate((pg.Himmelblau(), pg.Bowl(), pg.StyblinskiTang(), pg.Rosenbrock())):
    _race = race_of(_surface, [pg.Newton(lr=1.0, damping=1e-3)], 200)
    add(f"U2{'bcde'[_i]}", f"{type(_surface).__name__}, Newton: the excess loss", loss_of, _race)
for _i, _surface in enumerate((pg.MonkeySaddle(), pg.Saddle(), pg.QuarticSaddle())):
    _race = race_of(_surface, [pg.Momentum(lr=0.1), GD(lr=0.5)], 400)
    add(f"U11{' ab'[_i].strip()}", f"{type(_surface).__name__}, Momentum: the loss", loss_of, _race)


@row("U4", "scene Warm-up: the words of the scene and of the verdicts")
def warm_up() -> Answer:
    """A run that the scene sends into the wrong valley is not simply at the lowest minimum."""
    scene = SCENES["warm-up"]
    runs = scene.race.runs()
    valley = scene.race.begin[0] > 0
    verdicts = {slot: pg.diagnose(run).verdict for slot, run in runs.items()}
    faults = [
        f"{slot} ends in the wrong valley: “{verdicts[slot][:60]}”"
        for slot, run in runs.items()
        if "wrong valley" in scene.watch
        and (run.x[-1, 0] > 0) != valley
        and "the lowest minimum" in verdicts[slot]
    ]
    return Answer(scene.watch, tuple(faults))


PHENOMENA = {
    "saddle": r"saddle",
    "catapult": r"flatter|catapult|sharp|thrown|too large",
    "too-large": r"bounc|oscillat",
    "staircase": r"shelf|plateau|coast|down",
}
"""Scene → what its first runner is told, in any wording."""


def phenomenon(slug: str, words: str) -> Answer:
    """The phenomenon of a scene is a finding of the run that it was made for."""
    run = next(iter(SCENES[slug].race.runs().values()))
    diagnosis = pg.diagnose(run)
    told = " ".join([*diagnosis.labels, *(f.sentence for f in diagnosis.findings)])
    faults = () if re.search(words, told) else (f"nothing of “{SCENES[slug].title}” is said",)
    return Answer(f"{' '.join(diagnosis.labels)}: {diagnosis.verdict}", faults)


for _i, (_slug, _words) in enumerate(PHENOMENA.items()):
    add("U6" + " abc"[_i].strip(), f"scene {_slug}", phenomenon, _slug, _words)


@row("F61", "the exported animation has a loss panel that shows the loss")
def animation() -> Answer:
    """On a logarithmic axis all values are positive, or the axis is linear."""
    faults = []
    for surface in (pg.StyblinskiTang(), pg.SixHumpCamel(), pg.TwoValleys()):
        run = pg.simulate(surface, GD(lr=0.01), steps=60)
        figure = pg.figures.animate([run], ["one"])
        layout = figure.layout.to_plotly_json()
        axes = {k: v for k, v in layout.items() if k.startswith("yaxis")}
        log = {k.replace("axis", "") for k, v in axes.items() if v.get("type") == "log"}
        for trace in figure.data:
            if (trace.yaxis or "y") in log and trace.y is not None:
                values = np.array(trace.y, dtype=float)
                lost = float((values[np.isfinite(values)] <= 0).mean())
                if lost > 0.05:
                    faults.append(f"{surface!r}: {lost:.0%} of {trace.name} cannot be drawn")
    return Answer("loss panels of three surfaces with negative loss", tuple(faults))


@row("L1", "NAdam's limit that is drawn is that of the run's length")
def drawn_limit() -> Answer:
    """2(1+β₁)/(1+β₁−2μβ₁) with μ = β₁(1 − ½·0.96^(tψ)): between 3.4 and 3.7 after 400 steps."""
    from playground.topics.race import stage

    faults, says = [], []
    for steps in (100, 400, 2000):
        rule = pg.NAdam(lr=0.05)
        race = race_of(pg.Bowl(), [rule], steps)
        runs = race.runs()
        share = float(stage.gauge(race, runs).series[0].y[0])  # of the limit, which is drawn at 1
        lines = [float(pg.theory.sharpness(runs["a"])[0]) / share]
        mu = 0.9 * (1 - 0.5 * 0.96 ** (steps * rule.momentum_decay))
        true = 2 * 1.9 / (1.9 - 2 * mu * 0.9)
        says.append(f"{steps} steps: drawn {lines}, true {true:.3g}")
        if not any(np.isclose(line, true, rtol=0.05) for line in lines):
            faults.append(says[-1])
    return Answer("; ".join(says), tuple(faults))


@row("U5a", "scene Shelves: the runner that runs down for ever is no failure")
def shelves() -> Answer:
    runs = list(SCENES["staircase"].race.runs().values())
    said = Said(setting_of(runs[1]))
    return said.answer(said.neutral(), said.offers_nothing())
