// The weights of a network: every unit a node, every weight an edge, as wide as it is large.

/**
 * @import { Learner } from "./learner.js"
 * @import { Theme } from "./theme.js"
 *
 * @typedef {object} Edge
 * @property {number} place of its weight among the parameters
 * @property {SVGLineElement} node
 *
 * @typedef {object} Unit
 * @property {number} place of its bias
 * @property {SVGCircleElement} node
 */

import { tr } from "./language.js";
import { fill, svg } from "./nodes.js";
import { mixed } from "./theme.js";

const EDGES = 600; // edges
const WIDEST = 5; // pixels of a weight as large as the largest usually is
const DENSE = 320; // edges, from which on they are thinner
const BEYOND = 2; // so many times wider no edge is
const SIDE = 22; // pixels beside the first and the last layer
const MARGIN = 9; // above and below the units

export class WiringView {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    const name = tr("The network: an edge is a weight, as wide as it is large");
    this.node = svg("svg", { role: "img", "aria-label": name }, parent);
    /** @type {Learner | null} */
    this.learner = null;
    /** @type {Edge[]} */
    this.edges = [];
    /** @type {Unit[]} */
    this.units = [];
    this.widest = WIDEST;
    this.usual = 1; // size of the largest weight
    this.paper = "#fff";
    this.words = "";
    /** @type {[string, string][]} */
    this.key = []; // colours and what they mean
  }

  /**
   * @param {Learner} learner
   * @param {Theme} theme
   * @param {number} width
   * @param {number} height
   */
  draw(learner, theme, width, height) {
    fill(this.node, { width, height, viewBox: `0 0 ${width} ${height}` });
    this.node.replaceChildren();
    [this.edges, this.units] = [[], []];
    if (learner !== this.learner) this.usual = usualLargest(learner);
    this.learner = learner;
    this.paper = theme.background;
    const { sizes, colours } = learner.facts;
    this.key = [
      [colours[1], "+"],
      [colours[0], "−"],
    ];
    const drawn = heaviest(learner);
    /** @param {number} layer @param {number} unit @returns {[number, number]} */
    const at = (layer, unit) => [
      SIDE + ((width - 2 * SIDE) * layer) / (sizes.length - 1),
      MARGIN + ((height - 2 * MARGIN) * (unit + 0.5)) / sizes[layer],
    ];
    let begin = 0;
    for (let layer = 1; layer < sizes.length; layer++) {
      const inputs = sizes[layer - 1];
      for (let i = 0; i < sizes[layer] * inputs; i++) {
        if (!drawn(begin + i)) continue;
        const [x1, y1] = at(layer - 1, i % inputs);
        const [x2, y2] = at(layer, Math.floor(i / inputs));
        const node = svg("line", { class: "pgp-edge", x1, y1, x2, y2 }, this.node);
        this.edges.push({ place: begin + i, node });
      }
      begin += sizes[layer] * (inputs + 1);
    }
    this.widest = WIDEST * Math.min(1, DENSE / this.edges.length);
    this.nodes(sizes, at, height);
    const all = sizes.slice(1).reduce((sum, units, i) => sum + units * sizes[i], 0);
    this.words = this.edges.length < all ? tr("heaviest {} of {}", EDGES, all) : "";
  }

  /**
   * @param {number[]} sizes
   * @param {(layer: number, unit: number) => [number, number]} at
   * @param {number} height
   */
  nodes(sizes, at, height) {
    let begin = 0;
    sizes.forEach((count, layer) => {
      const r = Math.min(7, (0.4 * (height - 2 * MARGIN)) / count);
      if (layer) begin += count * sizes[layer - 1];
      for (let unit = 0; unit < count; unit++) {
        const [cx, cy] = at(layer, unit);
        const node = svg("circle", { class: "pgp-unit", cx, cy, r }, this.node);
        if (layer) this.units.push({ place: begin + unit, node });
        else this.name(`x${"₁₂"[unit]}`, cx - r - 3, cy + 4);
      }
      if (layer) begin += count;
    });
  }

  /**
   * @param {string} text
   * @param {number} x where it ends
   * @param {number} y
   */
  name(text, x, y) {
    svg("text", { class: "pgp-inside", x, y, "text-anchor": "end", text }, this.node);
  }

  /**
   * Show the network with these parameters.
   * @param {Float32Array} p
   */
  show(p) {
    const { learner, usual, paper } = this;
    if (!learner) return;
    const [down, up] = learner.facts.colours;
    for (const { place, node } of this.edges) {
      const share = Math.min(Math.abs(p[place]) / usual, BEYOND);
      node.setAttribute("stroke-width", (this.widest * share).toFixed(2));
      node.setAttribute("stroke", p[place] < 0 ? down : up);
    }
    for (const { place, node } of this.units) {
      const share = Math.min(Math.abs(p[place]) / usual, 1);
      node.style.fill = mixed(paper, p[place] < 0 ? down : up, share);
    }
  }
}

/**
 * The largest weight of an update, in the median of the updates; 1 where all are 0.
 * @param {Learner} learner
 */
export function usualLargest({ steps, weights }) {
  const size = weights.length / steps.length;
  const largest = Array.from(steps, (_, k) => {
    let most = 0;
    for (let i = k * size; i < (k + 1) * size; i++) most = Math.max(most, Math.abs(weights[i]));
    return most;
  });
  return largest.sort((a, b) => a - b)[Math.floor(largest.length / 2)] || 1;
}

/**
 * Which weights are drawn: all, or where they are too many those that end as the heaviest.
 * @param {Learner} learner
 * @returns {(place: number) => boolean}
 */
function heaviest({ facts: { sizes }, steps, weights }) {
  const size = weights.length / steps.length;
  const end = weights.subarray(weights.length - size);
  /** @type {number[]} */
  const places = [];
  let begin = 0;
  for (let layer = 1; layer < sizes.length; layer++) {
    const count = sizes[layer] * sizes[layer - 1];
    for (let i = 0; i < count; i++) places.push(begin + i);
    begin += count + sizes[layer];
  }
  if (places.length <= EDGES) return () => true;
  places.sort((a, b) => Math.abs(end[b]) - Math.abs(end[a]));
  const kept = new Set(places.slice(0, EDGES));
  return (place) => kept.has(place);
}
