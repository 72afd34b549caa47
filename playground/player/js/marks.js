// The critical points of a ground on its landscape.

/**
 * @import { Camera } from "./camera.js"
 * @import { Ground } from "./payload.js"
 * @import { Relief } from "./relief.js"
 */

import { inside } from "./geometry.js";
import { moved, svg } from "./nodes.js";
import { WINDOW } from "./steps.js";

const SHOWN = 12; // the lowest: more are a crowd on slopes that lie behind each other

/** @type {Record<string, string>} */
export const SYMBOLS = {
  minimum: "M0-7L1.7-2.3L6.7-2.2L2.7.9L4.1 5.7L0 2.8L-4.1 5.7L-2.7.9L-6.7-2.2L-1.7-2.3Z",
  maximum: "M0-5L5 4H-5Z",
  saddle: "M-4-4L4 4M-4 4L4-4",
  degenerate: "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0-4 0Z",
};

/**
 * @param {SVGElement} layer
 * @param {Relief} relief
 * @param {Camera} camera
 * @param {Ground} ground
 */
export function drawMarks(layer, relief, camera, { marks, window: [x0, x1, y0, y1] }) {
  layer.replaceChildren();
  for (const [x, y, kind] of marks.slice(0, SHOWN)) {
    const [u, v] = [(x - x0) / (x1 - x0), (y - y0) / (y1 - y0)];
    const height = inside(u, v, WINDOW) ? relief.at(u, v) : NaN;
    if (!Number.isFinite(height)) continue;
    const look = camera.hides(relief, u, v, height) ? "pgp-mark pgp-covered" : "pgp-mark";
    const transform = moved(...camera.to(u, v, height));
    svg("path", { class: `${look} pgp-mark-${kind}`, d: SYMBOLS[kind], transform }, layer);
  }
}
