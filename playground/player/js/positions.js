// The positions of a knob: the values of a parameter, spaced as it is declared.

/** @import { KnobFacts } from "./payload.js" */

/**
 * The positions until the fan says them exactly: even steps of the value, of its logarithm, or of
 * log(1 − value).
 * @param {KnobFacts} facts
 */
export function positions({ ends: [low, high], scale, count, digits }) {
  const [inward, outward] = WAYS[scale] ?? WAYS.linear;
  const [from, to] = [inward(low), inward(high)];
  return Array.from({ length: count }, (_, i) =>
    Number(outward(from + ((to - from) * i) / (count - 1)).toPrecision(digits)),
  );
}

/** @type {Record<string, [(value: number) => number, (place: number) => number]>} */
const WAYS = {
  linear: [(value) => value, (place) => place],
  log: [Math.log, Math.exp],
  decay: [(value) => -Math.log1p(-value), (place) => -Math.expm1(-place)],
};

/**
 * The place of the position nearest to a value.
 * @param {number[]} values ascending
 * @param {number} value
 */
export const nearest = (values, value) =>
  Math.round(Math.min(Math.max(share(values, value), 0), 1) * (values.length - 1));

/**
 * Where a value stands between the first position (0) and the last (1); outside, if it lies beyond.
 * @param {number[]} values ascending
 * @param {number} value
 */
export function share(values, value) {
  const last = values.length - 1;
  if (value < values[0]) return -1;
  if (value > values[last]) return 2;
  let i = values.findIndex((position) => position >= value);
  if (i > 0) i -= (values[i] - value) / (values[i] - values[i - 1]);
  return i / last;
}
