// The floor below a landscape: its edges, and the numbers of both axes at those that are in front.

/**
 * @import { Camera } from "./camera.js"
 * @import { Ground } from "./payload.js"
 * @typedef {[number, number]} Pixel
 */

import { ticks } from "./axes.js";
import { FLOOR } from "./camera.js";
import { spot } from "./geometry.js";
import { svg } from "./nodes.js";

const TICK = 0.018; // of the window
const NUMBER = 0.055;
const MOST_NUMBERS = 6;
const TITLE = 0.15;
const APART = { across: 30, down: 13 }; // pixels between two numbers, along one of both
const CORNER = 0.07; // of an edge, beside the other axis
const LONG = 8; // letters: a name that is longer is written where it has room

/**
 * @param {SVGElement} layer
 * @param {Camera} camera
 * @param {Ground} ground
 */
export function drawFloor(layer, camera, { window: [x0, x1, y0, y1], labels }) {
  layer.replaceChildren();
  const front = camera.eye.map((part) => (part > 0 ? 1 : 0));
  /** @type {(axis: number, along: number, out?: number) => Pixel} */
  const pixel = (axis, along, out = 0) => {
    const beside = front[1 - axis] + (front[1 - axis] ? out : -out);
    return axis ? camera.to(beside, along, FLOOR) : camera.to(along, beside, FLOOR);
  };
  const corners = [0, 1].map((axis) => `M${spot(...pixel(axis, 0))}L${spot(...pixel(axis, 1))}`);
  svg("path", { d: corners.join(""), class: "pgp-floor" }, layer);
  for (const [axis, low, high] of [
    [0, x0, x1],
    [1, y0, y1],
  ]) {
    drawAxis(layer, axis, [low, high], front[axis], (along, out) => pixel(axis, along, out));
    write(layer, labels[axis], pixel(axis, 0.5), pixel(axis, 0.5, TITLE), "pgp-axis-name");
  }
}

/**
 * @param {SVGElement} layer
 * @param {number} axis
 * @param {number[]} ends
 * @param {number} corner the end of the edge that the other axis begins at
 * @param {(along: number, out: number) => Pixel} pixel
 */
function drawAxis(layer, axis, [low, high], corner, pixel) {
  const { tickvals, ticktext } = ticks([low, high], false, MOST_NUMBERS);
  /** @type {Pixel | null} */
  let before = null;
  tickvals.forEach((value, k) => {
    const along = (value - low) / (high - low);
    if (Math.abs(along - corner) < CORNER) return;
    const [edge, end, place] = [0, TICK, NUMBER].map((out) => pixel(along, out));
    const near = before && [0, 1].map((i) => Math.abs(place[i] - /** @type {Pixel} */ (before)[i]));
    if (near && near[0] < APART.across && near[1] < APART.down) return;
    before = place;
    svg("path", { d: `M${spot(...edge)}L${spot(...end)}`, class: "pgp-floor" }, layer);
    write(layer, ticktext[k], edge, place, "pgp-muted");
  });
}

/**
 * Write a text beside an edge.
 * @param {SVGElement} layer
 * @param {string} text
 * @param {Pixel} edge
 * @param {Pixel} place
 * @param {string} look
 */
function write(layer, text, edge, place, look) {
  const [dx, dy] = [place[0] - edge[0], place[1] - edge[1]];
  const side = Math.abs(dx) < 0.5 * Math.abs(dy) ? "middle" : dx > 0 ? "start" : "end";
  const [x, y] = [place[0].toFixed(1), (place[1] + 4).toFixed(1)];
  svg(
    "text",
    { class: look, x, y, "text-anchor": text.length > LONG ? "middle" : side, text },
    layer,
  );
}
