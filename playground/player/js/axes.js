// The axes of the charts: how far they reach, and where their ticks are.

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
  const margin = 0.06 * (high - low) || (log ? 0.5 : 0.5 * Math.abs(high) || 0.5);
  return [low - margin, high + margin];
}

/**
 * Plotly's settings for the ticks of an axis: few, and on a long log axis whole decades.
 * @param {number[]} range
 * @param {boolean} log
 */
export function ticks([low, high], log) {
  const decades = high - low;
  if (!log) return { nticks: 4 };
  if (decades < 1.3) return { nticks: 4, tickformat: "~g" };
  return { dtick: Math.max(1, Math.ceil(decades / 4)), exponentformat: "power" };
}
