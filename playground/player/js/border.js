// Outside the frame: an arrow where a path left it, with the step and the true value.

/**
 * @import { Exit, Way } from "./flatview.js"
 * @import { Frame } from "./geometry.js"
 * @import { Track } from "./payload.js"
 *
 * @typedef {object} Standing where a runner is
 * @property {number} time
 * @property {number} x of the head, if it is here
 * @property {number} y
 * @property {boolean} here inside the frame
 * @property {boolean} over for good
 *
 * @typedef {{ toTheLeft: boolean, y: number }} Taken where a label stands
 */

import { tr } from "./language.js";
import { display, fill, moved, svg } from "./nodes.js";

const LINE = 15; // pixels from one label to the next
export const LETTER = 6.3; // pixels of a letter, about: measuring one costs a layout in every frame

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
   * @param {Way} way
   * @param {Standing} standing
   * @param {Taken[]} labels of the runners before, and then of this one
   */
  show(way, { time, x, y, here, over }, labels) {
    const text = [];
    /** @type {Exit} */
    let spot = { x, y, angle: 0 };
    if (!here) {
      const segment = lastWayOut(way, time);
      spot = way.exit(segment, time);
      const left = segment >= 0;
      text.push(left ? tr("left the frame at step {}", segment + 1) : tr("outside the frame"));
    }
    if (over) text.push(this.track.note || tr("stops at step {}", this.track.last));
    display(this.group, text.length > 0);
    display(this.arrow, !here);
    if (!text.length) return;
    const value = this.value(time);
    if (!here && !over && value) text.push(value);
    const { frame } = way.view;
    this.point(spot);
    this.write(fitting(text, frame), spot, frame, labels);
  }

  /** @param {Exit} spot where the arrow points out of the frame */
  point({ x, y, angle }) {
    const degrees = ((angle * 180) / Math.PI).toFixed(1);
    this.arrow.setAttribute("transform", `${moved(x, y)} rotate(${degrees})`);
  }

  /**
   * Write lines beside a spot, inside the frame, clear of the labels before.
   * @param {string[]} lines
   * @param {Exit} spot
   * @param {Frame} frame
   * @param {Taken[]} labels
   */
  write(lines, { x, y }, { left, right, top, bottom }, labels) {
    const toTheLeft = x > (left + right) / 2;
    const wide = LETTER * Math.max(...lines.map((line) => line.length));
    const near = x + (toTheLeft ? -17 : 17);
    const [least, most] = toTheLeft ? [left + wide, right - 6] : [left + 6, right - wide];
    const anchorX = Math.max(Math.min(near, most), Math.min(least, most));
    const last = bottom - 8 - LINE * (lines.length - 1);
    let anchorY = Math.min(Math.max(y + 4, top + 16), last);
    const direction = anchorY > (top + bottom) / 2 ? -1 : 1;
    const rows = () => lines.map((_, row) => anchorY + LINE * row);
    const crowded = () =>
      labels.some(
        (other) =>
          other.toTheLeft === toTheLeft && rows().some((row) => Math.abs(other.y - row) < LINE),
      );
    while (crowded()) anchorY += LINE * direction;
    labels.push(...rows().map((row) => ({ toTheLeft, y: row })));
    this.say(lines);
    fill(this.label, { "text-anchor": toTheLeft ? "end" : "start" });
    rows().forEach((row, index) =>
      fill(this.label.children[index], { x: anchorX.toFixed(1), y: row.toFixed(1) }),
    );
  }

  /** @param {string[]} lines */
  say(lines) {
    if (this.label.children.length !== lines.length) {
      this.label.replaceChildren(...lines.map(() => svg("tspan")));
    }
    lines.forEach((line, row) => {
      const span = this.label.children[row];
      if (span.textContent !== line) span.textContent = line;
    });
  }
}

/**
 * The parts of a label in one line, or where the frame is too narrow for it, in a line each.
 * @param {string[]} parts
 * @param {Frame} frame
 */
function fitting(parts, { left, right }) {
  const line = parts.join(" · ");
  return LETTER * line.length <= (right - left) / 2 ? [line] : parts;
}

/**
 * The segment through which a path that is outside now left the frame; negative if it never did.
 * @param {Way} way
 * @param {number} time
 */
function lastWayOut({ exits }, time) {
  const step = Math.floor(time);
  return exits[step] === -1 ? step : exits[step];
}
