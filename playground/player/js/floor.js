// The floor below a landscape: its edges, and the numbers of both axes at those that are in front.

/**
 * @import { Camera } from "./camera.js"
 * @import { Frame } from "./geometry.js"
 * @import { Ground } from "./payload.js"
 * @typedef {[number, number]} Pixel
 */

import { ticks } from "./axes.js";
import { LETTER } from "./border.js";
import { FLOOR } from "./camera.js";
import { spot } from "./geometry.js";
import { moved, svg } from "./nodes.js";
import { overlaps } from "./quiet.js";

const TICK = 0.018; // of the window
const NUMBER = 0.055;
const TITLE = 0.15;
const MOST_NUMBERS = 6;
const CORNER = 0.07; // of an edge, beside the other axis
const LETTERS = 3; // that stand beside an edge
const UPRIGHT = 1e-6; // degrees
const ASCENT = 11;
const DESCENT = 4;
const APART = 3; // pixels between two texts

/** What is written on one floor. */
class Floor {
  /**
   * @param {SVGElement} layer
   * @param {Camera} camera
   * @param {Frame} frame
   */
  constructor(layer, camera, frame) {
    this.layer = layer;
    this.camera = camera;
    this.frame = frame;
    this.front = camera.eye.map((part) => (part > 0 ? 1 : 0));
    /** @type {Frame[]} */
    this.taken = [];
  }

  /**
   * A pixel at the front edge of an axis, or beside it.
   * @param {number} axis
   * @param {number} along
   * @param {number} out
   * @returns {Pixel}
   */
  pixel(axis, along, out = 0) {
    const edge = this.front[1 - axis];
    const beside = edge ? edge + out : -out;
    return axis ? this.camera.to(beside, along, FLOOR) : this.camera.to(along, beside, FLOOR);
  }

  /** @param {string} d */
  line(d) {
    svg("path", { d, class: "pgp-floor" }, this.layer);
  }

  /**
   * A letter stands beside its edge, words go along it, without what they say in brackets.
   * @param {number} axis
   * @param {string} label
   */
  name(axis, label) {
    const [text] = label.split(" (");
    const place = this.pixel(axis, 0.5, TITLE);
    if (text.length <= LETTERS) {
      this.write(text, this.pixel(axis, 0.5), place, "pgp-axis-name");
      return;
    }
    const [[ax, ay], [bx, by]] = [this.pixel(axis, 0), this.pixel(axis, 1)];
    const slope = (Math.atan2(by - ay, bx - ax) * 180) / Math.PI;
    const upright = slope > 90 ? slope - 180 : slope < -90 - UPRIGHT ? slope + 180 : slope;
    const transform = `${moved(...place)} rotate(${upright.toFixed(1)})`;
    const look = { class: "pgp-axis-name", "text-anchor": "middle", transform, text };
    svg("text", look, this.layer);
  }

  /**
   * @param {number} axis
   * @param {number[]} ends
   */
  numbers(axis, [low, high]) {
    const { tickvals, ticktext } = ticks([low, high], false, MOST_NUMBERS);
    tickvals.forEach((value, k) => {
      const along = (value - low) / (high - low);
      if (Math.abs(along - this.front[axis]) < CORNER) return;
      const [edge, end, place] = [0, TICK, NUMBER].map((out) => this.pixel(axis, along, out));
      if (!this.write(ticktext[k], edge, place, "pgp-muted")) return;
      this.line(`M${spot(...edge)}L${spot(...end)}`);
    });
  }

  /**
   * Write a text beside an edge, inside the frame; whether there was room for it.
   * @param {string} text
   * @param {Pixel} edge
   * @param {Pixel} place
   * @param {string} look
   */
  write(text, edge, place, look) {
    const { left, right, bottom } = this.frame;
    const [dx, dy] = [place[0] - edge[0], place[1] - edge[1]];
    const wide = LETTER * text.length;
    const share = Math.abs(dx) < 0.5 * Math.abs(dy) ? 0.5 : dx > 0 ? 0 : 1;
    const from = Math.max(Math.min(place[0] - share * wide, right - wide), left);
    const base = Math.min(place[1] + DESCENT, bottom - DESCENT);
    const box = {
      left: from - APART,
      right: from + wide + APART,
      top: base - ASCENT,
      bottom: base + DESCENT,
    };
    if (this.taken.some((other) => overlaps(other, box))) return false;
    this.taken.push(box);
    const x = (from + share * wide).toFixed(1);
    const anchor = ["start", "middle", "end"][2 * share];
    svg("text", { class: look, x, y: base.toFixed(1), "text-anchor": anchor, text }, this.layer);
    return true;
  }
}

/**
 * @param {SVGElement} layer
 * @param {Camera} camera
 * @param {Frame} frame in which texts are written
 * @param {Ground} ground
 */
export function drawFloor(layer, camera, frame, { window: [x0, x1, y0, y1], labels }) {
  layer.replaceChildren();
  const floor = new Floor(layer, camera, frame);
  const edges = [0, 1].map((axis) => [floor.pixel(axis, 0), floor.pixel(axis, 1)]);
  floor.line(edges.map(([from, to]) => `M${spot(...from)}L${spot(...to)}`).join(""));
  labels.forEach((label, axis) => floor.name(axis, label));
  floor.numbers(0, [x0, x1]);
  floor.numbers(1, [y0, y1]);
}
