// What a track is in 3-D: drawn in full where it is seen, dotted where the surface is in front.

/**
 * @import { Exit, Head, Way } from "./flatview.js"
 * @import { Track } from "./payload.js"
 * @import { SolidView } from "./solidview.js"
 * @import { Part, Spot, Step } from "./steps.js"
 * @import { Trail } from "./trail.js"
 */

import { FLOOR } from "./camera.js";
import { crossing, exits, headAt, inside, spot } from "./geometry.js";
import { WINDOW, along, heightsOf, placesOf, seenParts, stepOf } from "./steps.js";

/** @type {Part[]} */
const ALL = [[0, 1]];

/** @implements {Way} */
export class SolidWay {
  /**
   * @param {Track} track
   * @param {SolidView} view
   */
  constructor(track, view) {
    const { path, last } = track;
    const { relief, camera } = view;
    this.view = view;
    this.last = last;
    this.places = placesOf(path, last, (x, y) => view.place(x, y));
    this.heights = heightsOf(this.places, relief);
    this.exits = exits(this.places, last, WINDOW);
    this.dense = view.flat.dense(track);
    this.points = new Float64Array(2 * (last + 1));
    for (let k = 0; k <= last; k++) this.points.set(camera.to(...this.stand(k)), 2 * k);
    this.steps = Array.from({ length: last }, (_, k) =>
      stepOf(this.places, this.heights, k, relief),
    );
    this.parts = this.steps.map((step) => (step ? seenParts(step, relief, camera) : []));
    this.trail = this.text((k) => this.parts[k]);
    this.all = this.text((k) => (this.steps[k] ? ALL : []));
    this.dots = this.marks();
  }

  /**
   * Where the path stands after a step.
   * @param {number} k
   * @returns {Spot}
   */
  stand(k) {
    return [this.places[2 * k], this.places[2 * k + 1], this.heights[k]];
  }

  /**
   * A text of which every beginning can be shown.
   * @param {(k: number) => Part[]} parts of a step that are drawn
   * @returns {Trail}
   */
  text(parts) {
    const ends = new Int32Array(this.last + 1);
    const joined = new Uint8Array(this.last + 1);
    let text = "";
    this.steps.forEach((step, k) => {
      const drawn = parts(k);
      if (step) text += this.draw(step, drawn, joined[k] === 1);
      ends[k + 1] = text.length;
      joined[k + 1] = step?.span[1] === 1 && drawn.at(-1)?.[1] === 1 ? 1 : 0;
    });
    return { text, ends, joined };
  }

  /**
   * @param {Step} step
   * @param {Part[]} parts
   * @param {boolean} joined the pen stands where it begins
   */
  draw(step, parts, joined) {
    /** @param {number} share */
    const pixel = (share) => spot(...this.view.camera.to(...along(step, share)));
    let text = "";
    for (const [begin, end] of parts) {
      if (!joined || begin > 0 || step.span[0] > 0) text += `M${pixel(begin)}`;
      text += `L${pixel(end)}`;
    }
    return text;
  }

  /** A dot at every step that is seen. */
  marks() {
    const { points, last, view } = this;
    const ends = new Int32Array(last + 1);
    let [text, count] = ["", 0];
    for (let k = 0; k <= last; k++) {
      const [u, v, height] = this.stand(k);
      if (inside(u, v, WINDOW)) {
        count++;
        const hidden = view.camera.hides(view.relief, u, v, height);
        if (!hidden) text += `M${spot(points[2 * k], points[2 * k + 1])}h0`;
      }
      ends[k] = text.length;
    }
    return { text, ends, count };
  }

  /** @param {number} time */
  until(time) {
    return this.beginning(this.trail, (k) => this.parts[k], time);
  }

  /** @param {number} time */
  whole(time) {
    return this.beginning(this.all, () => ALL, time);
  }

  /**
   * @param {Trail} whole
   * @param {(k: number) => Part[]} parts
   * @param {number} time
   */
  beginning({ text, ends, joined }, parts, time) {
    const k = Math.min(Math.floor(time), this.last);
    const before = text.slice(0, ends[k]);
    const step = this.steps[k];
    if (!step || time === k) return before;
    const share = over(step, time - k);
    const shown = parts(k).filter(([begin]) => begin < share);
    const cut = shown.map(([begin, end]) => /** @type {Part} */ ([begin, Math.min(end, share)]));
    return before + this.draw(step, cut, joined[k] === 1);
  }

  /**
   * @param {number} time
   * @returns {Head}
   */
  head(time) {
    const { camera } = this.view;
    const [u, v] = headAt(this.places, this.last, time);
    if (!inside(u, v, WINDOW)) return { x: 0, y: 0, here: false };
    const k = Math.min(Math.floor(time), this.last);
    const step = this.steps[k];
    const there = step && time > k ? along(step, over(step, time - k)) : this.stand(k);
    const [x, y] = camera.to(...there);
    return { x, y, here: true, foot: camera.to(u, v, FLOOR) };
  }

  /**
   * Where the path crosses the border; if it never was inside, where the way from the middle does.
   * @param {number} segment
   * @param {number} time
   * @returns {Exit}
   */
  exit(segment, time) {
    const { camera, relief } = this.view;
    const middle = [0.5, 0.5, ...headAt(this.places, this.last, time)];
    const way = segment >= 0 ? this.places.subarray(2 * segment, 2 * segment + 4) : middle;
    const [au, av, bu, bv] = way;
    const { x: u, y: v, angle } = crossing(au, av, bu, bv, WINDOW);
    const height = relief.at(Math.min(Math.max(u, 0), 1), Math.min(Math.max(v, 0), 1)) || 0;
    const [[x, y], [ex, ey]] = [
      camera.to(u, v, height),
      camera.to(u + Math.cos(angle), v + Math.sin(angle), height),
    ];
    return { x, y, angle: Math.atan2(ey - y, ex - x) };
  }
}

/**
 * The share of the part of a step that is over the window, at a share of the step.
 * @param {Step} step
 * @param {number} share
 */
const over = ({ span: [begin, end], share: known }, share) =>
  Math.min(Math.max((known(share) - begin) / (end - begin || 1), 0), 1);
