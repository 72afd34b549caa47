// How a landscape is looked at: without perspective, so that what is straight, and what is as long,
// stays so.

/**
 * @import { Frame } from "./geometry.js"
 * @import { Relief } from "./relief.js"
 */

import { CELLS } from "./relief.js";

export const FLOOR = -0.1; // below the lowest
const RISE = 0.42; // the highest place, beside the longer side
const FLATTEST = 18; // degrees
const STEEPEST = 84;
const RADIANS = Math.PI / 180;
const CLEAR = 0.006; // of the height: what is nearer to the surface lies on it
const MARCH = 0.7; // of a cell, towards the eye

export class Camera {
  /**
   * @param {number} turn degrees; at 0 the eye is at the low end of y, as before a map
   * @param {number} tilt degrees above the plane
   * @param {number} aspect of the window: its width over its height
   * @param {Frame} frame of the picture
   */
  constructor(turn, tilt, aspect, frame) {
    this.turn = ((turn % 360) + 360) % 360;
    this.tilt = Math.min(Math.max(tilt, FLATTEST), STEEPEST);
    this.aspect = aspect;
    this.frame = frame;
    const [t, p] = [this.turn * RADIANS, this.tilt * RADIANS];
    const [wide, deep] = [Math.min(aspect, 1), Math.min(1 / aspect, 1)];
    // A place (u, v, height) is seen at these sums, to the right and up.
    this.right = [wide * Math.cos(t), deep * Math.sin(t), 0];
    this.up = [
      -wide * Math.sin(t) * Math.sin(p),
      deep * Math.cos(t) * Math.sin(p),
      RISE * Math.cos(p),
    ];
    // From a place towards the eye.
    this.eye = [
      (Math.sin(t) * Math.cos(p)) / wide,
      (-Math.cos(t) * Math.cos(p)) / deep,
      Math.sin(p) / RISE,
    ];
    this.size = 1;
    this.offset = [0, 0];
    this.fit();
  }

  /** The whole box, from the floor to the highest place, in the middle of the frame. */
  fit() {
    const { left, right, top, bottom } = this.frame;
    const corners = [0, 1].flatMap((u) =>
      [0, 1].flatMap((v) => [FLOOR, 1].map((height) => this.to(u, v, height))),
    );
    const [xs, ys] = [0, 1].map((axis) => corners.map((corner) => corner[axis]));
    const [west, east] = [Math.min(...xs), Math.max(...xs)];
    const [north, south] = [Math.min(...ys), Math.max(...ys)];
    this.size = Math.min((right - left) / (east - west), (bottom - top) / (south - north));
    this.offset = [
      (left + right) / 2 - (this.size * (west + east)) / 2,
      (top + bottom) / 2 - (this.size * (north + south)) / 2,
    ];
  }

  /**
   * The pixel of a place.
   * @param {number} u
   * @param {number} v
   * @param {number} height
   * @returns {[number, number]}
   */
  to(u, v, height) {
    const { right, up, size, offset } = this;
    return [
      offset[0] + size * (right[0] * u + right[1] * v),
      offset[1] - size * (up[0] * u + up[1] * v + up[2] * height),
    ];
  }

  /**
   * Whether the surface is in front of a place, or above it.
   * @param {Relief} relief
   * @param {number} u
   * @param {number} v
   * @param {number} height
   */
  hides(relief, u, v, height) {
    const [du, dv, rise] = this.eye;
    const step = MARCH / (CELLS * Math.max(Math.abs(du), Math.abs(dv), 1e-9));
    for (let s = 0; ; s += step) {
      const [x, y, z] = [u + s * du, v + s * dv, height + s * rise];
      if (z > 1 || x < 0 || x > 1 || y < 0 || y > 1) return false;
      if (relief.at(x, y) > z + CLEAR) return true; // beside nothing no number is larger
    }
  }
}
