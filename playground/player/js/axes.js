// The axes of the charts: how far they reach, and where their ticks are.

import { alike } from "./words.js";

/** @typedef {{ y: ArrayLike<number>, calm: boolean }} Line calm: it does not run away */

/** @type {[number, number]} */
const NOTHING = [Infinity, -Infinity]; // the span of no values

/**
 * Smallest and largest of the values that can be drawn (of their logarithms on a log axis).
 * @param {ArrayLike<number>} values
 * @param {boolean} log
 */
function span(values, log) {
  let [low, high] = NOTHING;
  for (let i = 0; i < values.length; i++) {
    const value = log ? (values[i] > 0 ? Math.log10(values[i]) : NaN) : values[i];
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

const OUTERMOST = Number.MAX_VALUE / 4; // end of an axis, so that its length is a number

/** @param {number[][]} spans */
const union = (spans) => [
  Math.min(...spans.map(([low]) => low)),
  Math.max(...spans.map(([, high]) => high)),
];

/**
 * The range of a chart's axis (of the logarithms on a log axis), with a margin.  A series that runs
 * away (`calm` false) shows where it starts to leave: it may stretch the others' range by half a
 * range (two decades on a log axis), its line leaves through the top.
 * @param {Line[]} lines
 * @param {number[]} thresholds
 * @param {boolean} log
 * @returns {[number, number]}
 */
export function chartRange(lines, thresholds, log) {
  const calm = lines.filter((line) => line.calm).map((line) => line.y);
  const wild = lines.filter((line) => !line.calm).map((line) => line.y);
  const starts = wild.map((y) => [y[0]]);
  let [low, high] = union([thresholds, ...calm, ...starts].map((values) => span(values, log)));
  const [wildLow, wildHigh] = union([NOTHING, ...wild.map((values) => span(values, log))]);
  const spare = log ? 2 : 0.5 * (high - low || Math.abs(high) || 1);
  if (wildHigh > high) high = Math.min(wildHigh, high + spare);
  if (wildLow < low) low = Math.max(wildLow, low - spare);
  if (!(low <= high)) return [0, 1];
  [low, high] = [low, high].map((end) => Math.min(Math.max(end, -OUTERMOST), OUTERMOST));
  const margin = 0.06 * (high - low) || (log ? 0.5 : 0.5 * Math.abs(high) || 0.5);
  return [low - margin, high + margin];
}

const MOST = 4; // ticks
const ROOM = 24; // pixels of an axis that a tick needs
const STEPS = [1, 2, 5];

/**
 * Round values, few of them: steps of 1, 2 or 5, or whole decades.  As `playground.figures.ticks`.
 * @param {number} low end, positive on a logarithmic axis
 * @param {number} high
 * @param {boolean} log
 * @param {number} most
 */
function roundTicks(low, high, log, most = MOST) {
  if (!log) return even(low, high, most);
  const first = Math.floor(Math.log10(low));
  const last = Math.floor(Math.log10(high));
  /** @type {number[]} */
  let found = [];
  for (const digits of [STEPS, [1, 5], [1]]) {
    found = [];
    for (let power = first; power <= last; power++) {
      found.push(...digits.map((digit) => Number(`${digit}e${power}`)));
    }
    const [least, largest] = [low * (1 - 1e-9), Math.min(high * (1 + 1e-9), Number.MAX_VALUE)];
    found = found.filter((v) => v >= least && v <= largest);
    if (found.length <= most) break;
  }
  if (found.length < 2) return even(low, high, most);
  const stride = Math.ceil(found.length / most);
  return found.filter((v) => stride === 1 || Math.round(Math.log10(v)) % stride === 0);
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} most
 */
function even(low, high, most) {
  const rough = high / most - low / most;
  if (!(rough > 0)) return [low];
  const power = Math.floor(Math.log10(rough));
  for (const digit of [...STEPS, 10, 20]) {
    const step = digit * 10 ** power;
    if (!(step > 0 && Number.isFinite(step))) continue;
    const from = Math.ceil(low / step - 1e-9);
    const to = Math.floor(high / step + 1e-9);
    if (to - from + 1 > most) continue;
    return Array.from({ length: to - from + 1 }, (_, k) =>
      Number(((from + k) * step).toPrecision(12)),
    );
  }
  return [low];
}

/** What there is of a number: an axis with its margin may reach beyond the largest and the least. */
const number = (/** @type {number} */ value) =>
  Math.min(Math.max(value, Number.MIN_VALUE), Number.MAX_VALUE);

/**
 * Plotly's settings for the ticks of an axis.
 * @param {number[]} range of the logarithms on a log axis
 * @param {boolean} log
 * @param {number} most
 */
export function ticks([low, high], log, most = MOST) {
  const ends = log ? [10 ** low, 10 ** high].map(number) : [low, high];
  const tickvals = roundTicks(ends[0], ends[1], log, most);
  return { tickmode: "array", tickvals, ticktext: alike(tickvals) };
}

/**
 * How many ticks an upright axis has room for.
 * @param {number} pixels
 */
export const tickRoom = (pixels) => Math.max(Math.min(MOST, Math.floor(pixels / ROOM)), 2);
