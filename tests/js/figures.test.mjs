// What Plotly is given: axes, lines, the map's picture.

import assert from "node:assert/strict";
import test from "node:test";

import { chartRange, tickRoom, ticks } from "../../playground/player/js/axes.js";
import {
  chartTraces,
  chartsLayout,
  rowFrames,
  yAxis,
} from "../../playground/player/js/chartfigure.js";
import { mapLayout, mapTraces, pathTraces } from "../../playground/player/js/mapfigure.js";
import { close } from "./support.mjs";

const THEME = { background: "#ffffff", text: "#31333f", font: "sans-serif" };
const calm = (...y) => ({ y, calm: true });
const wild = (...y) => ({ y, calm: false });

test("a chart shows all calm lines and thresholds", () => {
  const [low, high] = chartRange([calm(1, 5), calm(-2)], [9], false);
  assert.ok(low < -2 && high > 9);
});

test("a line that runs away does not flatten the others", () => {
  const [low, high] = chartRange([calm(1, 0.01), wild(1, 1e250)], [], true);
  assert.ok(low > -2.5 && low < -2);
  assert.ok(high > 2 && high < 2.5);
});

test("a log chart leaves out what has no logarithm", () => {
  close(chartRange([calm(0, -3, 10, 1000)], [], true), [1 - 0.12, 3.12]);
});

test("every chart has a range", () => {
  for (const y of [[], [7, 7], [0], [-1], [NaN], [Infinity, -Infinity]]) {
    for (const log of [false, true]) {
      for (const line of [calm(...y), wild(...y)]) {
        const [low, high] = chartRange([line], [], log);
        assert.ok(low < high && Number.isFinite(high - low));
      }
    }
  }
});

test("a long log axis is divided at whole decades, every other at 1, 2 and 5", () => {
  assert.deepEqual([30, 63, 500].map(tickRoom), [2, 2, 4]);
  assert.deepEqual(ticks([-8, 4], true).ticktext, ["10⁻⁸", "10⁻⁴", "1", "10⁴"]);
  assert.deepEqual(ticks([0, 1], true).tickvals, [1, 2, 5, 10]);
  assert.deepEqual(ticks([0.85, 0.92], true).tickvals, [7.5, 8]);
  assert.deepEqual(ticks([-8, 4], false).ticktext, ["−5", "0"]);
});

const fewNumbers = (found) =>
  found.length >= 1 && found.length <= 4 && found.every(Number.isFinite);

test("an axis has few ticks, of numbers, wherever it is", () => {
  for (const log of [false, true]) {
    for (let low = -330; low <= 330; low += 5.5) {
      for (const long of [1e-3, 0.2, 1, 7, 60, 700]) {
        assert.ok(fewNumbers(ticks([low, low + long], log).tickvals));
      }
    }
  }
});

test("a chart of numbers as large or as little as there are can be drawn", () => {
  const [most, least] = [Number.MAX_VALUE, Number.MIN_VALUE];
  for (const y of [[1, most], [least, 1], [least, most], [-most, most], [most], [-most], [least]]) {
    for (const log of [false, true]) {
      const range = chartRange([calm(...y)], [], log);
      assert.ok(range[0] < range[1] && range.every(Number.isFinite));
      assert.ok(fewNumbers(ticks(range, log).tickvals));
    }
  }
});

const series = (more) => ({ track: 0, dashed: false, first: 0, count: 3, y: [1, 2, 3], ...more });
const chart = (...lines) => ({ title: "", log: false, thresholds: [], flags: [], series: lines });
const track = (more) => ({
  name: "a",
  color: "#0072b2",
  dash: "dot",
  ghost: false,
  stop: null,
  count: 3,
  last: 2,
  path: Float64Array.of(0, 1, 2, 3, 4, 5),
  ...more,
});

test("the rows of the charts fill the height, and the domains are those rows", () => {
  const scene = { steps: 2, tracks: [track()], charts: [chart(series()), chart(series())] };
  const [width, height] = [400, 336];
  const layout = chartsLayout(scene, THEME, width, height, () => true);
  const inner = height - layout.margin.b;
  rowFrames(2, width, height).forEach(({ top, bottom }, row) => {
    const [low, high] = layout[yAxis(row)].domain;
    close([inner * (1 - high), inner * (1 - low)], [top, bottom]);
  });
  close(layout.yaxis2.domain[0], 0);
  assert.equal(layout.xaxis.anchor, "y2");
});

test("a hidden line and a track that ends early do not set the range", () => {
  const far = series({ track: 1, y: [1, 2, 9000] });
  const scene = (other) => ({ steps: 2, tracks: [track(), other], charts: [chart(series(), far)] });
  const top = (other, shows) => chartsLayout(scene(other), THEME, 400, 200, shows).yaxis.range[1];
  assert.ok(top(track(), () => true) > 9000);
  assert.ok(top(track(), (one) => one.track === 0) < 10);
  assert.ok(top(track({ stop: 2 }), () => true) < 10);
  assert.ok(top(track({ last: 1 }), () => true) < 10);
});

test("a line wears its track, what is predicted is dashed, what cannot be drawn is a gap", () => {
  const charts = [{ ...chart(series({ y: [1, 0, NaN] }), series({ dashed: true })), log: true }];
  const scene = { steps: 2, tracks: [track({ ghost: true })], charts };
  const [measured, predicted] = chartTraces(scene, THEME, () => true);
  assert.deepEqual(measured.y, [1, null, null]);
  assert.deepEqual([measured.line.color, measured.line.dash], ["#0072b2", "dot"]);
  assert.equal(predicted.line.dash, "dash");
  assert.equal(measured.opacity, 0.5);
});

const GROUND = {
  id: "abc",
  window: [-2, 2, -1, 3],
  marks: [[1, 1, "minimum"]],
  labels: ["w<sub>1</sub>", "b"],
  levels: { x: [0, 1, null], y: [0, 1, null] },
  picture: "data:image/png;base64,",
};

test("the picture covers the window, whatever part of it is shown", () => {
  const layout = mapLayout(GROUND, GROUND.window, THEME, 600, 500, "pan");
  const [{ x, y, sizex, sizey }] = layout.images;
  assert.deepEqual([x, x + sizex, y - sizey, y], GROUND.window);
  assert.deepEqual([...layout.xaxis.range, ...layout.yaxis.range], GROUND.window);
  const near = mapLayout(GROUND, [0, 1, 2, 3], THEME, 600, 500, "pan");
  assert.deepEqual(
    [near.xaxis.range, near.yaxis.range],
    [
      [0, 1],
      [2, 3],
    ],
  );
  assert.deepEqual(near.images, layout.images);
  assert.equal(layout.dragmode, "pan");
  assert.equal(layout.xaxis.title.text, "w&lt;sub>1&lt;/sub>"); // no markup
});

test("the map's traces are the level lines and the marks", () => {
  const [levels, marks] = mapTraces(GROUND, THEME);
  assert.deepEqual(levels.x, GROUND.levels.x);
  assert.deepEqual([marks.x, marks.y], [[1], [1]]);
});

test("a downloaded map shows descents so far and ghosts in full", () => {
  const [descent, ghost] = pathTraces([track(), track({ ghost: true })], 1.7);
  assert.deepEqual(
    [descent.x, descent.y],
    [
      [0, 2],
      [1, 3],
    ],
  );
  assert.deepEqual(ghost.x, [0, 2, 4]);
});
