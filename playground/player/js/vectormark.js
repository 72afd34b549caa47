// One vector of a runner at its head: an arrow, or a square whose sides are given.

/**
 * @import { Seen } from "./flatview.js"
 * @import { Track, Vectors } from "./payload.js"
 */

import { arrow } from "./geometry.js";
import { svg } from "./nodes.js";

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
    const pair = [{ class: "pgp-vector-casing" }, { stroke: color }];
    this.square = square;
    const looks = square ? [{ class: "pgp-square", stroke: color, fill: color }] : pair;
    this.nodes = looks.map((look) => svg("path", { ...line, ...look }, this.group));
  }

  /**
   * @param {Seen} view
   * @param {number} step
   * @param {boolean} over the run is, so that there is no vector any more
   */
  show(view, step, over) {
    const { path } = this.track;
    const { count, xy } = this.vectors;
    const [px, py] = [path[2 * step], path[2 * step + 1]];
    const hidden = over || step >= count;
    const [vx, vy] = hidden ? [0, 0] : [xy[2 * step], xy[2 * step + 1]];
    /** @type {(dx: number, dy: number) => [number, number]} */
    const spot = (dx, dy) => view.spot(px + dx, py + dy, [px, py]);
    const d = this.square ? corners(spot, vx / 2, vy / 2) : arrow(...spot(0, 0), ...spot(vx, vy));
    for (const node of this.nodes) node.setAttribute("d", d);
  }
}

/**
 * A rectangle around a head as an SVG path; none without sides.
 * @param {(dx: number, dy: number) => [number, number]} spot
 * @param {number} a half of one side
 * @param {number} b half of the other
 */
function corners(spot, a, b) {
  if (!a && !b) return "";
  const places = [spot(-a, -b), spot(a, -b), spot(a, b), spot(-a, b)].flat();
  const near = places.map((pixel) => Math.min(Math.max(pixel, -FAR), FAR));
  return near.some(Number.isNaN) ? "" : `M${near.join(" ")}Z`;
}
