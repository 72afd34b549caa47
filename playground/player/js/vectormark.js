// One vector of a runner at its head: an arrow, or a square whose sides are given.

/**
 * @import { Scale, View } from "./geometry.js"
 * @import { Track, Vectors } from "./payload.js"
 */

import { arrow } from "./geometry.js";
import { fill, svg } from "./nodes.js";

const FAR = 4000; // pixels, beyond any screen

export class VectorMark {
  /**
   * @param {SVGElement} layer
   * @param {Track} track
   * @param {Vectors} vectors
   */
  constructor(layer, track, vectors) {
    this.track = track;
    this.vectors = vectors;
    this.group = svg("g", { class: "pgp-vector" }, layer);
    const { color, square } = vectors;
    const line = { fill: "none", "stroke-linejoin": "round" };
    const looks = [{ class: "pgp-vector-casing" }, { stroke: color }];
    this.square = square ? svg("rect", { stroke: color, fill: color }, this.group) : null;
    this.arrows = square ? [] : looks.map((look) => svg("path", { ...line, ...look }, this.group));
  }

  /**
   * @param {View} view
   * @param {number} step
   * @param {boolean} over the run is, so that there is no vector any more
   */
  show({ x, y }, step, over) {
    const { path } = this.track;
    const { count, xy } = this.vectors;
    const [px, py] = [path[2 * step], path[2 * step + 1]];
    const hidden = over || step >= count;
    const [vx, vy] = hidden ? [0, 0] : [xy[2 * step], xy[2 * step + 1]];
    if (this.square) {
      const [width, height] = [side(x, vx), side(y, vy)];
      fill(this.square, { x: x.to(px) - width / 2, y: y.to(py) - height / 2, width, height });
      return;
    }
    const d = arrow(x.to(px), y.to(py), x.to(px + vx), y.to(py + vy));
    for (const node of this.arrows) node.setAttribute("d", d);
  }
}

/**
 * The pixels of a length along an axis; 0 for what is no number.
 * @param {Scale} axis
 * @param {number} length
 */
const side = (axis, length) => Math.min(Math.abs(axis.to(length) - axis.to(0)), FAR) || 0;
