// The fan of a knob: what a descent is at every position (fan.py writes what this reads).

/**
 * @import { Ending, Scene, Track } from "./payload.js"
 *
 * @typedef {object} Lane the descent at one position
 * @property {number} value of the knob
 * @property {Float64Array} path
 * @property {number | null} stop the step at which the descent is over for good
 * @property {string} note
 * @property {Float64Array} loss over the step; NaN where it cannot be drawn
 * @property {[first: number, end: number][]} hot the updates above the stability limit
 * @property {Ending} ending
 *
 * @typedef {object} Header
 * @property {string} id
 * @property {[number, number, number, number]} window
 * @property {number[]} values
 * @property {[lane: number, stop: number, note: string][]} stops
 * @property {[noun: string, words: string, colour: string][]} endings the kinds of them
 * @property {[number, string][]} ticks
 * @property {number} steps
 * @property {number} exact points that are told exactly
 * @property {number} near so many windows from the middle fractions reach
 * @property {number} whole the largest fraction
 * @property {number} distances codes beyond the fractions on either side
 * @property {number} rate of the logarithm of a distance between two of them
 * @property {number} noLoss stands for a loss that cannot be drawn
 * @property {boolean} log
 */

import { inflated, reader, unpack } from "./bytes.js";

const MASK = 0xffff; // differences are taken modulo 2¹⁶

export class Fan {
  /**
   * @param {Header} header
   * @param {ArrayBuffer} arrays
   */
  constructor(header, arrays) {
    this.header = header;
    const { id, values, ticks, steps, exact } = header;
    const take = reader(arrays);
    const size = values.length;
    this.id = id;
    this.values = values; // the positions, ascending
    this.ticks = ticks; // positions that have a name
    this.final = take(Float64Array, size);
    this.low = take(Float64Array, size);
    this.high = take(Float64Array, size);
    const kinds = take(Uint16Array, size);
    /** @type {Ending[]} */
    this.endings = Array.from(kinds, (kind) => {
      const [noun, words, colour] = header.endings[kind];
      return { noun, words, colour };
    });
    this.places = take(Uint32Array, exact);
    this.exact = take(Float64Array, 2 * exact);
    this.stops = new Map(header.stops.map(([lane, stop, note]) => [lane, { stop, note }]));
    this.firsts = [0]; // the place of each lane's first point in the row of all
    values.forEach((_, index) => this.firsts.push(this.firsts[index] + this.points(index)));
    const total = this.firsts[size];
    this.axes = [take(Uint16Array, total), take(Uint16Array, total)];
    this.losses = take(Uint16Array, size * (steps + 1));
    this.hot = take(Uint8Array, size * Math.ceil(steps / 8));
    /** @type {Map<number, Lane>} */
    this.known = new Map();
  }

  /**
   * The descent at a position.
   * @param {number} index
   * @returns {Lane}
   */
  lane(index) {
    const found = this.known.get(index) ?? {
      value: this.values[index],
      stop: null,
      note: "",
      ...this.stops.get(index),
      path: this.path(index),
      loss: this.loss(index),
      hot: this.stretches(index),
      ending: this.endings[index],
    };
    this.known.set(index, found);
    return found;
  }

  /**
   * How many points a lane has.
   * @param {number} index
   */
  points(index) {
    return (this.stops.get(index)?.stop ?? this.header.steps) + 1;
  }

  /**
   * Its points.
   * @param {number} index
   */
  path(index) {
    const { window } = this.header;
    const [first, end] = this.firsts.slice(index, index + 2);
    const points = new Float64Array(2 * (end - first));
    this.axes.forEach((changes, axis) => {
      const [low, high] = window.slice(2 * axis, 2 * axis + 2);
      const [middle, size] = [(low + high) / 2, high - low];
      let code = 0;
      for (let k = first; k < end; k++) {
        code = (code + changes[k]) & MASK;
        points[2 * (k - first) + axis] = middle + size * this.away(code);
      }
    });
    this.places.forEach((place, i) => {
      if (place < first || place >= end) return;
      points.set(this.exact.subarray(2 * i, 2 * i + 2), 2 * (place - first));
    });
    return points;
  }

  /**
   * Windows from the middle of the window: a fraction, or far away the logarithm of a distance.
   * @param {number} code
   */
  away(code) {
    const { near, whole, distances, rate } = this.header;
    if (code <= whole) return near * ((2 * code) / whole - 1);
    const far = code - whole - 1;
    const distance = near * Math.exp(rate * (far % distances));
    return far < distances ? distance : -distance;
  }

  /**
   * The updates above the stability limit.
   * @param {number} index
   */
  stretches(index) {
    const { steps } = this.header;
    const from = index * Math.ceil(steps / 8);
    /** @type {[number, number][]} */
    const found = [];
    for (let k = 0; k < steps; k++) {
      if (!((this.hot[from + (k >> 3)] >> (k & 7)) & 1)) continue;
      const last = found.at(-1);
      if (last && last[1] === k) last[1] = k + 1;
      else found.push([k, k + 1]);
    }
    return found;
  }

  /**
   * Its losses over the step.
   * @param {number} index
   */
  loss(index) {
    const { steps, noLoss, log } = this.header;
    const from = index * (steps + 1);
    let sum = 0;
    const heights = Float64Array.from(this.losses.subarray(from, from + steps + 1), (change) => {
      sum = (sum + change) & MASK;
      if (sum === noLoss) return NaN;
      const share = sum / (noLoss - 1);
      const height = this.low[index] * (1 - share) + this.high[index] * share;
      return log ? Math.min(10 ** height, Number.MAX_VALUE) : height;
    });
    heights[this.points(index) - 1] = this.final[index]; // which is told in digits
    return heights;
  }
}

/**
 * A lane as a track that stands alone.
 * @param {Lane} lane
 * @param {string} name
 * @param {string} color
 * @returns {Track}
 */
export function asTrack({ path, stop, note, ending, hot }, name, color) {
  const count = path.length / 2;
  const known = { path, count, last: count - 1, stop, note, ending, hot };
  const bare = { slot: "", knobs: [], events: [], vectors: [], dash: "solid", ghost: false };
  return { ...known, ...bare, name, short: name, color };
}

/** @param {Uint8Array} bytes */
export async function readFan(bytes) {
  const { header, rest } = unpack(bytes);
  return new Fan(header, await inflated(rest));
}

/**
 * The scene in which a track is what it would be at a position of its knob; what the fan does not
 * know of it, vectors and all charts but the first, is left out.
 * @param {Scene} scene
 * @param {number} index of the track
 * @param {Lane} lane
 * @returns {Scene}
 */
export function withLane(scene, index, { path, stop, note, ending, loss, hot }) {
  const count = path.length / 2;
  const known = { path, count, last: count - 1, stop, note, ending, hot };
  const other = { ...known, vectors: [], events: [] };
  /** @type {Track[]} */
  const tracks = scene.tracks.map((track, i) => (i === index ? { ...track, ...other } : track));
  const charts = scene.charts.map((chart, row) => {
    const y = row ? loss.subarray(0, 0) : loss;
    const series = chart.series.map((line) =>
      line.track === index ? { ...line, count: y.length, y } : line,
    );
    return { ...chart, series };
  });
  return { ...scene, tracks, charts };
}
