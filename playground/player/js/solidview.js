// The map in 3-D: the plane is seen through a camera, what lies on it stands on the surface.

/**
 * @import { Camera } from "./camera.js"
 * @import { FlatView } from "./flatview.js"
 * @import { Frame } from "./geometry.js"
 * @import { Track } from "./payload.js"
 * @import { Relief } from "./relief.js"
 */

import { inside } from "./geometry.js";
import { SolidWay } from "./solidway.js";
import { WINDOW } from "./steps.js";

export class SolidView {
  /**
   * @param {Relief} relief
   * @param {Camera} camera
   * @param {number[]} window
   * @param {FlatView} flat
   * @param {Frame} frame in which labels are written
   */
  constructor(relief, camera, window, flat, frame) {
    this.relief = relief;
    this.camera = camera;
    this.window = window;
    this.flat = flat;
    this.frame = frame;
  }

  /**
   * The place of a point: shares of the window.
   * @param {number} x
   * @param {number} y
   * @returns {[number, number]}
   */
  place(x, y) {
    const [x0, x1, y0, y1] = this.window;
    return [(x - x0) / (x1 - x0), (y - y0) / (y1 - y0)];
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {[number, number]} from where an arrow begins, at whose height it ends
   * @returns {[number, number]} no numbers for what is not over the window
   */
  spot(x, y, from = [x, y]) {
    const [u, v] = this.place(...from);
    if (!inside(u, v, WINDOW)) return [NaN, NaN];
    const height = this.relief.at(u, v);
    return this.camera.to(...this.place(x, y), Number.isFinite(height) ? height : 1);
  }

  /** @param {Track} track */
  way(track) {
    return new SolidWay(track, this);
  }
}
