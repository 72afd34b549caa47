// Filling: every pixel whose middle is inside, once, and the block as the camera sees it.

import assert from "node:assert/strict";
import test from "node:test";

import { Camera } from "../../playground/player/js/camera.js";
import { paintBlock } from "../../playground/player/js/painting.js";
import { Raster, packed } from "../../playground/player/js/raster.js";
import { Relief } from "../../playground/player/js/relief.js";
import { FRAME, uniform } from "./support.mjs";

const THEME = { background: "#ffffff", text: "#31333f", font: "serif" };
const LOOK = { color: [70, 104, 158], opacity: [0, 0.2, 0.4] };

test("a triangle covers the pixels whose middles it holds", () => {
  const draw = uniform(7);
  for (let trial = 0; trial < 60; trial++) {
    const corners = Array.from({ length: 6 }, () => 50 * draw() - 10);
    const [ax, ay, bx, by, cx, cy] = corners;
    const raster = new Raster(30, 25);
    raster.fill(corners, [0, 1, 2], 5);
    const side = (px, py, qx, qy, x, y) => Math.sign((qx - px) * (y - py) - (qy - py) * (x - px));
    raster.pixels.forEach((color, k) => {
      const [x, y] = [(k % 30) + 0.5, Math.floor(k / 30) + 0.5];
      const sides = [
        side(ax, ay, bx, by, x, y),
        side(bx, by, cx, cy, x, y),
        side(cx, cy, ax, ay, x, y),
      ];
      assert.equal(color === 5, Math.abs(sides[0] + sides[1] + sides[2]) === 3, `${k}`);
    });
  }
});

test("two triangles with an edge in common share no pixel and leave none out", () => {
  const draw = uniform(3);
  for (let trial = 0; trial < 60; trial++) {
    const [p, q] = [
      [30 * draw(), 0],
      [30 * draw(), 25],
    ];
    const count = (x) => {
      const raster = new Raster(30, 25);
      raster.fill([...p, ...q, x, 25, x, 0], [0, 1, 2, 3], 1);
      return raster.pixels.reduce((sum, color) => sum + color, 0);
    };
    assert.equal(count(0) + count(30), 30 * 25);
  }
});

test("a color is kept as its bytes", () => {
  const raster = new Raster(1, 1);
  raster.fill([0, 0, 2, 0, 0, 2], [0, 1, 2], packed([1, 2.4, 250]));
  assert.deepEqual([...raster.bytes], [1, 2, 250, 255]);
});

/** How many pixels of a landscape are painted, and in how many colors. */
function painted(height, theme = THEME) {
  const side = 65;
  const values = Float64Array.from({ length: side * side }, (_, i) =>
    height((i % side) / (side - 1), Math.floor(i / side) / (side - 1)),
  );
  const relief = new Relief({ across: side, up: side, values, ...LOOK });
  const camera = new Camera(30, 40, 1, FRAME);
  const { pixels } = paintBlock(relief, camera, theme, 120, 110, 1);
  const seen = [...pixels].filter(Boolean);
  return { count: seen.length, colors: new Set(seen).size };
}

test("nothing is painted where nothing is, and a slope has more shades than a plane", () => {
  assert.deepEqual(
    painted(() => NaN),
    { count: 0, colors: 0 },
  );
  const [plane, half, bowl] = [
    painted(() => 0.3),
    painted((u) => (u > 0.5 ? NaN : 0.3)),
    painted((u, v) => 2 * ((u - 0.5) ** 2 + (v - 0.5) ** 2)),
  ];
  assert.equal(plane.colors, 2); // and the sides
  assert.ok(half.count < 0.75 * plane.count);
  assert.ok(bowl.colors > 50);
});

test("on a dark page the block is lighter than the page", () => {
  const dark = painted(() => 0, { ...THEME, background: "#0e1117", text: "#fafafa" });
  assert.ok(dark.colors === 2 && dark.count > 1000);
});
