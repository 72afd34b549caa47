// From where a landscape is looked at first: along its valley, from above, so that the minimum is
// seen and the start is in front.

/**
 * @import { Frame } from "./geometry.js"
 * @import { Relief } from "./relief.js"
 * @typedef {[u: number, v: number]} Place
 *
 * @typedef {object} Sights what is to be seen
 * @property {Place | null} start
 * @property {Place[]} minima the lowest
 */

import { Camera } from "./camera.js";
import { CELLS } from "./relief.js";

// Along a side there is no depth to be seen.
const TURNS = Array.from({ length: 24 }, (_, i) => 15 * i).filter((turn) => turn % 90);
const TILTS = [36, 44, 52, 60];
const ASIDE = 25; // degrees beside the valley, so that a step across it is seen as one
const LOW = 0.3; // of the places are the valley
const EVERY = 5; // nodes
const AS_MAP = 0.6; // x to the right and y away as on the map, but turned a little
const LARGE = 0.5; // where there is little room, as much of it as there is
const TOO_STEEP = 0.012; // a degree: from above there are no heights

/**
 * @param {Relief} relief
 * @param {number} aspect
 * @param {Frame} frame
 * @param {Sights} sights
 */
export function standpoint(relief, aspect, frame, { start, minima }) {
  const floor = valley(relief);
  const { angle, narrow } = direction(floor, aspect);
  /** @type {Camera | null} */
  let best = null;
  let most = -Infinity;
  for (const turn of TURNS) {
    for (const tilt of TILTS) {
      const camera = new Camera(turn, tilt, aspect, frame);
      /** @param {Place[]} places the share of them that is seen */
      const seen = (places) =>
        places.filter(([u, v]) => !camera.hides(relief, u, v, relief.at(u, v))).length /
        (places.length || 1);
      const off = Math.abs(((((turn + 90 - angle) % 180) + 180) % 180) - 90); // of the way away
      const along = 1 - Math.abs(90 - off - ASIDE) / 90;
      const front = start ? camera.to(...start, 0)[1] - camera.to(0.5, 0.5, 0)[1] : 0;
      const score =
        3 * seen(minima) +
        2 * seen(start ? [start] : []) +
        3 * seen(floor) +
        narrow * along +
        AS_MAP * Math.cos(((Math.min(turn, 360 - turn) - ASIDE) * Math.PI) / 180) +
        (0.8 * front) / (frame.bottom - frame.top) +
        (LARGE * camera.size) / (frame.bottom - frame.top) -
        TOO_STEEP * (tilt - TILTS[0]);
      if (score > most) [best, most] = [camera, score];
    }
  }
  return /** @type {Camera} */ (best);
}

/**
 * The low places of a landscape.
 * @param {Relief} relief
 * @returns {Place[]}
 */
function valley(relief) {
  /** @type {[Place, number][]} */
  const places = [];
  for (let i = 0; i <= CELLS; i += EVERY) {
    for (let j = 0; j <= CELLS; j += EVERY) {
      const height = relief.node(i, j);
      if (Number.isFinite(height)) places.push([[i / CELLS, j / CELLS], height]);
    }
  }
  places.sort((one, other) => one[1] - other[1]);
  return places.slice(0, Math.ceil(LOW * places.length)).map(([place]) => place);
}

/**
 * Along which line some places lie, in degrees from the u axis, and how narrowly: 0 to 1.
 * @param {Place[]} places
 * @param {number} aspect
 */
function direction(places, aspect) {
  const [wide, deep] = [Math.min(aspect, 1), Math.min(1 / aspect, 1)];
  const mean = [0, 1].map((axis) => places.reduce((s, p) => s + p[axis], 0) / places.length);
  let [xx, xy, yy] = [0, 0, 0];
  for (const [u, v] of places) {
    const [x, y] = [wide * (u - mean[0]), deep * (v - mean[1])];
    [xx, xy, yy] = [xx + x * x, xy + x * y, yy + y * y];
  }
  const spread = Math.hypot(xx - yy, 2 * xy);
  return {
    angle: (Math.atan2(2 * xy, xx - yy) * 90) / Math.PI,
    narrow: spread / (xx + yy || 1),
  };
}
