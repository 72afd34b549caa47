// What stands still on the charts' layer: titles, names of lines, thresholds and flags.

/**
 * @import { Frame, Scale } from "./geometry.js"
 * @import { Chart, Series, Threshold } from "./payload.js"
 *
 * @typedef {object} NotesContext
 * @property {Scale} x of the steps
 * @property {number} steps
 * @property {(series: Series) => boolean} shows
 * @property {(id: string) => void} report a threshold was clicked
 *
 * @typedef {{ baseline: number, left: number }} Taken where a label of a threshold stands
 */

import { fill, svg } from "./nodes.js";

export class ChartNotes {
  /**
   * @param {SVGElement} layer
   * @param {NotesContext} context
   */
  constructor(layer, context) {
    this.layer = layer;
    this.context = context;
  }

  /**
   * @param {Chart} chart
   * @param {Frame} frame
   * @param {(value: number) => number} place the height of a value
   */
  annotate(chart, frame, place) {
    const head = svg("text", { class: "pgp-title", x: frame.left, y: frame.top - 9 }, this.layer);
    head.textContent = chart.title;
    if (chart.log) svg("tspan", { class: "pgp-muted", text: "  log scale" }, head);
    if (chart.hint) svg("title", { text: chart.hint }, head);
    this.nameSeries(chart, frame);
    /** @type {Taken[]} */
    const labels = []; // of this chart, so that close lines do not write over each other
    for (const line of chart.thresholds) this.threshold(line, frame, place(line.value), labels);
    for (const [step, label] of chart.flags) this.flag(step, label, frame);
  }

  /**
   * @param {number} step
   * @param {string} label
   * @param {Frame} frame
   */
  flag(step, label, frame) {
    const x = this.context.x.to(step).toFixed(1);
    const group = svg("g", { class: "pgp-flag" }, this.layer);
    svg("path", { d: `M${x} ${frame.top}v${frame.bottom - frame.top}` }, group);
    const late = step > 0.7 * this.context.steps;
    const place = { x: Number(x) + (late ? -4 : 4), y: frame.top + 10 };
    svg("text", { ...place, "text-anchor": late ? "end" : "start", text: label }, group);
  }

  /**
   * Where a track has several lines, the title row says which is which.
   * @param {Chart} chart
   * @param {Frame} frame
   */
  nameSeries(chart, frame) {
    const kinds = new Map();
    for (const series of chart.series) {
      if (series.name && this.context.shows(series)) kinds.set(series.name, series);
    }
    if (kinds.size === 0) return;
    const place = { x: frame.right, y: frame.top - 9, "text-anchor": "end" };
    const text = svg("text", { class: "pgp-muted", ...place }, this.layer);
    for (const [name, series] of kinds) {
      const gap = text.childNodes.length ? "\u2003" : "";
      svg("tspan", { text: `${gap}${series.dashed ? "╌╌ " : "— "}${name}` }, text);
    }
  }

  /**
   * @param {Threshold} line
   * @param {Frame} frame
   * @param {number} y
   * @param {Taken[]} labels
   */
  threshold(line, frame, y, labels) {
    const { left, right, top, bottom } = frame;
    if (y < top - 1 || y > bottom + 1) return;
    const group = svg("g", { class: "pgp-threshold" }, this.layer);
    svg("path", { d: `M${left} ${y.toFixed(1)}H${right}`, class: "pgp-hairline" }, group);
    const below = y - top < 14;
    const baseline = y + (below ? 12 : -4);
    const beside = labels.filter((other) => Math.abs(other.baseline - baseline) < 12);
    const end = Math.min(right - 2, ...beside.map((other) => other.left - 10));
    const place = { x: end, y: baseline, "text-anchor": "end" };
    const text = svg("text", { ...place, text: line.label }, group);
    labels.push({ baseline, left: end - text.getComputedTextLength() });
    if (!line.id) return;
    const area = { x: left, y: y - 9, width: right - left, height: 18 };
    svg("rect", { ...area, fill: "transparent" }, group);
    this.makeButton(group, line);
  }

  /**
   * @param {SVGGElement} group
   * @param {Threshold} line
   */
  makeButton(group, { id, label }) {
    fill(group, {
      role: "button",
      tabindex: 0,
      "aria-label": `${label}: use this value`,
      "data-id": id,
    });
    group.classList.add("pgp-clickable");
    group.addEventListener("click", () => this.context.report(id));
    group.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      this.context.report(id);
    });
  }
}
