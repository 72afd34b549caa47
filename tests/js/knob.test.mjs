// A knob: its positions, the lanes of its fan, and what a hand on it does to what comes from Python.

import assert from "node:assert/strict";
import test, { mock } from "node:test";

import { Fan, withLane } from "../../playground/player/js/fan.js";
import { parcels } from "../../playground/player/js/bytes.js";
import { Fans } from "../../playground/player/js/fans.js";
import { partsUntil, trail } from "../../playground/player/js/trail.js";
import { nearest, positions, share } from "../../playground/player/js/positions.js";
import { Turning } from "../../playground/player/js/turning.js";
import { close, FRAME, pieces } from "./support.mjs";
import "./window.mjs";

const RATE = { ends: [1e-4, 1], scale: "log", count: 5, digits: 4 };

test("positions are spaced as the parameter is declared", () => {
  close(positions(RATE), [1e-4, 1e-3, 1e-2, 1e-1, 1]);
  close(
    positions({ ends: [0, 0.999], scale: "decay", count: 4, digits: 6 }),
    [0, 0.9, 0.99, 0.999],
  );
  close(positions({ ends: [0, 1], scale: "linear", count: 3, digits: 4 }), [0, 0.5, 1]);
});

test("a value stands between the positions, and beyond them", () => {
  const values = [1, 2, 4];
  close(
    [1, 1.5, 2, 3, 4].map((value) => share(values, value)),
    [0, 0.25, 0.5, 0.75, 1],
  );
  assert.ok(share(values, 0.5) < 0 && share(values, 9) > 1);
  assert.deepEqual(
    [0, 1.1, 3.9, 9].map((value) => nearest(values, value)),
    [0, 0, 2, 2],
  );
});

/** A fan of two lanes of one step; the second leaves the numbers at once. */
function fan() {
  const arrays = new ArrayBuffer(6 * 8 + 2 * 2 + 2 * 3 * 2 + 2 * 2 * 2 + 2);
  const view = new DataView(arrays);
  [5, 7, 0, 0, 2, 1].forEach((value, i) => view.setFloat64(8 * i, value, true));
  const whole = [0, 1, ...[50, 25, 100], ...[50, 0, 0], ...[0, 10, 5, 0]];
  whole.forEach((value, i) => view.setUint16(48 + 2 * i, value, true));
  view.setUint8(48 + 2 * whole.length, 1);
  return new Fan(
    {
      ...{ id: "f", window: [0, 10, 0, 10], values: [1, 2], ticks: [], steps: 1, exact: 0 },
      ...{ near: 2, whole: 100, distances: 50, rate: 1, noLoss: 99, log: false },
      stops: [[1, 0, "gone"]],
      endings: [
        ["in progress", "It goes.", "#111111"],
        ["diverged", "It is gone.", "#222222"],
      ],
    },
    arrays,
  );
}

test("a lane is read as it was written, and ends where it does", () => {
  const [one, two] = [0, 1].map((index) => fan().lane(index));
  close([...one.path], [5, 5, 15, 5], 1e-9);
  assert.deepEqual([one.stop, one.ending.noun, one.hot], [null, "in progress", [[0, 1]]]);
  assert.deepEqual([two.path.length, two.stop, two.note], [2, 0, "gone"]);
  assert.deepEqual([one.loss.at(-1), two.loss[0]], [5, 7]); // the last of each, exactly
});

const KNOBS = [{ param: "lr", value: 1, fan: "f" }];
const NONE = { slot: "surface", knobs: [] };
const SCENE = {
  dials: NONE,
  tracks: [
    { slot: "a", name: "GD", knobs: KNOBS, vectors: [1], events: [1] },
    { slot: "b", knobs: [] },
  ],
  charts: [
    { title: "loss", series: [{ track: 0 }, { track: 1 }] },
    { title: "gauge", series: [{ track: 0, y: [1], count: 1 }] },
  ],
};

test("a scene with a lane knows of its track what the fan knows, and of the others all", () => {
  const { tracks, charts } = withLane(SCENE, 0, fan().lane(0));
  assert.deepEqual([tracks[0].vectors, tracks[0].events, tracks[0].last], [[], [], 1]);
  assert.equal(tracks[1], SCENE.tracks[1]);
  assert.equal(charts[0].series[0].count, 2);
  assert.equal(charts[0].series[1], SCENE.charts[0].series[1]);
  assert.equal(charts[1].series[0].count, 0);
});

function turning(kept, over = () => false) {
  mock.timers.enable({ apis: ["setTimeout"] });
  const [sent, shown] = [[], []];
  const fans = new Fans();
  if (kept) fans.kept.set("f", fan());
  const root = Object.assign(new EventTarget(), { matches: over });
  const hooks = {
    begin: () => {},
    preview: (slot, lane) => shown.push([slot, lane.value]),
    deliver: (turn) => sent.push(turn),
    knobs: () => [KNOB],
    back: () => shown.push("as it was"),
  };
  return { sent, shown, fans, root, turned: new Turning(root, fans, hooks) };
}

