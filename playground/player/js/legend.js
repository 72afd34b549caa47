// The cards of the tracks: a chip that hides it, its knob, its verdict; below the player the names of
// the vectors.

/**
 * @import { Knob, KnobHooks } from "./knob.js"
 * @import { Scene, Vectors } from "./payload.js"
 * @typedef {object} LegendHooks
 * @property {(index: number) => void} chip was clicked
 * @property {(index: number | null) => void} hover is pointed at
 */

import { Card } from "./card.js";
import { arrow } from "./geometry.js";
import { tr } from "./language.js";
import { html, svg } from "./nodes.js";
import { fade } from "./theme.js";

const READABLE = 100; // milliseconds: values change faster than anyone reads

export class Legend {
  /**
   * @param {HTMLElement} root
   * @param {LegendHooks & KnobHooks} hooks
   */
  constructor(root, hooks) {
    this.hooks = hooks;
    this.box = html(
      "div",
      { class: "pgp-legend", role: "group", "aria-label": tr("Legend") },
      root,
    );
    /** @type {Card[]} */
    this.cards = [];
    this.written = 0;
  }

  /**
   * The cards of a scene's tracks; those that stay keep the hand and the focus that is on them.
   * @param {Scene} scene
   * @param {(index: number) => boolean} visible
   * @param {(knob: Knob) => boolean} held
   */
  load(scene, visible, held) {
    this.written = 0;
    for (const card of this.cards.splice(scene.tracks.length)) card.box.remove();
    scene.tracks.forEach((track, index) => {
      this.cards[index] ??= new Card(this.box, index, this.hooks);
      this.cards[index].show(track, visible(index), held);
      if (!scene.charts.length) this.cards[index].value.hidden = true;
    });
  }

  /** Every knob that is shown. */
  knobs() {
    return this.cards.flatMap(({ knob }) => (knob?.facts ? [knob] : []));
  }

  /**
   * The values of a moment; while it plays only now and then, which spares the page its layout.
   * @param {boolean} playing
   * @param {(index: number) => string} value
   */
  show(playing, value) {
    const clock = performance.now();
    if (playing && clock - this.written < READABLE) return;
    this.written = clock;
    this.cards.forEach(({ value: node, track }, index) => {
      const over = track && track.stop !== null ? track.note : "";
      const now = track?.ghost ? "" : value(index) || over;
      const text = now && tr("now: {}", now); // the verdict is of the end
      if (node.textContent !== text) node.textContent = text;
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
  const hint = tr("Click the map, or drag ◯, to set the start.");
  if (scene.startable) html("span", { class: "pgp-of-map", text: hint }, foot);
  const turn = scene.startable
    ? tr("Drag the picture to turn it. The start is set on the map, without 3-D.")
    : tr("Drag the picture to turn it.");
  html("span", { class: "pgp-of-solid", text: turn }, foot);
  if (scene.tracks.some(({ knobs }) => knobs.length)) {
    const colours = tr(
      "The colour on a knob is how the run would end there, ▲ a limit or the best. " +
        "A bar over the time is what happened then.",
    );
    html("span", { class: "pgp-of-map", text: colours }, foot);
  }
  const look = { d: "M1 6h20", stroke: "currentColor", fill: "none", "stroke-dasharray": "5 4" };
  svg("path", look, sampleOf(foot, "pgp-of-ghost", tr("before the knob was turned")));
  const kinds = new Map(scene.tracks.flatMap(({ vectors }) => vectors.map((v) => [v.name, v])));
  for (const vectors of kinds.values()) writeKey(foot, vectors);
}

/**
 * @param {HTMLElement} foot
 * @param {Vectors} vectors
 */
function writeKey(foot, { name, color, square }) {
  const picture = sampleOf(foot, "pgp-key", name);
  if (square) {
    const box = { x: 6, y: 1.5, width: 9, height: 9 };
    svg("rect", { ...box, fill: fade(color, 0.2), stroke: color }, picture);
  } else {
    const look = { stroke: color, fill: "none", "stroke-width": 1.8 };
    svg("path", { d: arrow(1, 6, 21, 6, 6), ...look }, picture);
  }
}

/**
 * A small picture and what it stands for; the picture is returned.
 * @param {HTMLElement} foot
 * @param {string} look its class
 * @param {string} text
 */
function sampleOf(foot, look, text) {
  const key = html("span", { class: look }, foot);
  const picture = svg("svg", { viewBox: "0 0 22 12", "aria-hidden": "true" }, key);
  html("span", { text }, key);
  return picture;
}
