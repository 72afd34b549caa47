// The heights of a map, read from its picture: the shades of a palette are steps of the height.

/**
 * @typedef {object} Heights samples from edge to edge of a window, the lowest y first
 * @property {number} across
 * @property {number} up
 * @property {Float64Array} values from 0, the lowest, to 1; not a number where nothing is
 * @property {number[]} color of the ground: red, green, blue
 * @property {number[]} opacity with which it lies on the page, from the lowest to the highest
 *
 * @typedef {{ kind: string, body: Uint8Array }} Chunk
 */

import { inflated } from "./bytes.js";

const SIGNATURE = 8; // bytes
const ROUNDS = 60; // of smoothing: terraces that are a few samples wide become slopes

/**
 * The heights of a picture; null if it is no PNG of a palette whose rows are stored as they are.
 * @param {Uint8Array} png
 * @returns {Promise<Heights | null>}
 */
export async function readHeights(png) {
  const found = chunks(png);
  const [head, palette, clear] = ["IHDR", "PLTE", "tRNS"].map((kind) => found.get(kind));
  const body = found.get("IDAT");
  if (!head || !palette || !clear || !body || head[8] !== 8 || head[9] !== 3) return null;
  const sizes = new DataView(head.buffer, head.byteOffset);
  const [across, up] = [sizes.getUint32(0), sizes.getUint32(4)];
  const rows = new Uint8Array(await inflated(body));
  const shades = new Uint8Array(across * up);
  for (let row = 0; row < up; row++) {
    const first = row * (across + 1);
    if (rows[first] !== 0) return null; // a filter
    shades.set(rows.subarray(first + 1, first + 1 + across), (up - 1 - row) * across);
  }
  const none = palette.length / 3 - 1;
  return {
    across,
    up,
    values: slopes(shades, across, up, none),
    color: [...palette.subarray(0, 3)],
    opacity: Array.from(clear.subarray(0, none), (alpha) => alpha / 255),
  };
}

/**
 * The chunks of a PNG by their kind; of several of a kind the first.
 * @param {Uint8Array} png
 */
function chunks(png) {
  /** @type {Map<string, Uint8Array>} */
  const found = new Map();
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let start = SIGNATURE; start + 12 <= png.length;) {
    const length = view.getUint32(start);
    const kind = String.fromCharCode(...png.subarray(start + 4, start + 8));
    if (!found.has(kind)) found.set(kind, png.subarray(start + 8, start + 8 + length));
    start += length + 12;
  }
  return found;
}

/**
 * The smoothest heights that have these shades: every sample may stand anywhere in its own step.
 * @param {Uint8Array} shades
 * @param {number} across
 * @param {number} up
 * @param {number} none the shade of nothing, one more than that of the highest
 */
export function slopes(shades, across, up, none) {
  const padded = across + 2; // a margin of nothing spares the loop its edges
  const at = (/** @type {number} */ i) => (Math.floor(i / across) + 1) * padded + (i % across) + 1;
  const there = new Uint8Array(padded * (up + 2));
  let heights = new Float64Array(there.length);
  const steps = new Float64Array(there.length);
  shades.forEach((shade, i) => {
    if (shade >= none) return;
    there[at(i)] = 1;
    steps[at(i)] = shade;
  });
  heights.set(steps);
  let next = heights.slice();
  for (let round = 0; round < ROUNDS; round++) {
    relax(heights, next, steps, there, padded);
    [heights, next] = [next, heights];
  }
  const top = Math.max(none - 1, 1);
  return Float64Array.from(shades, (_, i) => (there[at(i)] ? heights[at(i)] / top : NaN));
}

/**
 * One round: every height is the mean of its neighbours, as far as its step allows.
 * @param {Float64Array} heights
 * @param {Float64Array} next
 * @param {Float64Array} steps
 * @param {Uint8Array} there
 * @param {number} row the length of one
 */
function relax(heights, next, steps, there, row) {
  const out = next;
  for (let i = row; i < heights.length - row; i++) {
    if (!there[i]) continue;
    // Along each axis both neighbours or none: on an edge a slope goes on as a slope.
    const a = there[i - 1] & there[i + 1];
    const b = there[i - row] & there[i + row];
    if (!a && !b) continue;
    const sum = a * (heights[i - 1] + heights[i + 1]) + b * (heights[i - row] + heights[i + row]);
    const mean = sum / (2 * (a + b));
    out[i] = Math.min(Math.max(mean, steps[i] - 0.5), steps[i] + 0.5);
  }
}
