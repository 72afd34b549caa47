// A label stands where it covers nothing, if there is such a place.

import assert from "node:assert/strict";
import test from "node:test";

import { scale } from "../../playground/player/js/geometry.js";
import { quietest } from "../../playground/player/js/quiet.js";
import { uniform } from "./support.mjs";

const [WIDE, HIGH, STEPS] = [300, 150, 100];
const X = scale([0, STEPS], 0, WIDE);

/** Places of one size, from the right to the left, above and below a line at `y`. */
function row(y, wide) {
  const places = [];
  for (let right = WIDE; right - wide >= 0; right -= 14) {
    for (const top of [y - 13, y + 3]) {
      places.push({ left: right - wide, right, top, bottom: top + 12 });
    }
  }
  return places;
}

/** Whether a curve comes into a box, looked at every tenth of a pixel. */
function covers({ first, pixels }, { left, right, top, bottom }) {
  for (let px = left; px <= right; px += 0.1) {
    const t = X.from(px) - first;
    const k = Math.floor(t);
    if (k < 0 || k + 1 >= pixels.length) continue;
    const y = pixels[k] + (t - k) * (pixels[k + 1] - pixels[k]);
    if (y >= top && y <= bottom) return true;
  }
  return false;
}

/** Curves that wander, rise steeply and have gaps. */
function wandering(draw, count) {
  return Array.from({ length: count }, () => {
    let y = HIGH * draw();
    const pixels = Array.from({ length: STEPS + 1 }, () => (y += 24 * (draw() - 0.5)));
    if (draw() < 0.3) pixels.fill(NaN, 40, 50);
    return { first: draw() < 0.3 ? 20 : 0, pixels };
  });
}

test("a label covers a curve only where every place does, and the liked come first", () => {
  const draw = uniform(4);
  let free = 0;
  for (let round = 0; round < 300; round++) {
    const places = row(HIGH * (0.2 + 0.6 * draw()), 40 + 80 * draw());
    const curves = wandering(draw, 1 + Math.floor(5 * draw()));
    const best = quietest(places, curves, X, []);
    const wide = ({ left, right, top, bottom }) => ({
      left: left - 2,
      right: right + 2,
      top: top - 2,
      bottom: bottom + 2,
    });
    const clear = places.findIndex((p) => !curves.some((curve) => covers(curve, wide(p))));
    if (clear < 0) continue;
    free += 1;
    assert.equal(curves.filter((curve) => covers(curve, places[best])).length, 0);
    assert.ok(best <= clear);
  }
  assert.ok(free > 100);
});

test("no label is written over another one while there is a place beside it", () => {
  const taken = [];
  const full = { first: 0, pixels: Array.from({ length: STEPS + 1 }, (_, k) => (k % 2) * HIGH) };
  for (let count = 0; count < 4; count++) {
    const places = row(75, 60);
    taken.push(places[quietest(places, [full], X, taken)]);
  }
  taken.forEach((a, i) =>
    taken
      .slice(i + 1)
      .forEach((b) => assert.ok(a.right <= b.left || b.right <= a.left || a.top !== b.top)),
  );
});
