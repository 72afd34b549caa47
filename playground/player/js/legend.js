// The legend: a chip a track, and below the player the names of the vectors.

/**
 * @import { Scene, Track, Vectors } from "./payload.js"
 * @typedef {object} LegendHooks
 * @property {(index: number) => void} chip was clicked
 * @property {(index: number | null) => void} hover is pointed at
 */

import { arrow } from "./geometry.js";
import { html, svg } from "./nodes.js";
import { fade, strokeDash } from "./theme.js";

const READABLE = 100; // milliseconds: values change faster than anyone reads

export class Legend {
  /**
   * @param {HTMLElement} root
   * @param {LegendHooks} hooks
   */
  constructor(root, hooks) {
    this.hooks = hooks;
    this.box = html("div", { class: "pgp-legend", role: "group", "aria-label": "Legend" }, root);
    /** @type {(HTMLElement | null)[]} */
    this.values = [];
    this.written = 0;
  }

  /**
   * @param {Scene} scene
   * @param {(index: number) => boolean} visible
   */
  load(scene, visible) {
    const active = document.activeElement;
    const focused = [...this.box.children].findIndex((chip) => chip === active);
    this.box.replaceChildren();
    this.written = 0;
    this.values = scene.tracks.map((track, index) => this.chip(track, index, visible(index)));
    const again = this.box.children[focused];
    if (again instanceof HTMLElement) again.focus();
  }

  /**
   * A track's chip; where its value will stand is returned.
   * @param {Track} track
   * @param {number} index
   * @param {boolean} on
   */
  chip(track, index, on) {
    const look = { type: "button", class: "pgp-chip", "aria-pressed": on };
    const chip = html("button", look, this.box);
    chip.title = on ? "Click to hide" : "Click to show";
    const box = { viewBox: "0 0 28 10", class: "pgp-sample", "aria-hidden": "true" };
    const stroke = {
      stroke: track.color,
      "stroke-dasharray": track.ghost ? "5 4" : strokeDash(track.dash),
      opacity: track.ghost ? 0.6 : 1,
    };
    svg("path", { d: "M1 5h26", ...stroke }, svg("svg", box, chip));
    html("span", { text: track.name }, chip);
    if (track.note) html("span", { class: "pgp-note", text: track.note }, chip);
    const value = track.ghost ? null : html("span", { class: "pgp-value" }, chip);
    chip.addEventListener("click", () => this.hooks.chip(index));
    for (const enter of ["pointerenter", "focus"]) {
      chip.addEventListener(enter, () => this.hooks.hover(index));
    }
    for (const leave of ["pointerleave", "blur"]) {
      chip.addEventListener(leave, () => this.hooks.hover(null));
    }
    return value;
  }

  /**
   * The values of a moment; while it plays only now and then, which spares the page its layout.
   * @param {boolean} playing
   * @param {(index: number) => string} value
   */
  show(playing, value) {
    const now = performance.now();
    if (playing && now - this.written < READABLE) return;
    this.written = now;
    this.values.forEach((node, index) => {
      const text = node ? value(index) : "";
      if (node && node.textContent !== text) node.textContent = text;
    });
  }
}

/**
 * How to set the start, and what the vectors are called.
 * @param {HTMLElement} foot
 * @param {Scene} scene
 */
export function writeFoot(foot, scene) {
  foot.replaceChildren();
  const hint = "Click the map, or drag ◯, to set the start.";
  if (scene.startable) html("span", { text: hint }, foot);
  const kinds = new Map(scene.tracks.flatMap(({ vectors }) => vectors.map((v) => [v.name, v])));
  for (const vectors of kinds.values()) writeKey(foot, vectors);
}

/**
 * @param {HTMLElement} foot
 * @param {Vectors} vectors
 */
function writeKey(foot, { name, color, square }) {
  const key = html("span", { class: "pgp-key" }, foot);
  const picture = svg("svg", { viewBox: "0 0 22 12", "aria-hidden": "true" }, key);
  if (square) {
    const box = { x: 6, y: 1.5, width: 9, height: 9 };
    svg("rect", { ...box, fill: fade(color, 0.2), stroke: color }, picture);
  } else {
    const look = { stroke: color, fill: "none", "stroke-width": 1.8 };
    svg("path", { d: arrow(1, 6, 21, 6, 6), ...look }, picture);
  }
  html("span", { text: name }, key);
}
