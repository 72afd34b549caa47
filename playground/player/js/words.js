// What the player says in words: for the legend, the border and those who listen.

/** @import { Scene } from "./payload.js" */

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number as a reader wants it: four digits, a true minus, 1.00·10⁵.
 * @param {number | undefined} value
 */
export function say(value) {
  if (value === undefined || Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e5)) {
    return String(Number(value.toPrecision(4))).replace("-", "−");
  }
  const [mantissa, exponent] = value.toExponential(2).split("e");
  const power = exponent.replace("+", "").replace("-", "⁻");
  return `${mantissa.replace("-", "−")}·10${power.replace(/\d/g, (digit) => RAISED[Number(digit)])}`;
}

/**
 * The first chart's value of a track at a time, as text; "" when there is none.
 * @param {Scene} scene
 * @param {number} index of the track
 * @param {number} time
 */
export function valueText(scene, index, time) {
  const [chart] = scene.charts;
  const series = chart?.series.find((item) => item.track === index && !item.dashed);
  if (!series) return "";
  const track = scene.tracks[index];
  const step = Math.floor(Math.min(time, track.last) + 1e-9) - series.first;
  if (step < 0 || step >= series.count) return "";
  return `${chart.title.toLowerCase()} ${say(series.y[step])}`;
}

/**
 * Where the run stands, in one sentence per track.
 * @param {Scene} scene
 * @param {number} time
 * @param {(index: number) => boolean} visible
 */
export function sentence(scene, time, visible) {
  const said = scene.tracks
    .map((track, index) => ({ track, index }))
    .filter(({ track, index }) => visible(index) && !track.ghost)
    .map(({ track, index }) => [track.name, valueText(scene, index, time), track.note])
    .map((parts) => parts.filter(Boolean).join(", "));
  return `Step ${Math.round(time)} of ${scene.steps}. ${said.join("; ")}.`;
}
