// The landscape of a ground: a mesh of heights, and the level lines on it.
// Places are shares of the window: u to the right, v up, both from 0 to 1; heights as well.

/**
 * @import { Heights } from "./heights.js"
 * @import { Ground } from "./payload.js"
 */

export const CELLS = 64; // along each side
export const DRAWN = 3; // corners that a cell must have

/** The surface as it is drawn: flat between the nodes of a mesh. */
export class Relief {
  /** @param {Heights} heights */
  constructor(heights) {
    const side = CELLS + 1;
    this.color = heights.color;
    this.opacity = heights.opacity;
    this.nodes = Float64Array.from({ length: side * side }, (_, i) =>
      sample(heights, (i % side) / CELLS, Math.floor(i / side) / CELLS),
    );
  }

  /**
   * A node; not a number where nothing is.
   * @param {number} i
   * @param {number} j
   */
  node(i, j) {
    return this.nodes[j * (CELLS + 1) + i];
  }

  /**
   * The nodes of a cell that are there, around it.
   * @param {number} i
   * @param {number} j
   */
  corners(i, j) {
    const k = j * (CELLS + 1) + i;
    const around = [k, k + 1, k + CELLS + 2, k + CELLS + 1];
    return around.filter((corner) => Number.isFinite(this.nodes[corner]));
  }

  /**
   * The height of the mesh at a place in the window; not a number where nothing is drawn.
   * @param {number} u
   * @param {number} v
   */
  at(u, v) {
    const [x, y] = [u * CELLS, v * CELLS];
    const i = x < CELLS ? Math.floor(x) : CELLS - 1;
    const j = y < CELLS ? Math.floor(y) : CELLS - 1;
    const [f, g] = [x - i, y - j];
    const k = j * (CELLS + 1) + i;
    const { nodes } = this;
    return (
      (1 - g) * ((1 - f) * nodes[k] + f * nodes[k + 1]) +
      g * ((1 - f) * nodes[k + CELLS + 1] + f * nodes[k + CELLS + 2])
    );
  }

  /**
   * How strongly the ground covers the page at a height.
   * @param {number} height
   */
  cover(height) {
    const last = this.opacity.length - 1;
    const x = Math.min(Math.max(height, 0), 1) * last;
    const i = Math.min(Math.floor(x), last - 1);
    return this.opacity[i] + (x - i) * (this.opacity[i + 1] - this.opacity[i]);
  }
}

/**
 * A height between the samples of a picture.
 * @param {Heights} heights
 * @param {number} u
 * @param {number} v
 */
function sample({ across, up, values }, u, v) {
  const [x, y] = [u * (across - 1), v * (up - 1)];
  const [i, j] = [Math.min(Math.floor(x), across - 2), Math.min(Math.floor(y), up - 2)];
  const [f, g] = [x - i, y - j];
  const k = j * across + i;
  let height = 0;
  for (const [at, weight] of [
    [k, (1 - f) * (1 - g)],
    [k + 1, f * (1 - g)],
    [k + across, (1 - f) * g],
    [k + across + 1, f * g],
  ]) {
    if (weight > 0) height += weight * values[at];
  }
  return height;
}

/**
 * The level lines of a ground in pieces u0, v0, u1, v1, ... that are no longer than a cell.
 * @param {Ground} ground
 */
export function linePieces({ levels: { x, y }, window: [x0, x1, y0, y1] }) {
  const pieces = [];
  for (let k = 1; k < x.length; k++) {
    const ends = [x[k - 1], y[k - 1], x[k], y[k]];
    if (ends.includes(null)) continue;
    const [au, av, bu, bv] = ends.map((value, i) =>
      i % 2 ? (Number(value) - y0) / (y1 - y0) : (Number(value) - x0) / (x1 - x0),
    );
    const parts = Math.ceil(CELLS * Math.hypot(bu - au, bv - av)) || 1;
    for (let part = 0; part < parts; part++) {
      for (const t of [part / parts, (part + 1) / parts]) {
        pieces.push(au + t * (bu - au), av + t * (bv - av));
      }
    }
  }
  return Float64Array.from(pieces);
}
