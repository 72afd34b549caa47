// What the tests share: a frame, walks across it, and the polylines of an SVG path.

import assert from "node:assert/strict";

export const FRAME = { left: 10, top: 20, right: 110, bottom: 90 };

/** Uniform numbers in [0, 1), the same at every run (mulberry32). */
export function uniform(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A random walk of `steps` steps through the frame and beyond: x0, y0, x1, y1, ... */
export function walk(seed, steps = 40) {
  const draw = uniform(seed);
  const points = Float64Array.of(60, 55);
  const whole = new Float64Array(2 * (steps + 1));
  for (let k = 0; k <= steps; k++) {
    whole.set(points, 2 * k);
    for (const axis of [0, 1]) points[axis] += 60 * (draw() + draw() + draw() - 1.5);
  }
  return whole;
}

/** The point k of a path. */
export const point = (path, k) => [path[2 * k], path[2 * k + 1]];

/** `parts` places along the segment a -> b, its ends included. */
export function along([ax, ay], [bx, by], parts) {
  const t = (i) => i / parts;
  return Array.from({ length: parts + 1 }, (_, i) => [
    ax + t(i) * (bx - ax),
    ay + t(i) * (by - ay),
  ]);
}

/** Whether a point is in the frame, written here once more. */
export const within = ([x, y], slack = 0) =>
  x >= FRAME.left - slack &&
  x <= FRAME.right + slack &&
  y >= FRAME.top - slack &&
  y <= FRAME.bottom + slack;

export const distance = ([ax, ay], [bx, by]) => Math.hypot(bx - ax, by - ay);

/** An SVG path of M and L as a list of polylines. */
export function pieces(text) {
  const lines = [];
  for (const [, letter, x, y] of text.matchAll(/([ML])(-?[\d.]+) (-?[\d.]+)/g)) {
    if (letter === "M") lines.push([]);
    lines.at(-1).push([Number(x), Number(y)]);
  }
  return lines;
}

/** Numbers, or lists of them, that differ by no more than `slack`. */
export function close(found, expected, slack = 1e-9) {
  const [got, wanted] = [[found].flat(), [expected].flat()];
  assert.equal(got.length, wanted.length);
  got.forEach((value, i) => {
    const right = Math.abs(value - wanted[i]) <= slack;
    assert.ok(right, `${value} is not ${wanted[i]} within ${slack}`);
  });
}
