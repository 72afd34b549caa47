// The steps of a path over a landscape: straight from place to place, cut at the window.

/**
 * @import { Camera } from "./camera.js"
 * @import { Relief } from "./relief.js"
 *
 * @typedef {[u: number, v: number, height: number]} Spot
 * @typedef {[begin: number, end: number]} Part of a step, in shares of it
 *
 * @typedef {object} Step the part of a step that is over the window
 * @property {Part} span of the way that is known, see `flight`
 * @property {(share: number) => number} share of that way, at a share of the step
 * @property {Spot} from
 * @property {Spot} to
 */

import { at, clip, flight, inside } from "./geometry.js";

export const WINDOW = { left: 0, right: 1, top: 0, bottom: 1 }; // in shares of it
const PIECE = 5; // pixels of a step that are seen or hidden together
const PIECES = 30; // of one step at most: as many bits
const AWAY = 2e4; // windows: a path comes as float32, which is not exact to a pixel beyond

/**
 * Points as places.
 * @param {Float64Array} path
 * @param {number} last
 * @param {(x: number, y: number) => [number, number]} place
 */
export function placesOf(path, last, place) {
  const places = new Float64Array(2 * (last + 1));
  for (let k = 0; k <= last; k++) {
    places.set(place(path[2 * k], path[2 * k + 1]), 2 * k);
  }
  return places;
}

/**
 * The height of the surface below every place; where there is none, that of the place before.
 * @param {Float64Array} places
 * @param {Relief} relief
 */
export function heightsOf(places, relief) {
  let height = 1; // beside a pole
  return Float64Array.from({ length: places.length / 2 }, (_, k) => {
    const [u, v] = places.subarray(2 * k, 2 * k + 2);
    const found = inside(u, v, WINDOW) ? relief.at(u, v) : NaN;
    if (Number.isFinite(found)) height = found;
    return height;
  });
}

/**
 * A step as far as it is over the window, whose border it meets on the surface; null if nowhere.
 * @param {Float64Array} places
 * @param {Float64Array} heights
 * @param {number} k
 * @param {Relief} relief
 * @returns {Step | null}
 */
export function stepOf(places, heights, k, relief) {
  const known = flight(places, k, AWAY);
  const span = known && clip(...known.ends, WINDOW);
  if (!span) return null;
  const [au, av, bu, bv] = known.ends;
  /** @type {(t: number, height: number) => Spot} */
  const end = (t, height) => {
    if (t === 0 || t === 1) return [at(au, bu, t), at(av, bv, t), height];
    const u = Math.min(Math.max(at(au, bu, t), 0), 1);
    const v = Math.min(Math.max(at(av, bv, t), 0), 1);
    const found = relief.at(u, v);
    return [u, v, Number.isFinite(found) ? found : height];
  };
  const { share } = known;
  return { span, share, from: end(span[0], heights[k]), to: end(span[1], heights[k + 1]) };
}

/**
 * A spot on a step.
 * @param {Step} step
 * @param {number} share
 * @returns {Spot}
 */
export const along = ({ from, to }, share) => [
  at(from[0], to[0], share),
  at(from[1], to[1], share),
  at(from[2], to[2], share),
];

/**
 * The parts of a step that are seen.
 * @param {Step} step
 * @param {Relief} relief
 * @param {Camera} camera
 */
export function seenParts(step, relief, camera) {
  const [[ax, ay], [bx, by]] = [camera.to(...step.from), camera.to(...step.to)];
  const count = Math.min(Math.max(Math.ceil(Math.hypot(bx - ax, by - ay) / PIECE), 1), PIECES);
  /** @type {Part[]} */
  const parts = [];
  for (let i = 0; i < count; i++) {
    if (camera.hides(relief, ...along(step, (i + 0.5) / count))) continue;
    const before = parts.at(-1);
    if (before && before[1] === i / count) before[1] = (i + 1) / count;
    else parts.push([i / count, (i + 1) / count]);
  }
  return parts;
}
