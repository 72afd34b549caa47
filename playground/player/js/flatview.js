// The map from above, as Plotly draws it, and what a track is on it.

/**
 * @import { Frame, Scale } from "./geometry.js"
 * @import { Track } from "./payload.js"
 * @import { Trail } from "./trail.js"
 *
 * @typedef {{ x: number, y: number, angle: number }} Exit a place and a direction
 * @typedef {{ x: number, y: number, here: boolean, foot?: [number, number] }} Head
 *
 * @typedef {object} Way what a track is in a view
 * @property {Seen} view
 * @property {Trail} trail what is drawn in full
 * @property {Float64Array} points the pixels of its steps
 * @property {{ text: string, ends: Int32Array, count: number }} dots of the steps that are drawn
 * @property {Int32Array} exits see `exits` of geometry.js
 * @property {boolean} dense so many steps on so little ground that they are one block
 * @property {(time: number) => string} until what is drawn in full up to a time
 * @property {(time: number) => string} whole all of it up to a time, if that is more
 * @property {(time: number) => Head} head
 * @property {(segment: number, time: number) => Exit} exit where a step leaves the ground
 *
 * @typedef {object} Seen how the plane is seen
 * @property {Frame} frame
 * @property {(track: Track) => Way} way
 * @property {(x: number, y: number, from?: [number, number]) => [number, number]} spot the pixel
 *   of a point, or of the end of an arrow from another one
 */

import { crossing, exits, headAt, inside } from "./geometry.js";
import { density, dots, trail, trailUntil } from "./trail.js";

const INK = 2.4; // pixels of a line
const BLOCK = 0.2; // of the ground under a line, from which on it is no line
export const FRESH = 40; // steps that keep their ink in a block

/** @implements {Way} */
class FlatWay {
  /**
   * @param {Track} track
   * @param {FlatView} view
   */
  constructor({ path, last }, view) {
    const { x, y, frame } = view;
    this.view = view;
    this.last = last;
    this.points = path.map((value, i) => (i % 2 ? y : x).to(value));
    this.trail = trail(this.points, last, frame);
    this.dots = dots(this.points, last, frame);
    this.exits = exits(this.points, last, frame);
    this.dense = last > FRESH && density(this.points, last, frame, INK) > BLOCK;
  }

  /** @param {number} time */
  until(time) {
    return trailUntil(this.trail, this.points, time, this.view.frame);
  }

  /** Nothing lies in front of the map. */
  whole() {
    return "";
  }

  /**
   * @param {number} time
   * @returns {Head}
   */
  head(time) {
    const [x, y] = headAt(this.points, this.last, time);
    return { x, y, here: inside(x, y, this.view.frame) };
  }

  /**
   * Where the path crosses the border; if it never was inside, where the way from the middle does.
   * @param {number} segment
   * @param {number} time
   * @returns {Exit}
   */
  exit(segment, time) {
    const { frame } = this.view;
    const head = headAt(this.points, this.last, time);
    const middle = [(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2, ...head];
    const way = segment >= 0 ? this.points.subarray(2 * segment, 2 * segment + 4) : middle;
    const [ax, ay, bx, by] = way;
    return crossing(ax, ay, bx, by, frame);
  }
}

export class FlatView {
  /**
   * @param {Frame} frame
   * @param {Scale} x
   * @param {Scale} y
   */
  constructor(frame, x, y) {
    this.frame = frame;
    this.x = x;
    this.y = y;
    /** @type {WeakMap<Track, boolean>} */
    this.blocks = new WeakMap(); // what is known of tracks, see `dense` of a way
  }

  /**
   * Whether a track is a block on the map; asked at every turn of another view.
   * @param {Track} track
   */
  dense(track) {
    const dense = this.blocks.get(track) ?? this.way(track).dense;
    this.blocks.set(track, dense);
    return dense;
  }

  /** @param {Track} track */
  way(track) {
    return new FlatWay(track, this);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {[number, number]}
   */
  spot(x, y) {
    return [this.x.to(x), this.y.to(y)];
  }
}
