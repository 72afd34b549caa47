// Outside the frame: an arrow where a path left it, with the step and the true value.

/**
 * @import { Frame } from "./geometry.js"
 * @import { Track } from "./payload.js"
 * @import { Traced } from "./runner.js"
 *
 * @typedef {object} Standing where a runner is
 * @property {number} time
 * @property {number} x
 * @property {number} y
 * @property {boolean} here inside the frame
 * @property {boolean} over for good
 *
 * @typedef {{ x: number, y: number, angle: number }} Spot
 * @typedef {{ toTheLeft: boolean, y: number }} Taken where a label stands
 */

import { crossing } from "./geometry.js";
import { display, fill, moved, svg } from "./nodes.js";

const LINE = 15; // pixels from one label to the next

export class Border {
  /**
   * @param {SVGElement} layer
   * @param {Track} track
   * @param {(time: number) => string} value the text of the track's value
   */
  constructor(layer, track, value) {
    this.track = track;
    this.value = value;
    this.group = svg("g", { class: "pgp-border" }, layer);
    const look = { d: "M0 0L-13-6.5L-10 0L-13 6.5Z", fill: track.color, class: "pgp-exit" };
    this.arrow = svg("path", look, this.group);
    this.label = svg("text", { class: "pgp-text" }, this.group);
  }

  /**
   * @param {Traced} traced
   * @param {Standing} standing
   * @param {Taken[]} labels of the runners before, and then of this one
   */
  show(traced, standing, labels) {
    const { time, x, y, here, over } = standing;
    const text = [];
    /** @type {Spot} */
    let spot = { x, y, angle: 0 };
    if (!here) {
      const segment = lastWayOut(traced, time);
      spot = exitSpot(traced, segment, standing);
      text.push(segment >= 0 ? `left the frame at step ${segment + 1}` : "outside the frame");
    }
    if (over) text.push(this.track.note || `stops at step ${this.track.last}`);
    display(this.group, text.length > 0);
    display(this.arrow, !here);
    if (!text.length) return;
    const value = this.value(time);
    if (!here && value) text.push(value);
    this.write(text.join(" · "), spot, traced.view.frame, labels);
  }

  /**
   * @param {string} text
   * @param {Spot} spot
   * @param {Frame} frame
   * @param {Taken[]} labels
   */
  write(text, { x, y, angle }, { left, right, top, bottom }, labels) {
    const degrees = ((angle * 180) / Math.PI).toFixed(1);
    this.arrow.setAttribute("transform", `${moved(x, y)} rotate(${degrees})`);
    const toTheLeft = x > (left + right) / 2;
    const anchorX = Math.min(Math.max(x + (toTheLeft ? -17 : 17), left + 6), right - 6);
    let anchorY = Math.min(Math.max(y + 4, top + 16), bottom - 8);
    const crowded = () =>
      labels.some((other) => other.toTheLeft === toTheLeft && Math.abs(other.y - anchorY) < LINE);
    const direction = anchorY > (top + bottom) / 2 ? -1 : 1;
    while (crowded()) anchorY += LINE * direction;
    labels.push({ toTheLeft, y: anchorY });
    if (this.label.textContent !== text) this.label.textContent = text;
    fill(this.label, {
      x: anchorX.toFixed(1),
      y: anchorY.toFixed(1),
      "text-anchor": toTheLeft ? "end" : "start",
    });
  }
}

/**
 * The segment through which a path that is outside now left the frame; negative if it never did.
 * @param {Traced} traced
 * @param {number} time
 */
function lastWayOut({ exits }, time) {
  const step = Math.floor(time);
  return exits[step] === -1 ? step : exits[step];
}

/**
 * Where the path crosses the border; if it never was inside, where the way from the middle does.
 * @param {Traced} traced
 * @param {number} segment
 * @param {Standing} standing
 * @returns {Spot}
 */
function exitSpot({ points, view: { frame } }, segment, { x, y }) {
  const middle = [(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2, x, y];
  const way = segment >= 0 ? points.subarray(2 * segment, 2 * segment + 4) : middle;
  const [ax, ay, bx, by] = way;
  return crossing(ax, ay, bx, by, frame);
}
