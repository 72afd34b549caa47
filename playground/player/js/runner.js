// One track on the map.  Geometry is worked out once per data, size or zoom (`trace`); a frame only
// sets attributes (`show`).

/**
 * @import { Taken } from "./border.js"
 * @import { Seen, Way } from "./flatview.js"
 * @import { Track } from "./payload.js"
 *
 * @typedef {object} Layers from the lowest to the highest
 * @property {SVGGElement} ghosts
 * @property {SVGGElement} trails
 * @property {SVGGElement} vectors
 * @property {SVGGElement} heads
 * @property {SVGGElement} borders
 */

import { Border } from "./border.js";
import { FRESH } from "./flatview.js";
import { spot } from "./geometry.js";
import { lastOf, partsUntil } from "./trail.js";
import { display, moved, svg } from "./nodes.js";
import { strokeDash } from "./theme.js";
import { VectorMark } from "./vectormark.js";

const FEW = 120; // up to so many visible steps are worth a dot each

/**
 * A line that is not filled.
 * @param {Element} parent
 * @param {Record<string, unknown>} attributes
 */
const line = (parent, attributes) =>
  svg("path", { fill: "none", "stroke-linejoin": "round", ...attributes }, parent);

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

  /** @param {Seen} view */
  trace(view) {
    const way = view.way(this.track);
    this.line.setAttribute("d", way.whole(this.track.last) || way.trail.text);
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
    this.behind = line(group, { class: "pgp-behind", stroke: color });
    this.casing = line(group, { class: "pgp-casing" });
    const look = { stroke: color, "stroke-dasharray": strokeDash(track.dash) };
    this.line = line(group, { class: "pgp-line", "data-runner": track.slot || null, ...look });
    this.hot = line(group, { class: "pgp-hot" });
    this.fresh = line(group, { class: "pgp-fresh", stroke: color });
    this.hotFresh = line(group, { class: "pgp-hot" });
    this.dots = line(group, { class: "pgp-dots", stroke: color });
    this.drop = line(layers.heads, { class: "pgp-drop", stroke: color });
    this.head = svg("g", { class: "pgp-head" }, layers.heads);
    svg("circle", { r: 7, fill: color, class: "pgp-head-outer" }, this.head);
    svg("circle", { r: 2.6, class: "pgp-head-core" }, this.head);
    const cross = { d: "M-6-6L6 6M-6 6L6-6", class: "pgp-cross", stroke: color };
    this.cross = svg("path", cross, layers.heads);
    this.border = new Border(layers.borders, track, value);
    this.vectors = track.vectors.map((vectors) => new VectorMark(layers.vectors, track, vectors));
    const groups = [this.border.group, ...this.vectors.map((mark) => mark.group)];
    this.nodes = new Together([group, this.drop, this.head, this.cross, ...groups]);
    /** @type {Way | null} */
    this.way = null;
  }

  /**
   * Be another descent of the same runner, one whose vectors nobody knows.
   * @param {Track} track
   */
  become(track) {
    this.track = track;
    this.border.track = track;
    for (const mark of this.vectors) display(mark.group, false);
    if (this.way) this.trace(this.way.view);
  }

  /** @param {Seen} view */
  trace(view) {
    this.way = view.way(this.track);
    for (const node of [this.line, this.hot]) node.classList.toggle("pgp-pale", this.way.dense);
  }

  /**
   * @param {number} t
   * @param {Taken[]} labels
   */
  show(t, labels) {
    const { way } = this;
    if (!way) return;
    const { view, points, trail: whole, dots: steps, dense } = way;
    const { last, count, stop } = this.track;
    const time = Math.min(t, last);
    const step = Math.floor(time);
    const d = way.until(time);
    this.behind.setAttribute("d", way.whole(time));
    this.casing.setAttribute("d", d);
    this.line.setAttribute("d", d);
    this.hot.setAttribute("d", partsUntil(whole, points, this.track.hot, time));
    this.fresh.setAttribute("d", dense ? lastOf(whole, points, d, time, FRESH) : "");
    const hot = dense ? since(this.track.hot, step - FRESH) : [];
    this.hotFresh.setAttribute("d", partsUntil(whole, points, hot, time));
    const few = steps.count <= FEW;
    this.dots.setAttribute("d", few ? steps.text.slice(0, steps.ends[step]) : "");
    const { x, y, here, foot } = way.head(time);
    const over = t >= last && (stop !== null || last < count - 1);
    display(this.head, here);
    display(this.cross, here && over);
    if (here) this.head.setAttribute("transform", moved(x, y));
    if (here && over) this.cross.setAttribute("transform", moved(x, y));
    this.drop.setAttribute("d", foot ? `M${spot(x, y)}L${spot(...foot)}m-4 0h8` : "");
    this.border.show(way, { time, x, y, here, over }, labels);
    for (const mark of this.vectors) mark.show(view, step, over);
  }
}
