// What the player says in words: for the legend, the border and those who listen.

/** @import { Scene } from "./payload.js" */

import { isOver, made } from "./geometry.js";
import { inSentence, tr } from "./language.js";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const DIGITS = 3;
const PRECISE = 12; // digits of what was chosen
const SMALLEST = -4; // powers of ten between which a number is written out
const LARGEST = 5;
const THIN = "\u202f"; // sets thousands apart from the fifth digit on

/**
 * Mantissa and power of ten.  What lies in the middle goes to the even digit, as in Python; in
 * JavaScript it goes up.
 * @param {number} size
 * @param {number} digits
 * @returns {[string, number]}
 */
function scientific(size, digits) {
  const [exact] = size.toExponential(20).split("e");
  const kept = exact.slice(0, digits > 1 ? digits + 1 : 1);
  const middle = /^50*$/.test(exact.replace(".", "").slice(digits));
  const even = Number(kept[kept.length - 1]) % 2 === 0;
  const [mantissa, power] = size.toExponential(digits - 1).split("e");
  return [middle && even ? kept : mantissa, Number(power)];
}

/** @param {string} decimal without the zeros behind the point that say nothing */
const bare = (decimal) =>
  decimal.includes(".") ? decimal.replace(/0+$/, "").replace(/\.$/, "") : decimal;

/** @param {number} power */
const raised = (power) =>
  String(power)
    .replace("-", "⁻")
    .replace(/\d/g, (digit) => RAISED[Number(digit)]);

/**
 * A number as `playground.words.number` writes it: 0.0123, 12, 12 300, 4.5·10⁷.
 * @param {number | undefined} value
 * @param {number} digits that are significant
 */
export function say(value, digits = DIGITS) {
  if (value === undefined || Number.isNaN(value)) return tr("not a number");
  if (!Number.isFinite(value)) return value > 0 ? tr("infinity") : tr("−infinity");
  const sign = value < 0 ? "−" : "";
  const [mantissa, power] = scientific(Math.abs(value), digits);
  if (power >= SMALLEST && power <= LARGEST) {
    const size = Number(`${mantissa}e${power}`);
    const text = bare(size.toFixed(Math.max(digits - 1 - power, 0)));
    const [whole, ...rest] = text.split(".");
    const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN) : whole;
    return sign + [grouped, ...rest].join(".");
  }
  return sign + withPower(mantissa, power);
}

/**
 * @param {string} mantissa
 * @param {number} power
 */
function withPower(mantissa, power) {
  const factor = bare(mantissa);
  return `${factor === "1" ? "" : `${factor}·`}10${raised(power)}`;
}

/**
 * Values that are read together in one form, as `playground.words.alike` writes them: if one of
 * them needs a power of ten all have one, but for those from 1 to 100.
 * @param {number[]} values
 */
export function alike(values) {
  const texts = values.map((value) => say(value, PRECISE));
  if (!texts.some((text) => /10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/.test(text))) return texts;
  return values.map((value, i) => {
    const [mantissa, power] = scientific(Math.abs(value), PRECISE);
    if (value === 0 || power === 0 || power === 1) return texts[i];
    return (value < 0 ? "−" : "") + withPower(mantissa, power);
  });
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
  if (isOver(track.stop, time)) return "";
  const step = made(time, track.last) - series.first;
  if (step < 0 || step >= series.count) return "";
  return `${inSentence(chart.title)} ${say(series.y[step])}`;
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
  return tr("Step {} of {}. {}.", Math.round(time), scene.steps, said.join("; "));
}
