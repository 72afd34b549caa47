// What is said in another language: every word that a visitor reads or hears.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";

import { Bar } from "../../playground/player/js/bar.js";
import { Border } from "../../playground/player/js/border.js";
import { Cells } from "../../playground/player/js/cells.js";
import { chartsLayout } from "../../playground/player/js/chartfigure.js";
import { DecisionView } from "../../playground/player/js/decision.js";
import { FullScreen } from "../../playground/player/js/fullscreen.js";
import { Knob } from "../../playground/player/js/knob.js";
import { learn, tr, trn } from "../../playground/player/js/language.js";
import { Legend, writeFoot } from "../../playground/player/js/legend.js";
import { MapView } from "../../playground/player/js/map.js";
import { Mount } from "../../playground/player/js/mount.js";
import { Multiples } from "../../playground/player/js/multiples.js";
import { ChartNotes } from "../../playground/player/js/notes.js";
import { OffChart } from "../../playground/player/js/offchart.js";
import { panelTitles } from "../../playground/player/js/panels.js";
import { noPlotly } from "../../playground/player/js/plotly.js";
import { nameOfMark, nameOfRing } from "../../playground/player/js/ringwords.js";
import { SmallMap } from "../../playground/player/js/smallmap.js";
import { Solid } from "../../playground/player/js/solid.js";
import { ChartSwitch } from "../../playground/player/js/switch.js";
import { TurnRow } from "../../playground/player/js/turnrow.js";
import { WiringView } from "../../playground/player/js/wiring.js";
import { say, sentence, valueText } from "../../playground/player/js/words.js";
import { plainWords, PSEUDO, sheet } from "./paper.mjs";
import { FRAME } from "./support.mjs";
import "./window.mjs";

