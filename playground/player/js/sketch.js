// A map without Plotly, for a page that shall come at once: what is asked of the library is its
// picture, its level lines, its minima and its ticks, and no tool.

/**
 * @import { Scale } from "./geometry.js"
 * @import { Graph, Layout, Plotly, Trace } from "./plotly.js"
 */

import { ticks } from "./axes.js";
import { scale, spot } from "./geometry.js";
import { SYMBOLS } from "./marks.js";
import { html, moved, svg } from "./nodes.js";

const TICK_LONG = 4; // pixels
const MOST_TICKS = 6;

/** @type {Plotly} */
export const SKETCH = {
  Icons: { pencil: {}, camera: {}, home: {} },
  react: (graph, data, layout) => Promise.resolve(draw(graph, data, layout)),
  relayout: (graph) => Promise.resolve(/** @type {Graph} */ (graph)),
  purge: (graph) => graph.replaceChildren(),
  downloadImage: () => Promise.resolve(""),
};

/**
 * @param {HTMLElement} graph
 * @param {Trace[]} data
 * @param {Layout} layout
 * @returns {Graph}
 */
function draw(graph, data, layout) {
  const { width, height, margin, xaxis, yaxis, font } = layout;
  graph.replaceChildren();
  const box = { class: "main-svg", width, height, "aria-hidden": "true" };
  const sheet = svg("svg", box, html("div", {}, graph));
  const right = width - margin.r;
  const bottom = height - margin.b;
  const x = scale(xaxis.range, margin.l, right - margin.l);
  const y = scale(yaxis.range, bottom, margin.t - bottom);
  for (const picture of layout.images) {
    const [left, top] = [x.to(picture.x), y.to(picture.y)];
    const size = {
      width: x.to(picture.x + picture.sizex) - left,
      height: y.to(picture.y - picture.sizey) - top,
    };
    const look = { href: picture.source, x: left, y: top, preserveAspectRatio: "none" };
    svg("image", { ...look, ...size }, sheet);
  }
  for (const trace of data) drawTrace(sheet, trace, x, y);
  const texts = svg("g", { fill: font.color, "font-size": font.size }, sheet);
  drawTicks(texts, xaxis, (at) => [x.to(at), bottom], [0, TICK_LONG], [0, 18, "middle"]);
  drawTicks(texts, yaxis, (at) => [margin.l, y.to(at)], [-TICK_LONG, 0], [-8, 4, "end"]);
  const middle = { x: (margin.l + right) / 2, y: height - 6, "text-anchor": "middle" };
  svg("text", { ...middle, text: xaxis.title.text }, texts);
  const turned = `translate(12 ${(margin.t + bottom) / 2}) rotate(-90)`;
  svg("text", { transform: turned, "text-anchor": "middle", text: yaxis.title.text }, texts);
  return Object.assign(graph, { layout, on: () => {}, removeListener: () => {} });
}

/**
 * @param {SVGElement} sheet
 * @param {Trace} trace
 * @param {Scale} x
 * @param {Scale} y
 */
function drawTrace(sheet, { mode, x: across, y: up, line, marker }, x, y) {
  if (mode === "markers") {
    for (let k = 0; k < across.length; k++) {
      const minimum = marker.symbol[k] === "star";
      const look = minimum ? { fill: marker.color } : { fill: "none", stroke: marker.color };
      const d = SYMBOLS[minimum ? "minimum" : "degenerate"];
      svg("path", { d, ...look, transform: moved(x.to(across[k]), y.to(up[k])) }, sheet);
    }
    return;
  }
  let d = "";
  let down = false;
  for (let k = 0; k < across.length; k++) {
    const there = Number.isFinite(across[k] ?? NaN) && Number.isFinite(up[k] ?? NaN);
    if (there) d += `${down ? "L" : "M"}${spot(x.to(across[k]), y.to(up[k]))}`;
    down = there;
  }
  svg("path", { d, fill: "none", stroke: line.color, "stroke-width": line.width }, sheet);
}

/**
 * @param {SVGElement} parent
 * @param {{ range: number[], tickcolor: string }} axis
 * @param {(value: number) => number[]} at the edge of the map
 * @param {number[]} stroke from there
 * @param {[number, number, string]} label from there, and how it is anchored
 */
function drawTicks(parent, { range, tickcolor }, at, [right, down], [across, below, anchor]) {
  const { tickvals, ticktext } = ticks(range, false, MOST_TICKS);
  tickvals.forEach((value, i) => {
    const [x, y] = at(value);
    svg("path", { d: `M${spot(x, y)}l${spot(right, down)}`, stroke: tickcolor }, parent);
    const place = { x: x + across, y: y + below, "text-anchor": anchor };
    svg("text", { ...place, text: ticktext[i] }, parent);
  });
}
