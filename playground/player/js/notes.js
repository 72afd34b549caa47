// What stands still on the charts' layer: titles, names of lines, thresholds and flags.

/**
 * @import { Frame, Scale } from "./geometry.js"
 * @import { Chart, Series, Threshold } from "./payload.js"
 * @import { Curve } from "./quiet.js"
 *
 * @typedef {object} NotesContext
 * @property {Scale} x of the steps
 * @property {number} steps
 * @property {(series: Series) => boolean} shows
 * @property {(series: Series) => string} color
 * @property {(id: string) => void} report a threshold was clicked
 *
 * @typedef {{ end: number, baseline: number }} Spot where a label ends
 */

import { tr } from "./language.js";
import { fill, svg } from "./nodes.js";
import { quietest } from "./quiet.js";

const TALL = 9; // pixels of a letter above the baseline
const DEEP = 3; // and below it
const ROW = 14; // from one row of flags to the next
const STRIDE = 7; // along a line, from one place for its label to the next

export class ChartNotes {
  /**
   * @param {SVGElement} layer
   * @param {NotesContext} context
   */
  constructor(layer, context) {
    this.layer = layer;
    this.context = context;
    /** @type {Curve[]} */
    this.curves = []; // of the chart that is annotated
    /** @type {Frame[]} */
    this.taken = []; // where its labels stand
  }

  /**
   * @param {Chart} chart
   * @param {Frame} frame
   * @param {(value: number) => number} place the height of a value
   * @param {Curve[]} curves that are shown
   */
  annotate(chart, frame, place, curves) {
    this.curves = curves;
    this.taken = [];
    const head = svg("text", { class: "pgp-title", x: frame.left, y: frame.top - 9 }, this.layer);
    head.textContent = chart.title;
    if (chart.log) svg("tspan", { class: "pgp-muted", text: `  ${tr("log scale")}` }, head);
    if (chart.hint) svg("title", { text: chart.hint }, head);
    const names = this.nameSeries(chart, frame, head);
    for (const line of chart.thresholds) this.threshold(line, frame, place(line.value));
    for (const [step, label] of chart.flags) this.flag(step, label, frame);
    if (names) this.putInside(names, frame);
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
    const text = svg("text", { text: label }, group);
    const wide = text.getComputedTextLength();
    const right = Number(x) + 4 + wide;
    const sides = right > frame.right ? [-4] : step > 0.7 * this.context.steps ? [-4, 4] : [4, -4];
    const spots = [];
    for (let baseline = frame.top + 10; baseline <= frame.bottom; baseline += ROW) {
      for (const side of sides) {
        spots.push({ end: Number(x) + side + (side > 0 ? wide : 0), baseline });
      }
    }
    this.put(text, wide, spots);
  }

  /**
   * Where a track has several lines, the title row says which is which, at the price of what is
   * said of the scale; names for which it has no room are returned.
   * @param {Chart} chart
   * @param {Frame} frame
   * @param {SVGTextElement} head of the row
   */
  nameSeries(chart, frame, head) {
    const shown = chart.series.filter((series) => series.name && this.context.shows(series));
    const kinds = new Map(shown.map((series) => [series.name, series]));
    if (kinds.size === 0) return null;
    const own = kinds.size === shown.length; // a colour of its own each, else they share those
    const place = { x: frame.right, y: frame.top - 9, "text-anchor": "end" };
    const text = svg("text", { class: "pgp-muted", ...place }, this.layer);
    for (const [name, series] of kinds) {
      const gap = text.childNodes.length ? "\u2003" : "";
      const stroke = { text: `${gap}${series.dashed ? "╌╌" : "—"}` };
      svg("tspan", own ? { ...stroke, fill: this.context.color(series) } : stroke, text);
      svg("tspan", { text: ` ${name}` }, text);
    }
    const room = frame.right - frame.left - text.getComputedTextLength() - ROW;
    if (head.getComputedTextLength() > room) head.querySelector("tspan")?.remove();
    return head.getComputedTextLength() > room ? text : null;
  }

  /**
   * Write the names of the lines between them.
   * @param {SVGTextElement} text
   * @param {Frame} frame
   */
  putInside(text, { right, top, bottom }) {
    text.classList.add("pgp-inside");
    const spots = [];
    for (let row = top + ROW; row < bottom - DEEP; row += ROW) {
      spots.push({ end: right - 2, baseline: row });
    }
    this.put(text, text.getComputedTextLength(), spots);
  }

  /**
   * @param {Threshold} line
   * @param {Frame} frame
   * @param {number} y
   */
  threshold(line, frame, y) {
    const { left, right, top, bottom } = frame;
    if (y < top - 1 || y > bottom + 1) return;
    const group = svg("g", { class: "pgp-threshold" }, this.layer);
    svg("path", { d: `M${left} ${y.toFixed(1)}H${right}`, class: "pgp-hairline" }, group);
    const text = svg("text", { text: line.label }, group);
    const wide = text.getComputedTextLength();
    const rows = [y - 4, y + 12].filter((row) => (row < y ? row - TALL >= top : row <= bottom));
    const ends = [];
    for (let end = right - 2; end - wide > left + 2; end -= STRIDE) ends.push(end);
    ends.push(left + 2 + wide);
    const spots = ends.flatMap((end) => rows.map((baseline) => ({ end, baseline })));
    this.put(text, wide, spots);
    if (!line.id) return;
    const area = { x: left, y: y - 9, width: right - left, height: 18 };
    svg("rect", { ...area, fill: "transparent" }, group);
    this.makeButton(group, line);
  }

  /**
   * Write a label at the spot where it covers the least.
   * @param {SVGElement} text
   * @param {number} wide
   * @param {Spot[]} spots in the order in which they are liked
   */
  put(text, wide, spots) {
    const places = spots.map(({ end, baseline }) => ({
      left: end - wide,
      right: end,
      top: baseline - TALL,
      bottom: baseline + DEEP,
    }));
    const best = quietest(places, this.curves, this.context.x, this.taken);
    const { end, baseline } = spots[best];
    this.taken.push(places[best]);
    fill(text, { x: end.toFixed(1), y: baseline.toFixed(1), "text-anchor": "end" });
  }

  /**
   * @param {SVGGElement} group
   * @param {Threshold} line
   */
  makeButton(group, { id, label }) {
    fill(group, {
      role: "button",
      tabindex: 0,
      "aria-label": tr("{}: use this value", label),
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