const SOURCES = new URL("../../playground/", import.meta.url);
const CALL = /(?<!function )\btrn?\(\s*/g;
const LITERAL = String.raw`"(?:\\.|[^"\\\n])*"(?:\s*\+\s*"(?:\\.|[^"\\\n])*")*`;
const ENDING = { noun: "bld", words: "bld hd", colour: "#000000" };
const FACTS = {
  ...{ param: "lr", symbol: "η", label: "btt", value: 1, ends: [1, 10], scale: "log" },
  ...{ count: 3, digits: 4, valid: [0, null, false, false], allowed: "bv 0", fan: "f" },
};
const TRACK = {
  ...{ name: "Bkp", short: "", note: "", ghost: false, last: 2, stop: null, color: "#000000" },
  ...{ dash: "solid", slot: "b", ending: ENDING, knobs: [FACTS], vectors: [], count: 3 },
  ...{ path: Float64Array.of(0, 0, 1, 1, 2, 2), hot: [], events: [] },
};
const EVENTS = [
  [1, 1, "hbt"],
  [1, 4, "hbt"],
];
const SERIES = { track: 0, name: "", dashed: false, first: 0, count: 3, y: [7, 5, 3] };
const CHART = {
  ...{ title: "Lbtt", short: "", hint: "", log: true, range: [0, 1], flags: [] },
  ...{ thresholds: [{ value: 1, label: "2/λ", id: "t" }], series: [SERIES] },
};
const SCENE = { steps: 2, startable: true, tracks: [TRACK], charts: [CHART] };
const seen = () => true;
const free = () => false;
const HOOKS = { touch() {}, turn() {}, set() {}, all() {}, chip() {}, hover() {} };

beforeEach(() => learn(null));

/** What a part of the page says when it is made and used, in English and in the other language. */
function both(part) {
  learn(null);
  const english = part().join("\n");
  learn(PSEUDO);
  return [english, part().join("\n")];
}

test("values go where the other language wants them, and in English nothing is another text", () => {
  assert.equal(tr("{} of {}", 3, 12), "3 of 12");
  assert.equal(tr("{} of {}"), "{} of {}");
  assert.equal(learn({ "{} of {}": "von {1} {0}", one: "eins", many: "viele {}" }), true);
  assert.equal(tr("{} of {}", "{}", 12), "von 12 {}");
  assert.deepEqual([trn("one", "many", 1, 1), trn("one", "many", 0, 0)], ["eins", "viele 0"]);
  assert.equal(learn({ "{} of {}": "von {1} {0}", one: "eins", many: "viele {}" }), false);
  assert.equal(tr("unknown"), "unknown");
  assert.equal(learn(null), true);
});

test("a heading keeps its capital in a sentence of another language", () => {
  assert.equal(valueText(SCENE, 0, 1), "lbtt 5");
  learn({});
  assert.equal(valueText(SCENE, 0, 1), "Lbtt 5");
});

const PARTS = {
  numbers: () => [say(NaN), say(Infinity), say(-Infinity)],
  sentence: () => [sentence(SCENE, 1, seen)],
  ring: () => [nameOfRing([1, 2], true), nameOfRing([1, 2], false)],
  marks: () =>
    ["minimum", "maximum", "saddle", "degenerate"].map((kind) => nameOfMark([1, 2, kind])),
  panels: () => [...panelTitles(), noPlotly()],
  networks: () => {
    const root = sheet();
    const learner = { facts: { training: 1, count: 2 }, classes: [0, 0] };
    const decision = Object.assign(new DecisionView(root), { learner });
    decision.count(Int8Array.of(1, 0));
    new WiringView(root);
    return [...root.read(), decision.words];
  },
  bar: () => {
    const root = sheet();
    const bar = new Bar(root, {});
    bar.mark({ steps: 9, tracks: [{ ...TRACK, events: EVENTS }] }, free);
    const paused = root.read();
    bar.show({ steps: 9, playing: true, loop: false, position: 1, speed: 1, seconds: 1 });
    return [...paused, ...root.read()];
  },
  legend: () => {
    const root = sheet();
    const legend = new Legend(root, HOOKS);
    legend.load(SCENE, (i) => i > 0, free);
    legend.show(false, () => "5");
    return root.read();
  },
  foot: () => {
    const foot = sheet();
    writeFoot(foot, SCENE);
    return foot.read();
  },
  knob: () => {
    const root = sheet();
    const knob = new Knob(root, "b", HOOKS);
    knob.show(FACTS, "Bkp", false);
    knob.number.valueAsNumber = -1;
    knob.type();
    const row = new TurnRow(HOOKS);
    row.show({ slot: "b", name: "Bkp", knobs: [FACTS] }, free);
    return [...root.read(), ...row.which.read()];
  },
  border: () => {
    const border = new Border(sheet(), TRACK, () => "5");
    const way = { exits: [-1, -2], exit: () => ({ x: 0, y: 0, angle: 0 }), view: { frame: FRAME } };
    const lines = [0, 1].flatMap((time) => {
      border.show(way, { time, x: 0, y: 0, here: false, over: true }, []);
      return border.label.read();
    });
    return lines;
  },
  charts: () => {
    const layer = sheet();
    const x = { to: Number, from: Number };
    const notes = new ChartNotes(layer, { x, steps: 2, shows: seen, color: () => "", report() {} });
    notes.annotate(CHART, FRAME, () => 50, []);
    new OffChart(layer, FRAME, false).show([{ color: "", value: 7, y: -99 }]);
    const theme = { text: "#000000", background: "#ffffff", font: "" };
    return [...layer.read(), chartsLayout(SCENE, theme, 300, 300, seen).xaxis.title.text];
  },
  switch: () => {
    const root = sheet();
    new ChartSwitch(root, free).write(SCENE, true, false);
    return root.read();
  },
  map: () => {
    const tools = (startable) => {
      const map = { picker: { startable }, plotly: { Icons: {} } };
      const { modeBarButtons, locales } = MapView.prototype.config.call(map);
      const own = modeBarButtons.flat().map(({ title }) => title ?? "");
      return [...own, ...Object.values(locales.page.dictionary)];
    };
    return [...tools(true), ...tools(false)];
  },
  cells: () => {
    const root = sheet();
    const cells = new Cells(root, root, free);
    cells.frame.parentElement = root;
    cells.place(3, 4);
    return cells.frame.read();
  },
  "small maps": () => {
    const words = [true, false].flatMap((now) => {
      const map = new SmallMap(sheet(), free);
      map.runners = { load() {} };
      map.load({ ...TRACK, value: 1 }, { title: "1", color: "", now, told: true });
      return map.box.read();
    });
    return words;
  },
  "those who listen to them": () => {
    const spoken = (time) => {
      const live = sheet();
      const shown = { live, maps: [{ words: "bld" }], playback: { clock: { steps: 3 }, time } };
      Multiples.prototype.speak.call(shown);
      return live.read();
    };
    return [...spoken(1), ...spoken(3)];
  },
  "3-D": () => {
    const host = sheet();
    const solid = new Solid(host, sheet(), { flip() {}, turned() {} });
    return [...host.read(), ...solid.button.read()];
  },
  "full screen": () => new FullScreen(sheet(), sheet(), free).button.read(),
  player: () => {
    const parentElement = sheet();
    new Mount({ parentElement }, {}, {});
    return parentElement.read();
  },
};

for (const [name, part] of Object.entries(PARTS)) {
  test(`every word is said in the other language: ${name}`, () => {
    const [english, other] = both(part);
    assert.notEqual(english, other);
    assert.deepEqual(plainWords(other), []);
  });
}

/** The code of every module, without comments, by its name. */
function modules(room) {
  const folder = new URL(`${room}/js/`, SOURCES);
  const names = readdirSync(folder).filter((name) => name.endsWith(".js"));
  return names.map((name) => {
    const source = readFileSync(new URL(name, folder), "utf8");
    const code = source.replace(/\/\*[^]*?\*\//g, "").replace(/(^| )\/\/ .*$/gm, "");
    return [name, code.replace(/^import .*$/gm, "")];
  });
}

test("whatever is to be said in the other language is a literal, or nobody would find it", () => {
  for (const [name, code] of modules("player")) {
    if (name === "language.js") continue;
    for (const { index, 0: call } of code.matchAll(CALL)) {
      const forms = call.startsWith("trn") ? `${LITERAL},\\s*${LITERAL}` : LITERAL;
      const rest = code.slice(index + call.length);
      assert.match(rest, new RegExp(`^${forms}\\s*[,)]`), `${name}: ${rest.slice(0, 60)}`);
    }
  }
});

test("no words stand in the code but those", () => {
  const known = /pgp|^[.:([]|^\(|gradient|\[|^Enter$|^Escape$|^Zoom (in|out)$/;
  const words = /^[A-Z][a-z]{2,}|[A-Za-z]{2,} [A-Za-z]{2,}/;
  const marked = new RegExp(`\\btrn?\\(\\s*(${LITERAL},?\\s*)+`, "g");
  for (const room of ["player", "ui"]) {
    for (const [name, code] of modules(room)) {
      const bare = code.replace(marked, "tr(").matchAll(/"([^"\n]*)"|`([^`]*)`/g);
      for (const [, literal, template = ""] of bare) {
        const text = literal ?? template.replace(/\$\{[^}]*\}/g, "");
        assert.ok(!words.test(text) || known.test(text), `${name}: ${text}`);
      }
    }
  }
});
