// Pure geometry compared with brute force: many points along each segment.

import assert from "node:assert/strict";
import test from "node:test";

import {
  arrow,
  clip,
  crossing,
  exits,
  headAt,
  scale,
} from "../../playground/player/js/geometry.js";
import { density, dots, lastOf, trail, trailUntil } from "../../playground/player/js/trail.js";
import { FRAME, along, close, distance, pieces, point, uniform, walk, within } from "./support.mjs";

const ROUNDED = 0.051; // an SVG path is written with one decimal

test("a scale goes there and back", () => {
  const axis = scale([-2, 6], 300, -200);
  assert.deepEqual([-2, 0, 6].map(axis.to), [300, 250, 100]);
  assert.deepEqual([300, 250, 100].map(axis.from), [-2, 0, 6]);
});

test("a segment is cut where brute force cuts it", () => {
  for (let seed = 0; seed < 60; seed++) {
    const draw = uniform(seed);
    const [ax, ay, bx, by] = Array.from({ length: 4 }, () => 230 * draw() - 50);
    const span = clip(ax, ay, bx, by, FRAME);
    const seen = along([ax, ay], [bx, by], 20000).map((place) => within(place));
    if (seen.includes(true)) {
      close(span, [seen.indexOf(true) / 20000, seen.lastIndexOf(true) / 20000], 1e-4);
    } else assert.ok(span === null || span[1] - span[0] < 1e-4);
  }
});

test("a segment along the frame is seen exactly when it is inside", () => {
  const { left, right, top, bottom } = FRAME;
  for (const [y, span] of [
    [top - 1, null],
    [top, [0, 1]],
    [bottom, [0, 1]],
    [bottom + 1, null],
  ]) {
    assert.deepEqual(clip(left, y, right, y, FRAME), span);
  }
  for (const [x, span] of [
    [left - 1, null],
    [left, [0, 1]],
    [right, [0, 1]],
    [right + 1, null],
  ]) {
    assert.deepEqual(clip(x, bottom, x, top, FRAME), span);
  }
});

test("a trail is the path inside the frame", () => {
  for (let seed = 0; seed < 8; seed++) {
    const path = walk(seed);
    const drawn = pieces(trail(path, 40, FRAME).text);
    assert.ok(drawn.flat().every((place) => within(place, ROUNDED)));
    const length = (line) => line.slice(1).reduce((sum, b, i) => sum + distance(line[i], b), 0);
    let expected = 0;
    for (let k = 0; k < 40; k++) {
      const places = along(point(path, k), point(path, k + 1), 2000);
      const share = places.filter((place) => within(place)).length / places.length;
      expected += share * distance(point(path, k), point(path, k + 1));
    }
    close(
      drawn.map(length).reduce((sum, part) => sum + part, 0),
      expected,
      3,
    );
  }
});

test("the beginning of a trail ends at the head", () => {
  const path = walk(3).map((value, i) => Math.min(Math.max(value, i % 2 ? 25 : 15), 80)); // inside
  const whole = trail(path, 40, FRAME);
  for (const t of [0, 0.4, 7, 12.75, 39.5, 40]) {
    const drawn = trailUntil(whole, path, t, FRAME);
    const head = headAt(path, 40, t);
    const k = Math.min(Math.floor(t), 39);
    const [[ax, ay], [bx, by]] = [point(path, k), point(path, k + 1)];
    close(head, [ax + (t - k) * (bx - ax), ay + (t - k) * (by - ay)]);
    if (t === 0) assert.equal(drawn, "");
    else {
      close(pieces(drawn).at(-1).at(-1), head, ROUNDED);
      assert.equal(pieces(drawn).length, 1); // the pen was never lifted: dashes run on
    }
  }
});

test("a path of one point has a head and no trail", () => {
  const path = Float64Array.of(50, 60);
  assert.deepEqual(headAt(path, 0, 5), [50, 60]);
  assert.equal(trail(path, 0, FRAME).text, "");
  assert.equal(dots(path, 0, FRAME).count, 1);
});

test("points of any size give pixels of a sane size", () => {
  const path = Float64Array.of(50, 50, 1e30, 60, -1e38, 1e38, 40, 40);
  const drawn = pieces(trail(path, 3, FRAME).text);
  assert.ok(drawn.length > 0);
  assert.ok(drawn.flat().every((place) => within(place, ROUNDED)));
});

/** Steps to places however far away and back, and between two of them, in every direction. */
function flights(far) {
  return Array.from({ length: 16 }, (_, i) => {
    const turn = (i * Math.PI) / 8 + 0.1;
    const [dx, dy] = [Math.cos(turn), Math.sin(turn)];
    const away = [60 + far * dx, 55 + far * dy];
    return { path: Float64Array.of(60, 55, ...away, 60 - far * dx, 55 - far * dy, 60, 55), dx, dy };
  });
}

