// The charts: one Plotly figure of rows over a shared step axis; titles, thresholds, the cursor and
// its dots are on a layer of SVG above.  A press anywhere on a chart moves the cursor there.

/**
 * @import { Frame, Scale } from "./geometry.js"
 * @import { Scene, Series, Track } from "./payload.js"
 * @import { Value } from "./offchart.js"
 * @import { Layout, Plotly } from "./plotly.js"
 * @import { Curve } from "./quiet.js"
 * @import { Theme } from "./theme.js"
 *
 * @typedef {object} ChartHooks
 * @property {(step: number) => void} seek while scrubbing on a chart
 * @property {(id: string) => void} threshold when one is clicked
 *
 * @typedef {object} Dot the dot of one series under the cursor
 * @property {Series} series
 * @property {SVGCircleElement} node
 * @property {(value: number) => number} place the height of a value
 * @property {Float64Array} pixels the height of every value
 * @property {Frame} frame
 * @property {number} last the step at which it stays
 * @property {number | null} over the last step of which there is a value, if it is not the end
 *
 * @typedef {{ cursor: SVGLineElement, dots: Dot[], off: OffChart }} Row
 */

import { chartTraces, chartsLayout, lineOf, rowFrames, trackOf, yAxis } from "./chartfigure.js";
import { isOver, made, scale } from "./geometry.js";
import { display, fill, html, moved, pixelIn, svg } from "./nodes.js";
import { OffChart } from "./offchart.js";
import { ChartNotes } from "./notes.js";
import { polyline } from "./trail.js";

export class ChartsView {
  /**
   * @param {HTMLElement} host
   * @param {Plotly} plotly
   * @param {ChartHooks} hooks
   */
  constructor(host, plotly, hooks) {
    this.host = host;
    this.plotly = plotly;
    this.hooks = hooks;
    this.graph = html("div", { class: "pgp-graph" }, host);
    this.layer = svg("svg", { class: "pgp-layer" }, host);
    this.hits = svg("g", {}, this.layer);
    this.notes = svg("g", {}, this.layer);
    this.sketches = svg("g", { class: "pgp-sketches" }, this.layer);
    this.moving = svg("g", { class: "pgp-moving" }, this.layer);
    /** @type {(series: Series) => boolean} */
    this.shows = () => true;
    /** @type {Row[]} */
    this.rows = [];
    /** @type {Scale | null} */
    this.x = null;
    /** @type {number | null} */
    this.time = null;
    this.listen();
  }

  /**
   * @param {Scene} scene
   * @param {Theme} theme
   * @param {number} width
   * @param {number} height
   * @param {(index: number) => boolean} visible
   */
  async draw(scene, theme, width, height, visible) {
    this.shows = (series) => series.track === null || visible(series.track);
    const layout = chartsLayout(scene, theme, width, height, this.shows);
    const traces = chartTraces(scene, theme, this.shows);
    await this.plotly.react(this.graph, traces, layout, { displayModeBar: false });
    this.measure(scene, theme, layout);
  }

  /**
   * Pixel positions of every value, and the notes that stand still.
   * @param {Scene} scene
   * @param {Theme} theme
   * @param {Layout} layout
   */
  measure(scene, theme, layout) {
    const { width, height } = layout;
    fill(this.layer, { width, height, viewBox: `0 0 ${width} ${height}` });
    for (const group of [this.hits, this.notes, this.sketches, this.moving])
      group.replaceChildren();
    this.host.classList.remove("pgp-sketching");
    const frames = rowFrames(scene.charts.length, width, height);
    const { left, right } = frames[0];
    this.x = scale(layout.xaxis.range, left, right - left);
    const notes = new ChartNotes(this.notes, {
      x: this.x,
      steps: scene.steps,
      shows: this.shows,
      color: (series) => lineOf(series, scene, theme).color,
      report: this.hooks.threshold,
    });
    this.rows = scene.charts.map((chart, row) => {
      const frame = frames[row];
      const { top, bottom } = frame;
      const y = scale(layout[yAxis(row)].range, bottom, top - bottom);
      /** @param {number} value */
      const place = (value) => y.to(chart.log ? Math.log10(value) : value);
      const box = { x: left, y: top, width: right - left, height: bottom - top };
      svg("rect", { class: "pgp-hit", ...box }, this.hits);
      const ends = { y1: top, y2: bottom };
      const cursor = svg("line", { class: "pgp-cursor", ...ends }, this.moving);
      const dots = chart.series.map((series) => this.dot(series, scene, theme, frame, place));
      const curves = dots.filter((dot) => this.shows(dot.series));
      notes.annotate(chart, frame, place, curves.map(curveOf));
      const off = new OffChart(this.moving, frame, !chart.series.some(({ name }) => name));
      return { cursor, dots, off };
    });
    if (this.time !== null) this.show(this.time);
  }

