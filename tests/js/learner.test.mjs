// A network in the browser: its weights arrive, it answers as written down, borders are found.

import assert from "node:assert/strict";
import test from "node:test";
import { deflateSync } from "node:zlib";

import {
  answers,
  frameAt,
  leads,
  Oracle,
  readLearner,
} from "../../playground/player/js/learner.js";
import { panelHead, places, roomForTwo, shares } from "../../playground/player/js/places.js";
import { usualLargest } from "../../playground/player/js/wiring.js";
import { zeros } from "../../playground/player/js/zeros.js";
import { close, uniform } from "./support.mjs";

const STEPS = [0, 2, 5];

/** A network of 2 inputs, 3 units and 1 output whose activation is |z|. */
function learner() {
  const draw = uniform(3);
  const weights = Float32Array.from({ length: 3 * 13 }, () => 4 * draw() - 2);
  const table = Float64Array.of(1, -1, 1, -1, 0, 1, 1, 1); // z < −1, −1 to 0, 0 to 1, above 1
  const facts = { sizes: [2, 3, 1], head: "squared", reach: 1, table: [4, 2] };
  return { facts, table, steps: Uint32Array.from(STEPS), weights };
}

test("a network answers as it is written down", () => {
  const draw = uniform(8);
  const inputs = Array.from({ length: 40 }, () => 6 * draw() - 3);
  const net = learner();
  const oracle = new Oracle(net, inputs);
  for (const time of [0, 3, 9]) {
    const { p } = frameAt(net, time);
    const found = oracle.ask(p);
    for (let i = 0; i < 20; i++) {
      const [x, y] = [inputs[2 * i], inputs[2 * i + 1]];
      let said = p[12];
      for (const j of [0, 1, 2]) {
        said += p[9 + j] * Math.abs(p[2 * j] * x + p[2 * j + 1] * y + p[6 + j]);
      }
      close(found[2 * i + 1], said);
      close(found[2 * i], 1 - said);
    }
  }
});

test("the update that is shown is the last one sent", () => {
  const net = learner();
  const shown = [0, 0.9, 1.999, 2, 4.99, 5, 400].map((time) => frameAt(net, time).step);
  assert.deepEqual(shown, [0, 0, 0, 2, 2, 5, 5]);
  assert.equal(frameAt(net, 2).p[0], net.weights[13]);
});

test("parameters arrive with the digits that are sent", async () => {
  const codes = [1.5, -0.25, 0, 1e30].map(
    (value) => new Uint32Array(Float32Array.of(value).buffer)[0] >>> 13,
  );
  const rising = [codes[0], codes[1], codes[2], codes[3], ...Array(9).fill(codes[0])];
  const planes = new Uint8Array(3 * 2 * 13);
  rising.forEach((code, j) => {
    [code, rising[0] - code].forEach((change, k) => {
      const folded = 2 * Math.abs(change) - (change < 0 ? 1 : 0);
      for (const byte of [0, 1, 2]) planes[byte * 26 + 2 * j + k] = (folded >>> (8 * byte)) & 255;
    });
  });
  const table = new Uint8Array(Float64Array.of(0, 1).buffer);
  const steps = new Uint8Array(Uint32Array.of(0, 7).buffer);
  const body = deflateSync(Buffer.concat([table, steps, planes]));
  const facts = { sizes: [2, 3, 1], head: "squared", table: [1, 2], count: 0, steps: 2 };
  const read = await readLearner(facts, body);
  const half = (value) => Math.abs(value) / 2 ** 10;
  [1.5, -0.25, 0, 1e30].forEach((value, j) => close(read.weights[j], value, half(value)));
  assert.deepEqual(Array.from(read.weights.subarray(13)), Array(13).fill(1.5));
});

test("a class leads by what it has above the best of the others", () => {
  const scores = Float64Array.of(0.2, 0.5, 0.3, 0.4, 0.4, 0.2, NaN, 1, 0);
  const [first, second, third] = leads(scores, 3);
  close(Array.from(first.subarray(0, 2)), [-0.3, 0]);
  close(Array.from(second.subarray(0, 2)), [0.2, 0]);
  close(Array.from(third.subarray(0, 2)), [-0.2, -0.2]);
  assert.deepEqual(Array.from(answers(scores, 3)), [1, 0, -1]);
});

test("the border lies where the values are 0, and nowhere without a number", () => {
  const columns = 9;
  const circle = Float64Array.from({ length: columns * columns }, (_, i) => {
    const [x, y] = [i % columns, Math.floor(i / columns)];
    return Math.hypot(x - 4, y - 4) - 2.5;
  });
  const ends = zeros(circle, columns);
  assert.ok(ends.length > 40 && ends.length % 4 === 0);
  for (let i = 0; i < ends.length; i += 2)
    close(Math.hypot(ends[i] - 4, ends[i + 1] - 4), 2.5, 0.1);
  assert.deepEqual(zeros(Float64Array.of(1, -1, NaN, 1), 2), []);
  assert.deepEqual(zeros(new Float64Array(9).fill(1), 3), []);
  assert.equal(zeros(Float64Array.of(1, -1, -1, 1), 2).length, 8); // a saddle
});

test("the usual largest weight is none of an explosion, and never 0", () => {
  const steps = Uint32Array.of(0, 1, 2);
  assert.equal(usualLargest({ steps, weights: Float32Array.of(1, -2, 0, 3, 1e30, 0) }), 3);
  assert.equal(usualLargest({ steps, weights: new Float32Array(6) }), 1);
});

test("in full screen what stands below the map is in the window with it", () => {
  for (const [width, height] of [
    [309, 330],
    [560, 900],
    [776, 280],
  ]) {
    for (const aspect of [0.4, 1, 1.6, 5]) {
      const room = { width, height, tallest: Infinity, charts: 4, aspect, full: true };
      const { mapHeight, mapWidth, below, wide } = places(room);
      assert.ok(mapWidth <= width && mapHeight <= height);
      assert.equal(below === null, wide);
      if (below !== null) assert.ok(below >= 140 && mapHeight + below <= height, `${below}`);
    }
  }
});

test("chart and panel share what is beside the map, and stand alone where it is low", () => {
  for (let width = 320; width < 2000; width += 31) {
    for (const height of [100, 400, 700]) {
      for (const aspect of [0.3, 1, 1.6]) {
        const box = places({ width, height, tallest: 560, charts: 4, aspect: 1.4 });
        const two = roomForTwo(box, true);
        const beside = box.wide ? box.mapHeight : null;
        const { panelHeight, chartsHeight } = shares(beside, box.sideWidth, two, aspect);
        const room = panelHeight - panelHead(box.sideWidth);
        assert.ok(room > 60 && room <= Math.ceil(box.sideWidth / aspect), `${width} ${room}`);
        if (box.wide) assert.equal(panelHeight + chartsHeight, box.mapHeight);
        if (two) assert.ok(chartsHeight > 120, `${chartsHeight}`);
      }
    }
  }
});
