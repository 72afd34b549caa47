// One Plotly figure of the page: drawn anew when it has changed, once, and only while it is near.
//
// Streamlit's own chart is another chart whenever its data is, and Plotly draws each three times.

/**
 * @import { Component } from "./mount.js"
 * @import { Graph, Layout, Plotly, Trace } from "./plotly.js"
 * @import { Theme } from "./theme.js"
 *
 * @typedef {object} Drawing a figure as Plotly takes it
 * @property {Trace[]} data
 * @property {Layout} layout whose `meta` says what it is called, what it shows, and its words
 */

import { inflated, sameBytes } from "./bytes.js";
import { Cells, cellChosen } from "./cells.js";
import { onWall } from "./fullscreen.js";
import { html } from "./nodes.js";
import { noPlotly, plotlyOfPage } from "./plotly.js";
import { Serial } from "./serial.js";
import { fade, readTheme } from "./theme.js";

const NEAR = "400px"; // from the window: so far ahead a figure is drawn
const ON_WALL = 1.6;
const BARE = { displayModeBar: false };

export class Figure {
  /** @param {Component} component */
  constructor(component) {
    this.component = component; // the latest
    this.place = html("div", { class: "pgp-place" }, component.parentElement);
    const image = { class: "pgp-figure", role: "img", "aria-busy": true };
    this.root = html("div", image, this.place);
    this.message = html("p", { class: "pgp-message", role: "status" }, this.root);
    this.graph = html("div", {}, this.root);
    /** @type {Cells | null} */
    this.cells = null; // where they can be chosen
    this.near = false;
    /** @type {Uint8Array | null} */
    this.bytes = null;
    /** @type {Drawing | null} */
    this.drawing = null;
    this.shown = ""; // in which width and theme, of the drawing that stands there
    /** @type {Plotly | null} */
    this.plotly = null;
    this.work = new Serial(() => this.draw());
    this.ask = () => void this.work.ask();
    this.print = () => {
      this.near = true;
      this.ask();
    };
    this.seen = new IntersectionObserver(
      (entries) => {
        this.near = entries[entries.length - 1].isIntersecting;
        this.ask();
      },
      { rootMargin: NEAR },
    );
    this.sized = new ResizeObserver(this.ask);
    this.seen.observe(this.root);
    this.sized.observe(this.root);
    addEventListener("beforeprint", this.print);
    void this.prepare();
  }

  async prepare() {
    this.plotly = await plotlyOfPage(() => (this.message.textContent = noPlotly()));
    this.message.remove();
    this.ask();
  }

  /**
   * New data, or the same in another theme.
   * @param {Component} component
   */
  async receive(component) {
    this.component = component;
    const { data } = component;
    if (!sameBytes(this.bytes, data)) {
      this.bytes = data;
      const text = new TextDecoder().decode(await inflated(data));
      if (this.bytes !== data) return; // a newer one has come meanwhile
      this.drawing = JSON.parse(text);
      this.cells?.forget();
      this.shown = "";
      this.name();
    }
    this.root.ariaBusy = String(!this.shown);
    this.ask();
  }

  /** What those hear who do not see it. */
  name() {
    const { name, words, cells } = this.drawing?.layout.meta ?? {};
    this.root.setAttribute("aria-label", name);
    this.root.setAttribute("aria-description", words);
    this.root.classList.toggle("pgp-cells", Boolean(cells));
  }

  async draw() {
    const larger = onWall(this.place) ? ON_WALL : 1;
    Object.assign(this.place.style, enlarged(larger));
    const width = this.root.clientWidth;
    if (!this.plotly || !this.drawing || !this.near || !width) return;
    const theme = readTheme(this.root);
    const shown = JSON.stringify([width, theme]);
    if (shown === this.shown) return;
    this.shown = shown;
    const { data, layout } = structuredClone(this.drawing); // Plotly writes into what it is given
    const own = { width, autosize: false, uirevision: true, template: { layout: worn(theme) } };
    const graph = await this.plotly.react(this.graph, data, { ...own, ...layout }, BARE);
    this.root.ariaBusy = String(!this.shown);
    this.place.style.marginBottom = `${(larger - 1) * this.place.offsetHeight}px`;
    if (!layout.meta.cells) return;
    this.cells ??= this.listen(graph);
    this.cells.place(layout.meta.cells[0], layout.meta.cells[1]);
  }

  /**
   * Its cells can be chosen, by a pointer or by the keyboard.
   * @param {Graph} graph
   */
  listen(graph) {
    /** @param {string} cell */
    const choose = (cell) => {
      this.component.setTriggerValue("cell", cell);
      for (const told of cellChosen) told(cells.kept);
    };
    const cells = new Cells(this.place, graph, choose);
    graph.on("plotly_click", ({ points }) => {
      const [row, column] = points[0].pointNumber;
      cells.choose(row, column);
    });
    graph.on("plotly_hover", ({ points }) => {
      const [row, column] = points[0].pointNumber;
      if (cells.focused()) cells.said();
      else cells.pass(row, column);
    });
    graph.on("plotly_unhover", () => cells.leave());
    return cells;
  }

  destroy() {
    this.work.stop();
    this.cells?.leave();
    this.seen.disconnect();
    this.sized.disconnect();
    removeEventListener("beforeprint", this.print);
    this.plotly?.purge(this.graph);
    this.place.remove();
  }
}

/**
 * The style of what is seen so many times larger: Plotly finds a pointer in it all the same.
 * @param {number} scale
 */
const enlarged = (scale) => ({
  width: scale === 1 ? "" : `${100 / scale}%`,
  transform: scale === 1 ? "" : `scale(${scale})`,
  transformOrigin: "0 0",
});

/**
 * What a figure wears where it does not say otherwise: the colours of the page.
 * @param {Theme} theme
 * @returns {Layout}
 */
function worn({ text, background, font }) {
  const axis = {
    gridcolor: fade(text, 0.1),
    linecolor: fade(text, 0.25),
    tickcolor: fade(text, 0.25),
    title: { font: { size: 13 }, standoff: 8 },
  };
  return {
    font: { family: font, size: 12, color: fade(text, 0.8) },
    xaxis: axis,
    yaxis: axis,
    hoverlabel: {
      bgcolor: background,
      bordercolor: fade(text, 0.25),
      font: { family: font, color: text, size: 12 },
    },
  };
}
