// One track on the map.  Geometry is worked out once per data, size or zoom (`trace`); a frame only
// sets attributes (`show`).

/**
 * @import { Taken } from "./border.js"
 * @import { View } from "./geometry.js"
 * @import { Trail } from "./trail.js"
 * @import { Track } from "./payload.js"
 *
 * @typedef {object} Traced what a track is in a view
 * @property {View} view
 * @property {Float64Array} points in pixels
 * @property {Trail} trail
 * @property {{ text: string, ends: Int32Array, count: number }} dots
 * @property {Int32Array} exits
 * @property {boolean} dense so many steps on so little ground that they are one block
 *
 * @typedef {object} Layers from the lowest to the highest
 * @property {SVGGElement} ghosts
 * @property {SVGGElement} trails
 * @property {SVGGElement} vectors
 * @property {SVGGElement} heads
 * @property {SVGGElement} borders
 */

import { Border } from "./border.js";
import { exits, headAt, inside } from "./geometry.js";
import { density, dots, lastOf, partsUntil, trail, trailUntil } from "./trail.js";
import { display, moved, svg } from "./nodes.js";
import { strokeDash } from "./theme.js";
import { VectorMark } from "./vectormark.js";

const INK = 2.4; // pixels of a line
const BLOCK = 0.2; // of the ground under a line, from which on it is no line
const FRESH = 40; // steps that keep their ink in a block
const FEW = 120; // up to so many visible steps are worth a dot each

/**
 * A line that is not filled.
 * @param {Element} parent
 * @param {Record<string, unknown>} attributes
 */
const line = (parent, attributes) =>
  svg("path", { fill: "none", "stroke-linejoin": "round", ...attributes }, parent);

/**
 * A path in pixels.
 * @param {Track} track
 * @param {View} view
 */
const pixels = ({ path }, { x, y }) => path.map((value, i) => (i % 2 ? y : x).to(value));

/**
 * The part of some stretches [first, end) that begins at a step.
 * @param {[number, number][]} stretches
 * @param {number} begin
 * @returns {[number, number][]}
 */
const since = (stretches, begin) =>
  stretches.filter(([, end]) => end > begin).map(([first, end]) => [Math.max(first, begin), end]);

/** The nodes of a track, which are seen, dimmed or away together. */
class Together {
  /** @param {SVGElement[]} nodes */
  constructor(nodes) {
    this.nodes = nodes;
    this.on = true;
  }

  /** @param {boolean} on */
  turn(on) {
    if (this.on === on) return;
    this.on = on;
    for (const node of this.nodes) node.classList.toggle("pgp-off", !on);
  }

  /** @param {boolean} on */
  dim(on) {
    for (const node of this.nodes) node.classList.toggle("pgp-dim", on);
  }
}

/** A finished path without a head: what would have been. */
export class Ghost {
  /**
   * @param {Layers} layers
   * @param {Track} track
   */
  constructor(layers, track) {
    const look = { class: "pgp-ghost", stroke: track.color, "stroke-dasharray": "5 4" };
    this.track = track;
    this.line = line(layers.ghosts, look);
    this.nodes = new Together([this.line]);
  }

  /** @param {View} view */
  trace(view) {
    const { text } = trail(pixels(this.track, view), this.track.last, view.frame);
    this.line.setAttribute("d", text);
  }

  /** It does not change with time. */
  show() {}
}

/** A descent: its trail, the dots of its steps, its head, its vectors, its label at the border. */
export class Runner {
  /**
   * @param {Layers} layers
   * @param {Track} track
   * @param {(time: number) => string} value the text of its value
   */
  constructor(layers, track, value) {
    const { color } = track;
    this.track = track;
    const group = svg("g", { class: "pgp-track" }, layers.trails);
    this.casing = line(group, { class: "pgp-casing" });
    const look = { stroke: color, "stroke-dasharray": strokeDash(track.dash) };
    this.line = line(group, { class: "pgp-line", ...look });
    this.hot = line(group, { class: "pgp-hot" });
    this.fresh = line(group, { class: "pgp-fresh", stroke: color });
    this.hotFresh = line(group, { class: "pgp-hot" });
    this.dots = line(group, { class: "pgp-dots", stroke: color });
    this.head = svg("g", { class: "pgp-head" }, layers.heads);
    svg("circle", { r: 7, fill: color, class: "pgp-head-outer" }, this.head);
    svg("circle", { r: 2.6, class: "pgp-head-core" }, this.head);
    const cross = { d: "M-6-6L6 6M-6 6L6-6", class: "pgp-cross", stroke: color };
    this.cross = svg("path", cross, layers.heads);
    this.border = new Border(layers.borders, track, value);
    this.vectors = track.vectors.map((vectors) => new VectorMark(layers.vectors, track, vectors));
    const groups = [this.border.group, ...this.vectors.map((mark) => mark.group)];
    this.nodes = new Together([group, this.head, this.cross, ...groups]);
    /** @type {Traced | null} */
    this.traced = null;
  }

  /**
   * Be another descent of the same runner, one whose vectors nobody knows.
   * @param {Track} track
   */
  become(track) {
    this.track = track;
    this.border.track = track;
    for (const mark of this.vectors) display(mark.group, false);
    if (this.traced) this.trace(this.traced.view);
  }

  /** @param {View} view */
  trace(view) {
    const { last } = this.track;
    const points = pixels(this.track, view);
    this.traced = {
      view,
      points,
      trail: trail(points, last, view.frame),
      dots: dots(points, last, view.frame),
      exits: exits(points, last, view.frame),
      dense: last > FRESH && density(points, last, view.frame, INK) > BLOCK,
    };
    for (const node of [this.line, this.hot]) {
      node.classList.toggle("pgp-pale", this.traced.dense);
    }
  }

  /**
   * @param {number} t
   * @param {Taken[]} labels
   */
  show(t, labels) {
    if (!this.traced) return;
    const { view, points, trail: whole, dots: steps, dense } = this.traced;
    const { last, count, stop } = this.track;
    const time = Math.min(t, last);
    const step = Math.floor(time);
    const d = trailUntil(whole, points, time, view.frame);
    this.casing.setAttribute("d", d);
    this.line.setAttribute("d", d);
    this.hot.setAttribute("d", partsUntil(whole, points, this.track.hot, time));
    this.fresh.setAttribute("d", dense ? lastOf(whole, points, d, time, FRESH) : "");
    const hot = dense ? since(this.track.hot, step - FRESH) : [];
    this.hotFresh.setAttribute("d", partsUntil(whole, points, hot, time));
    const few = steps.count <= FEW;
    this.dots.setAttribute("d", few ? steps.text.slice(0, steps.ends[step]) : "");
    const [x, y] = headAt(points, last, time);
    const here = inside(x, y, view.frame);
    const over = t >= last && (stop !== null || last < count - 1);
    display(this.head, here);
    display(this.cross, here && over);
    if (here) this.head.setAttribute("transform", moved(x, y));
    if (here && over) this.cross.setAttribute("transform", moved(x, y));
    this.border.show(this.traced, { time, x, y, here, over }, labels);
    for (const mark of this.vectors) mark.show(view, step, over);
  }
}