  /**
   * @param {Series} series
   * @param {Scene} scene
   * @param {Theme} theme
   * @param {Frame} frame
   * @param {(value: number) => number} place
   * @returns {Dot}
   */
  dot(series, scene, theme, frame, place) {
    const { color } = lineOf(series, scene, theme);
    const track = trackOf(series, scene);
    return {
      series,
      frame,
      place,
      node: svg("circle", { r: 3.6, fill: color, class: "pgp-chart-head" }, this.moving),
      pixels: series.y.map(place),
      last: restsAt(series, track),
      over: track?.stop ?? null,
    };
  }

  /**
   * Draw the series of one track as they are in another scene, over what Plotly drew, which fades.
   * @param {Scene} scene
   * @param {number} index of the track
   */
  sketch(scene, index) {
    if (!this.rows.length) return; // they are still to be drawn
    this.host.classList.add("pgp-sketching");
    this.sketches.replaceChildren();
    scene.charts.forEach(({ series }, row) => {
      const { dots } = this.rows[row];
      series.forEach((line, i) => {
        if (line.track !== index) return;
        dots[i] = { ...dots[i], series: line, pixels: line.y.map(dots[i].place) };
        dots[i].last = restsAt(line, scene.tracks[index]);
        dots[i].over = scene.tracks[index].stop;
        const d = this.x ? polyline(line.first, dots[i].pixels, this.x, dots[i].frame) : "";
        const stroke = scene.tracks[index].color;
        svg("path", { d, stroke, fill: "none", "stroke-width": 1.7 }, this.sketches);
      });
    });
    if (this.time !== null) this.show(this.time);
  }

  /**
   * Cursor and dots at the time `t`.
   * @param {number} t
   */
  show(t) {
    this.time = t;
    if (!this.x) return;
    const x = this.x.to(t).toFixed(1);
    for (const { cursor, dots, off } of this.rows) {
      fill(cursor, { x1: x, x2: x });
      for (const dot of dots) this.place(dot, t, this.x);
      off.show(dots.flatMap((dot) => this.valueOf(dot, t)));
    }
  }

  /**
   * The value of a measured line that is shown, at the step made last, if there is one.
   * @param {Dot} dot
   * @param {number} t
   * @returns {Value[]}
   */
  valueOf({ series, pixels, last, over, node }, t) {
    const k = made(t, last) - series.first;
    if (isOver(over, t) || series.dashed || !this.shows(series) || Number.isNaN(pixels[k] ?? NaN))
      return [];
    return [{ value: series.y[k], y: pixels[k], color: node.getAttribute("fill") ?? "" }];
  }

  /**
   * @param {Dot} dot
   * @param {number} t
   * @param {Scale} x
   */
  place({ series, node, pixels, frame, last }, t, x) {
    const time = Math.min(t, last) - series.first;
    const k = Math.floor(time);
    const low = pixels[k];
    const high = k === time ? low : pixels[k + 1];
    const y = low + (time - k) * ((Number.isFinite(high) ? high : low) - low);
    const seen =
      this.shows(series) && Number.isFinite(y) && y >= frame.top - 1 && y <= frame.bottom + 1;
    display(node, seen);
    if (seen) node.setAttribute("transform", moved(x.to(time + series.first), y));
  }

  listen() {
    let down = false;
    /** @param {PointerEvent} event */
    const seek = (event) => {
      if (this.x) this.hooks.seek(this.x.from(pixelIn(this.host, event).x));
    };
    this.hits.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      down = true;
      if (event.pointerType !== "touch") {
        this.hits.setPointerCapture(event.pointerId);
        event.preventDefault();
      }
      seek(event);
    });
    this.hits.addEventListener("pointermove", (event) => down && seek(event));
    for (const end of ["pointerup", "pointercancel"]) {
      this.hits.addEventListener(end, () => (down = false));
    }
  }
}

/** @type {(series: Series, track?: Track) => number} where it ends, or its track does */
const restsAt = ({ first, count }, track) =>
  Math.min(first + count - 1, track && !track.ghost ? track.last : Infinity);

/** @type {(dot: Dot) => Curve} */
const curveOf = ({ series, pixels }) => ({ first: series.first, pixels });