const KNOB = { slot: "a", facts: KNOBS[0], spread: () => {} };

test.afterEach(() => mock.timers.reset());

test("with its fan a knob shows its lanes and tells Python once, when it is let go", () => {
  const { sent, shown, turned } = turning(true);
  for (const value of [1, 2, 1, 2]) turned.turn(KNOB, value);
  assert.deepEqual(
    shown.map(([, value]) => value),
    [1, 2, 1, 2],
  );
  assert.deepEqual(sent, []);
  assert.equal(turned.holds(SCENE), true); // what comes meanwhile waits
  turned.set(KNOB, 2);
  assert.deepEqual(sent, [["a", "lr", 2]]);
  assert.equal(turned.holds(SCENE), true); // that is an older one
  const answer = { dials: NONE, tracks: [{ slot: "a", knobs: [{ param: "lr", value: 2 }] }] };
  assert.equal(turned.holds(answer), false);
  assert.equal(turned.busy, false);
});

test("a page at rest asks for its fans as it opens, then only for a hand that is near", () => {
  let over = false;
  const { fans, root, turned } = turning(false, () => over);
  const asks = () => {
    mock.timers.tick(1000);
    const asked = [...fans.wanted.keys()];
    fans.wanted.clear();
    return asked;
  };
  turned.settle();
  assert.deepEqual(asks(), ["f"]);
  turned.settle(); // something else was changed
  assert.deepEqual(asks(), []);
  over = true;
  root.dispatchEvent(new Event("pointerenter"));
  assert.deepEqual(asks(), ["f"]);
});

test("without its fan it asks Python, one value at a time", () => {
  const { sent, shown, turned } = turning(false);
  for (const value of [1, 2, 3]) turned.turn(KNOB, value);
  assert.deepEqual([shown, sent], [[], [["a", "lr", 1]]]);
  assert.equal(turned.holds(SCENE), false); // live as it comes
  assert.deepEqual(sent.at(-1), ["a", "lr", 3]);
});

test("a knob that is never answered lets go", () => {
  const { shown, turned } = turning(true);
  turned.turn(KNOB, 2);
  turned.set(KNOB, 2);
  mock.timers.tick(10_000);
  assert.equal(shown.at(-1), "as it was");
  assert.equal(turned.holds(SCENE), false);
});

test("fans that are wanted together are asked for together, the newest first", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const asked = [];
  const fans = new Fans();
  void fans.receive({ data: new Uint8Array(), setTriggerValue: (_, ask) => asked.push(ask) });
  const [a, b, c] = [..."abc"].map((slot) => ({ id: slot, slot, param: "lr" }));
  fans.ask(a);
  fans.ask(b);
  fans.ask(c);
  assert.deepEqual(asked, [[["a", "lr"]]]); // its answer is on its way
  mock.timers.tick(3000);
  assert.deepEqual(asked.slice(1), [
    [
      ["c", "lr"],
      ["b", "lr"],
    ],
  ]);
  mock.timers.tick(3000);
  assert.equal(asked.length, 2);
});

test("messages that come together are taken apart by their lengths", () => {
  const bytes = Uint8Array.of(9, 2, 0, 0, 0, 7, 8, 0, 0, 0, 0, 1, 0, 0, 0, 5);
  const found = parcels(bytes.subarray(1)).map((one) => [...one]);
  assert.deepEqual(found, [[7, 8], [], [5]]);
});

test("a segment from far away ends on the edge of the frame, on the right side", () => {
  const { top, bottom } = FRAME;
  for (const far of [1e3, 1e6]) {
    const text = trail(Float64Array.of(50, 40, 50, far, 50, -far), 2, FRAME).text;
    const ends = pieces(text)
      .flat()
      .map(([, y]) => y);
    close(ends, [40, bottom, bottom, top], 0.1);
  }
});

test("the marked parts of a trail are its own steps", () => {
  const points = Float64Array.of(20, 30, 30, 30, 40, 30, 50, 30, 60, 30);
  const whole = trail(points, 4, FRAME);
  assert.equal(partsUntil(whole, points, [[1, 3]], 4), "M30.0 30.0L40.0 30.0L50.0 30.0");
  assert.equal(partsUntil(whole, points, [[1, 3]], 2.5), "M30.0 30.0L40.0 30.0");
  assert.equal(
    partsUntil(
      whole,
      points,
      [
        [0, 1],
        [3, 4],
      ],
      4,
    ),
    "M20.0 30.0L30.0 30.0M50.0 30.0L60.0 30.0",
  );
});
