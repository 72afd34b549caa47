// The landscape: read from a picture, looked at through a camera, and what it hides.

import assert from "node:assert/strict";
import test from "node:test";

import { Camera, FLOOR } from "../../playground/player/js/camera.js";
import { FlatView } from "../../playground/player/js/flatview.js";
import { scale } from "../../playground/player/js/geometry.js";
import { readHeights, slopes } from "../../playground/player/js/heights.js";
import { Relief, linePieces } from "../../playground/player/js/relief.js";
import { SolidView } from "../../playground/player/js/solidview.js";
import { standpoint } from "../../playground/player/js/standpoint.js";
import { FRAME, close, distance, pieces, uniform } from "./support.mjs";

const LOOK = { color: [70, 104, 158], opacity: [0, 0.2, 0.4] };
const SIDE = 65;
const WINDOW = [-2, 2, -1, 1];
const STANDS = [0, 30, 95, 200, 333].flatMap((turn) => [18, 40, 84].map((tilt) => [turn, tilt]));

/** The landscape of a function of u and v. */
function landscape(height) {
  const values = Float64Array.from({ length: SIDE * SIDE }, (_, i) =>
    height((i % SIDE) / (SIDE - 1), Math.floor(i / SIDE) / (SIDE - 1)),
  );
  return new Relief({ across: SIDE, up: SIDE, values, ...LOOK });
}

const bowl = landscape((u, v) => 4 * (v - 0.5) ** 2);
const hills = landscape((u, v) => 0.5 + 0.25 * (Math.sin(9 * u) + Math.cos(7 * v)));

test("a camera sees in the direction of its eye one pixel, and the same length everywhere", () => {
  for (const [turn, tilt] of STANDS) {
    const camera = new Camera(turn, tilt, 2, FRAME);
    const [du, dv, rise] = camera.eye;
    close(camera.to(0.3 + du, 0.6 + dv, 0.2 + rise), camera.to(0.3, 0.6, 0.2), 1e-6);
    const across = (u, v, height) =>
      distance(camera.to(u, v, height), camera.to(u + 0.25, v + 0.1, height + 0.3));
    close(across(0.1, 0.2, 0.5), across(0.7, 0.8, 0.1), 1e-9);
  }
});

test("from above the plane is the map: right is right, and a right angle is one", () => {
  const camera = new Camera(0, 84, 2, FRAME);
  const [[x0, y0], [x1, y1], [x2, y2]] = [
    camera.to(0, 0, FLOOR),
    camera.to(1, 0, FLOOR),
    camera.to(0, 1, FLOOR),
  ];
  assert.ok(x1 > x0 && Math.abs(y1 - y0) < 1e-9);
  assert.ok(y2 < y0 && Math.abs(x2 - x0) < 1e-9);
  close((x1 - x0) / (y0 - y2), 2 / Math.sin((84 * Math.PI) / 180), 1e-9);
});

test("the whole block is in the frame, however it is turned", () => {
  for (const [turn, tilt] of STANDS) {
    const camera = new Camera(turn, tilt, 0.7, FRAME);
    for (const corner of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const [x, y] = camera.to(corner & 1, (corner >> 1) & 1, corner & 4 ? 1 : FLOOR);
      assert.ok(x > FRAME.left - 1e-6 && x < FRAME.right + 1e-6);
      assert.ok(y > FRAME.top - 1e-6 && y < FRAME.bottom + 1e-6);
    }
  }
});

test("a camera turns without end and tilts between two ends", () => {
  assert.equal(new Camera(-30, 40, 1, FRAME).turn, 330);
  assert.equal(new Camera(0, 500, 1, FRAME).tilt, new Camera(0, 84, 1, FRAME).tilt);
  assert.equal(new Camera(0, -500, 1, FRAME).tilt, new Camera(0, 18, 1, FRAME).tilt);
});

test("what is hidden is what lies behind the surface on the way to the eye", () => {
  const draw = uniform(5);
  for (const [turn, tilt] of STANDS) {
    const camera = new Camera(turn, tilt, 1.5, FRAME);
    for (let trial = 0; trial < 200; trial++) {
      const [u, v] = [draw(), draw()];
      const height = hills.at(u, v) + 0.3 * (draw() - 0.3);
      let over = -Infinity; // how far the surface rises above the way
      for (let s = 0; s < 4; s += 0.0005) {
        const [x, y, z] = [u, v, height].map((start, axis) => start + s * camera.eye[axis]);
        if (z > 1 || Math.min(x, y) < 0 || Math.max(x, y) > 1) break;
        over = Math.max(over, hills.at(x, y) - z);
      }
      if (Math.abs(over - 0.006) < 0.004) continue; // it grazes
      assert.equal(camera.hides(hills, u, v, height), over > 0.006, `${turn} ${tilt} ${u} ${v}`);
    }
  }
});

test("what is above all, or behind a hole, is hidden by nothing", () => {
  const hole = landscape((u, v) => (v < 0.6 ? NaN : 0.1));
  const camera = new Camera(0, 30, 1, FRAME);
  assert.equal(camera.hides(hole, 0.5, 0.7, 0.1), false);
  assert.equal(camera.hides(hills, 0.5, 0.5, 1), false);
  assert.equal(camera.hides(hills, 0.5, 0.5, hills.at(0.5, 0.5) - 0.1), true); // below it
});