test("a step from far away or far out goes where it goes, however far", () => {
  for (const far of [2e3, 1e6, 1e9, 1e20, 1e38, 1e150, 1e300]) {
    for (const { path, dx, dy } of flights(far)) {
      const drawn = pieces(trail(path, 3, FRAME).text);
      const out = crossing(60, 55, 60 + 300 * dx, 55 + 300 * dy, FRAME);
      const back = crossing(60, 55, 60 - 300 * dx, 55 - 300 * dy, FRAME);
      close(drawn[0].flat(), [60, 55, out.x, out.y], ROUNDED);
      close(drawn.at(-1).flat(), [back.x, back.y, 60, 55], ROUNDED);
      if (far <= 1e6) close(drawn[1].flat(), [out.x, out.y, back.x, back.y], 0.1);
      assert.equal(drawn.length, far <= 1e6 ? 3 : 2); // between two far away nobody knows
    }
  }
});

test("at every time of a step from far away or far out it is drawn inside the frame", () => {
  for (const far of [200, 2e3, 1e9, 1e20, 1e38, 1e150, 1e300]) {
    for (const { path } of flights(far)) {
      const whole = trail(path, 3, FRAME);
      for (const part of [0, 1e-300, 1e-30, 0.1, 0.5, 0.9, 1 - 1e-12, 1]) {
        for (const k of [0, 1, 2]) {
          const drawn = trailUntil(whole, path, k + part, FRAME);
          assert.doesNotMatch(drawn, /e|NaN|Inf/);
          const places = pieces(drawn).flat();
          assert.ok(places.every((place) => within(place, ROUNDED)));
        }
      }
    }
  }
});

test("what is no place is not drawn, and what is beside it is", () => {
  for (const none of [NaN, Infinity, -Infinity]) {
    const path = Float64Array.of(60, 55, 70, 55, 80, none, 80, 60, 90, 60);
    assert.equal(trail(path, 4, FRAME).text, "M60.0 55.0L70.0 55.0M80.0 60.0L90.0 60.0");
  }
});

test("dots are the steps inside", () => {
  const path = walk(5);
  const found = dots(path, 40, FRAME);
  const marks = (text) => text.split("M").length - 1;
  let inside = 0;
  for (let k = 0; k <= 40; k++) {
    inside += within(point(path, k)) ? 1 : 0;
    assert.equal(marks(found.text.slice(0, found.ends[k])), inside);
  }
  assert.equal(found.count, inside);
});

test("where a path left is its last way out", () => {
  for (let seed = 0; seed < 8; seed++) {
    const path = walk(seed);
    const left = exits(path, 40, FRAME);
    let last = -2; // point inside; a step that flies across the frame was never there
    for (let k = 0; k <= 40; k++) {
      if (within(point(path, k))) last = k;
      assert.equal(left[k], last === k ? -1 : last);
    }
  }
});

test("a crossing is on the border", () => {
  const { x, y, angle } = crossing(60, 50, 400, 220, FRAME);
  close([x, y, angle], [110, 75, Math.atan2(170, 340)]);
});

test("arrows of no length or no number are not drawn", () => {
  assert.equal(arrow(1, 1, 1, 1), "");
  assert.match(arrow(0, 0, 30, 0), /^M0\.0 0\.0L30\.0 0\.0/);
  assert.equal(arrow(0, 0, NaN, 1), "");
});

test("the last steps of a beginning are its end, at every time", () => {
  for (let seed = 0; seed < 40; seed++) {
    const points = walk(seed);
    const last = points.length / 2 - 1;
    const whole = trail(points, last, FRAME);
    for (const t of [0, 0.5, 7, 12.25, last]) {
      const beginning = trailUntil(whole, points, t, FRAME);
      const recent = pieces(lastOf(whole, points, beginning, t, 5)).flat();
      const all = pieces(beginning).flat();
      close(recent.slice(1).flat(), all.slice(all.length - recent.length + 1).flat());
      if (t <= 5) assert.equal(lastOf(whole, points, beginning, t, 5), beginning);
    }
  }
});

test("a line is no block, but one that goes to and fro in a small place is", () => {
  const straight = Float64Array.of(20, 30, 100, 80);
  assert.ok(density(straight, 1, FRAME, 2) < 0.1);
  const saw = (gap) =>
    Float64Array.from({ length: 80 }, (_, i) =>
      i % 2 ? 30 + 50 * ((i >> 1) % 2) : 20 + gap * (i >> 1),
    );
  assert.ok(density(saw(2), 39, FRAME, 2) > 0.8);
  assert.ok(density(saw(2), 8, FRAME, 2) > density(saw(8), 8, FRAME, 2));
  assert.equal(density(Float64Array.of(0, 0, 1, 1), 1, FRAME, 2), 0); // it is not seen
});
