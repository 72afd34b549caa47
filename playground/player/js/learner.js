// A network while it learns, as learner.py sends it: its parameters at every update, and what it
// says of places.

/**
 * @typedef {object} Facts
 * @property {number[]} sizes inputs, units of every hidden layer, outputs
 * @property {string} head what the outputs mean
 * @property {number} reach of the pieces of the activation
 * @property {[number, number]} table rows and columns
 * @property {[number, number, number, number]} window x0, x1, y0, y1 of the inputs
 * @property {number} training so many of the points are learnt
 * @property {number} count of the points
 * @property {number} steps how many updates are sent
 * @property {string[]} colours of the classes
 * @property {number} bytes
 *
 * @typedef {object} Learner
 * @property {Facts} facts
 * @property {Float64Array} table the activation in pieces, each a polynomial of its share
 * @property {Uint32Array} steps the updates that are sent
 * @property {Float32Array} points pairs
 * @property {Uint8Array} classes
 * @property {Float32Array} weights the parameters, update after update
 */

import { inflated, reader } from "./bytes.js";

const DROPPED = 13; // digits of two at the end of a float32 that are not sent

/**
 * @param {Facts} facts
 * @param {Uint8Array} bytes
 * @returns {Promise<Learner>}
 */
export async function readLearner(facts, bytes) {
  const take = reader(await inflated(bytes));
  const { sizes, table: shape, count, steps: updates } = facts;
  const table = take(Float64Array, shape[0] * shape[1]);
  const steps = take(Uint32Array, updates);
  const points = take(Float32Array, 2 * count);
  const classes = take(Uint8Array, count);
  const size = sizes.slice(1).reduce((sum, units, i) => sum + units * (sizes[i] + 1), 0);
  const planes = take(Uint8Array, 3 * size * updates);
  return { facts, table, steps, points, classes, weights: summed(planes, size, updates) };
}

/**
 * The parameters whose differences from update to update are sent, parameter after parameter.
 * @param {Uint8Array} planes
 * @param {number} size
 * @param {number} updates
 */
function summed(planes, size, updates) {
  const long = size * updates;
  const bits = new Uint32Array(long);
  for (let j = 0; j < size; j++) {
    let code = 0;
    for (let k = 0; k < updates; k++) {
      const i = j * updates + k;
      const folded = planes[i] | (planes[i + long] << 8) | (planes[i + 2 * long] << 16);
      code += folded & 1 ? -(folded + 1) / 2 : folded / 2;
      bits[k * size + j] = code << DROPPED;
    }
  }
  return new Float32Array(bits.buffer);
}

/**
 * The last update that was sent, of those up to a time, and the parameters after it.
 * @param {Learner} learner
 * @param {number} time
 */
export function frameAt({ steps, weights }, time) {
  let [low, high] = [0, steps.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (steps[middle] <= time + 1e-9) low = middle;
    else high = middle - 1;
  }
  const size = weights.length / steps.length;
  return { step: steps[low], p: weights.subarray(low * size, (low + 1) * size) };
}

/**
 * What outputs mean, by the name of their loss: each row in place, k values long.
 * @type {Record<string, (row: Float64Array) => void>}
 */
const HEADS = {
  squared: () => {},
  logistic: (row) => row.forEach((o, i) => (row[i] = 1 / (1 + Math.exp(-o)))),
  softmax: (row) => {
    const top = Math.max(...row);
    let total = 0;
    row.forEach((o, i) => (total += row[i] = Math.exp(o - top)));
    row.forEach((e, i) => (row[i] = e / total));
  },
};

/** A network asked about the same places again and again. */
export class Oracle {
  /**
   * @param {Learner} learner
   * @param {ArrayLike<number>} places pairs
   */
  constructor({ facts, table }, places) {
    const { sizes, head, reach, table: shape } = facts;
    this.table = table;
    this.powers = shape[1];
    this.cells = shape[0] - 2;
    this.reach = reach;
    this.sizes = sizes;
    this.head = HEADS[head];
    this.places = Float64Array.from(places);
    this.count = places.length / 2;
    this.signals = sizes.slice(1).map((units) => new Float64Array(units * this.count));
    this.outputs = sizes[sizes.length - 1];
    this.classes = Math.max(this.outputs, 2);
    this.scores = new Float64Array(this.classes * this.count);
  }

  /**
   * The score of every class at every place; the largest is the answer.
   * @param {Float32Array} p
   */
  ask(p) {
    const { outputs, classes, scores, count } = this;
    const values = this.forward(p);
    for (let i = 0; i < count; i++) {
      const row = values.subarray(i * outputs, (i + 1) * outputs);
      this.head(row);
      if (outputs > 1) scores.set(row, i * classes);
      else [scores[2 * i], scores[2 * i + 1]] = [1 - row[0], row[0]];
    }
    return scores;
  }

  /** @param {Float32Array} p */
  forward(p) {
    const { sizes, signals } = this;
    let from = this.places;
    let begin = 0;
    signals.forEach((to, layer) => {
      const [inputs, units] = [sizes[layer], sizes[layer + 1]];
      const end = begin + units * (inputs + 1);
      weigh(Float64Array.from(p.subarray(begin, end)), from, to, inputs);
      if (layer + 1 < signals.length) this.bend(to);
      [from, begin] = [to, end];
    });
    return signals[signals.length - 1];
  }

  /**
   * The activation of every value, in its place.
   * @param {Float64Array} values
   */
  bend(values) {
    const { cells, powers, table, reach } = this;
    const width = (2 * reach) / cells;
    for (let i = 0; i < values.length; i++) {
      const place = (values[i] + reach) / width;
      const cell = Math.max(Math.min(Math.floor(place), cells), -1);
      const share = place - Math.max(cell, 0);
      const row = (cell + 1) * powers;
      let value = table[row + powers - 1];
      for (let k = row + powers - 2; k >= row; k--) value = value * share + table[k];
      values[i] = value;
    }
  }
}

/**
 * One layer: W row by row, then b.
 * @param {Float64Array} layer
 * @param {Float64Array} from
 * @param {Float64Array} to
 * @param {number} inputs
 */
function weigh(layer, from, to, inputs) {
  const units = layer.length / (inputs + 1);
  const biases = units * inputs;
  for (let at = 0, i = 0; i < to.length; at += inputs) {
    for (let j = 0, row = 0; j < units; j++, i++, row += inputs) {
      let sum = layer[biases + j];
      for (let l = 0; l < inputs; l++) sum += layer[row + l] * from[at + l];
      to[i] = sum;
    }
  }
}

/**
 * By how much each class leads the best of the others, one class after the other.
 * @param {Float64Array} scores
 * @param {number} classes
 */
export function leads(scores, classes) {
  const count = scores.length / classes;
  return Array.from({ length: classes }, (_, k) => {
    const lead = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      let best = -Infinity;
      for (let other = 0; other < classes; other++) {
        if (other !== k) best = Math.max(best, scores[i * classes + other]);
      }
      lead[i] = scores[i * classes + k] - best;
    }
    return lead;
  });
}

/**
 * The class that scores highest at every place, the first of equals; −1 where one is no number.
 * @param {Float64Array} scores
 * @param {number} classes
 */
export function answers(scores, classes) {
  return Int8Array.from({ length: scores.length / classes }, (_, i) => {
    const row = scores.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row)); // which NaN makes NaN, found nowhere
  });
}