test("heights stay in their own step, slopes become even and nothing stays nothing", () => {
  const across = 60;
  const shades = Uint8Array.from({ length: across * 20 }, (_, i) => Math.round((i % across) / 6));
  shades[7] = 11;
  const found = slopes(shades, across, 20, 11);
  assert.ok(Number.isNaN(found[7]));
  shades.forEach((shade, i) => i === 7 || assert.ok(Math.abs(10 * found[i] - shade) <= 0.5));
  for (let i = 615; i < 645; i++) close(found[i] - found[i - 1], 1 / 60, 0.004);
});

test("a picture without a palette has no heights", async () => {
  assert.equal(await readHeights(new Uint8Array(0)), null);
  const other = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  assert.equal(await readHeights(new Uint8Array(other)), null);
});

test("cells are drawn that have three corners", () => {
  const holed = landscape((u, v) => (u > 0.6 && v > 0.6 ? NaN : u));
  assert.equal(holed.corners(0, 0).length, 4);
  assert.equal(holed.corners(38, 38).length, 3);
  assert.equal(holed.corners(60, 60).length, 0);
  assert.ok(Number.isNaN(holed.at(0.9, 0.9)));
  close(holed.at(0.31, 0.5), 0.31, 1e-12);
});

test("a level line is cut into pieces no longer than a cell", () => {
  const levels = { x: [-2, 2, null, 0, 0], y: [-1, 1, null, 0, 0.1] };
  const found = linePieces({ levels, window: WINDOW });
  for (let k = 0; k < found.length; k += 4) {
    const [u, v, s, t] = found.subarray(k, k + 4);
    assert.ok(Math.hypot(s - u, t - v) <= 1 / 64 + 1e-12);
  }
  close([...found.subarray(0, 2), ...found.subarray(-2)], [0, 0, 0.5, 0.55], 1e-12);
});

test("the first look is along the valley, sees the minimum, and has the start in front", () => {
  for (const [valley, across] of [
    [bowl, false],
    [landscape((u) => 4 * (u - 0.5) ** 2), true],
  ]) {
    for (const start of [across ? [0.5, 0.1] : [0.1, 0.5], across ? [0.5, 0.9] : [0.9, 0.5]]) {
      const camera = standpoint(valley, 1, FRAME, { start, minima: [[0.5, 0.5]] });
      assert.equal(camera.hides(valley, 0.5, 0.5, 0), false);
      const away = [
        Math.sin((camera.turn * Math.PI) / 180),
        Math.cos((camera.turn * Math.PI) / 180),
      ];
      assert.ok(Math.abs(away[across ? 1 : 0]) > 0.7, `${camera.turn}`);
    }
  }
});

test("a landscape of nothing can be looked at", () => {
  const nothing = landscape(() => NaN);
  assert.ok(standpoint(nothing, 1, FRAME, { start: [0.5, 0.5], minima: [] }) instanceof Camera);
});

/** A view of the hills, and a walk over them that leaves the window. */
function walked(steps = 30, seed = 2, relief = hills) {
  const draw = uniform(seed);
  const path = new Float64Array(2 * (steps + 1));
  for (let k = 1; k <= steps; k++) {
    for (const axis of [0, 1]) path[2 * k + axis] = path[2 * k - 2 + axis] + draw() - 0.47;
  }
  const [x0, x1, y0, y1] = WINDOW;
  const flat = new FlatView(FRAME, scale([x0, x1], 10, 100), scale([y0, y1], 90, -70));
  const camera = new Camera(40, 35, 2, FRAME);
  const view = new SolidView(relief, camera, WINDOW, flat, FRAME);
  return { view, flat, track: { path, last: steps, count: steps + 1, stop: null } };
}

test("a path has the points in 3-D that it has on the map", () => {
  for (let seed = 0; seed < 6; seed++) {
    const { view, flat, track } = walked(30, seed);
    for (const time of [0.5, 7, 12.3, 30]) {
      const count = (text) => pieces(text).flat().length;
      assert.equal(count(view.way(track).whole(time)), count(flat.way(track).until(time)));
    }
  }
});

test("a path ends at its head, and where nothing is in front all of it is drawn in full", () => {
  const { view, track } = walked();
  const way = view.way(track);
  for (const time of [0.4, 3, 8.6, 12]) {
    const head = way.head(time);
    const last = pieces(way.whole(time)).at(-1)?.at(-1);
    if (head.here && last) assert.ok(distance(last, [head.x, head.y]) < 0.1, String(time));
  }
  const above = new Camera(40, 84, 2, FRAME);
  const plain = landscape(() => 0.3);
  const open = new SolidView(plain, above, WINDOW, view.flat, FRAME).way(track);
  assert.equal(open.until(track.last), open.whole(track.last));
});

test("where a path leaves, the arrow stands on the border of the block", () => {
  const { view, track } = walked(30, 3);
  const way = view.way(track);
  const step = way.exits.findIndex((segment) => segment >= 0);
  assert.ok(step > 0);
  const { x, y } = way.exit(way.exits[step], step);
  const ends = pieces(way.whole(step)).at(-1).at(-1);
  assert.ok(distance([x, y], ends) < 0.2);
  assert.equal(way.head(step).here, false);
});

test("beside a pole, where no height is known, the path is drawn all the same", () => {
  const holed = landscape((u, v) => (Math.hypot(u - 0.5, v - 0.5) < 0.2 ? NaN : 0.5));
  const { view, track } = walked(12, 2, holed);
  const text = view.way(track).whole(12);
  assert.ok(pieces(text).flat().flat().every(Number.isFinite));
  assert.ok(!text.includes("NaN"));
});
