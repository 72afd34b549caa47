// The map: Plotly draws what stands still (picture, level lines, critical points, axes), a layer of
// SVG on top holds what moves.  Plotly is not asked to redraw while a run plays or a slider moves.

/**
 * @import { Seen } from "./flatview.js"
 * @import { Ground } from "./payload.js"
 * @import { Config, Graph, Layout, Plotly, Trace } from "./plotly.js"
 * @import { Phase } from "./start.js"
 * @import { Theme } from "./theme.js"
 *
 * @typedef {object} MapHooks
 * @property {(x: number, y: number, phase: Phase) => void} start is told a chosen start
 * @property {(index: number, time: number) => string} value names a track's value
 * @property {() => void} focus takes the keyboard
 *
 * @typedef {object} Drawing what Plotly was given
 * @property {Ground} ground
 * @property {Theme} theme
 * @property {Trace[]} data
 * @property {Layout} layout
 */

import { FlatView } from "./flatview.js";
import { scale } from "./geometry.js";
import { tr } from "./language.js";
import { MAP_MARGIN, mapLayout, mapTraces, pathTraces } from "./mapfigure.js";
import { fill, html, svg } from "./nodes.js";
import { Runners } from "./runners.js";
import { Solid } from "./solid.js";
import { StartPicker } from "./start.js";

export class MapView {
  /**
   * @param {HTMLElement} host
   * @param {Plotly} plotly
   * @param {MapHooks} hooks
   */
  constructor(host, plotly, hooks) {
    this.host = host;
    this.plotly = plotly;
    this.focus = hooks.focus;
    this.graph = html("div", { class: "pgp-graph" }, host);
    this.layer = svg("svg", { class: "pgp-layer", "aria-hidden": "true" }, host);
    const clipId = `pgp-${Math.random().toString(36).slice(2)}`;
    this.clipRect = svg("rect", {}, svg("clipPath", { id: clipId }, svg("defs", {}, this.layer)));
    this.hit = svg("rect", { class: "pgp-hit" }, this.layer);
    this.runners = new Runners(this.layer, clipId, hooks.value);
    this.solid = new Solid(host, this.layer, {
      flip: () => void this.flip(),
      turned: () => this.look(),
    });
    this.picker = new StartPicker(this, this.layer, hooks.start);
    /** @type {Drawing | null} */
    this.drawing = null;
    /** @type {Graph | null} */
    this.drawn = null;
    /** @type {FlatView | null} */
    this.view = null;
    /** @type {Seen | null} */
    this.seen = null; // it, or what is seen in 3-D instead
    this.zoomed = false;
    this.tool = false; // whether one of Plotly's gets the drags
  }

  /**
   * Draw (or redraw) the ground; the zoom stays while the window is the same.
   * @param {Ground} ground
   * @param {Theme} theme
   * @param {number} width
   * @param {number} height
   */
  async draw(ground, theme, width, height) {
    await this.solid.prepare(ground);
    const tool = this.drawn?.layout.dragmode ?? false;
    const layout = mapLayout(ground, this.shown(ground.window), theme, width, height, tool);
    const data = mapTraces(ground, theme);
    this.drawing = { ground, theme, data, layout };
    const graph = await this.plotly.react(this.graph, data, layout, this.config());
    if (!this.drawn) this.listen(graph);
    this.drawn = graph;
    this.measure();
  }

  /**
   * The part of a window that is to be shown.
   * @param {number[]} window
   */
  shown(window) {
    if (!this.zoomed || !this.drawn || String(window) !== String(this.drawing?.ground.window)) {
      return window;
    }
    const { xaxis, yaxis } = this.drawn.layout;
    return [...xaxis.range, ...yaxis.range];
  }

  /** @param {Graph} graph */
  listen(graph) {
    graph.on("plotly_afterplot", () => this.measure());
    graph.on("plotly_relayouting", (change) => this.measure(change));
    graph.on("plotly_doubleclick", () => {
      this.picker.unclick();
      this.reset();
    });
  }

  /** @returns {Config} */
  config() {
    const { Icons } = this.plotly;
    /** @type {(name: string, title: string, icon: object, click: () => void) => object} */
    const tool = (name, title, icon, click) => ({ name, title, icon, click });
    const { startable } = this.picker;
    const start = startable ? tr("Click sets the start") : tr("Neither zoom nor pan");
    const none = () => this.plotly.relayout(this.graph, { dragmode: false });
    return {
      ...ownWords(),
      displaylogo: false,
      responsive: false,
      scrollZoom: false,
      doubleClick: false, // Plotly would go back to what it was given last
      showTips: false,
      modeBarButtons: [
        [
          tool("start", start, Icons.pencil, none),
          "zoom2d",
          "pan2d",
          "zoomIn2d",
          "zoomOut2d",
          tool("resetScale2d", tr("Reset axes"), Icons.home, () => this.reset()),
        ],
        [tool("toImage", tr("Download as PNG"), Icons.camera, () => this.download())],
      ],
    };
  }

  /**
   * Take the pixel geometry from the axes' ranges; `change` holds them while a drag goes on.
   * @param {Record<string, number>} change
   */
  measure(change = {}) {
    if (!this.drawn || !this.drawing) return;
    const { xaxis, yaxis, width, height, dragmode } = this.drawn.layout;
    /** @type {(name: string, axis: { range: number[] }) => [number, number]} */
    const range = (name, axis) => [
      change[`${name}.range[0]`] ?? axis.range[0],
      change[`${name}.range[1]`] ?? axis.range[1],
    ];
    const [xs, ys] = [range("xaxis", xaxis), range("yaxis", yaxis)];
    const { l, r, t, b } = MAP_MARGIN;
    const frame = { left: l, top: t, right: width - r, bottom: height - b };
    const box = { x: l, y: t, width: frame.right - l, height: frame.bottom - t };
    const x = scale(xs, frame.left, box.width);
    this.view = new FlatView(frame, x, scale(ys, frame.bottom, -box.height));
    this.zoomed = differs([...xs, ...ys], this.drawing.ground.window);
    fill(this.layer, { width, height, viewBox: `0 0 ${width} ${height}` });
    fill(this.hit, box);
    this.tool = dragmode !== false;
    this.hit.classList.toggle("pgp-through", this.tool);
    this.look();
  }

  /** What moves is put where it is seen, on the map or in 3-D. */
  look() {
    const { view, drawing, drawn, picker } = this;
    if (!view || !drawing || !drawn) return;
    const { width, height } = drawn.layout;
    this.seen = this.solid.look(view, drawing, width, height, picker.point) ?? view;
    const { left, right, top, bottom } = this.seen.frame;
    fill(this.clipRect, { x: left, y: top, width: right - left, height: bottom - top });
    this.runners.trace(this.seen);
    picker.place();
  }

  /** From the map to 3-D, or back. */
  async flip() {
    this.solid.set(!this.solid.on);
    if (this.drawing) await this.solid.prepare(this.drawing.ground);
    this.picker.allow();
    this.look();
  }

  /** Back to the whole ground. */
  reset() {
    if (!this.zoomed || !this.drawing) return;
    const [x0, x1, y0, y1] = this.drawing.ground.window;
    this.plotly.relayout(this.graph, { "xaxis.range": [x0, x1], "yaxis.range": [y0, y1] });
  }

  /** The map as a PNG with the paths as far as they are shown. */
  download() {
    if (!this.drawing || !this.drawn) return;
    const { theme, data, layout } = this.drawing;
    const { xaxis, yaxis } = this.drawn.layout;
    const picture = {
      ...layout,
      xaxis: { ...layout.xaxis, range: xaxis.range },
      yaxis: { ...layout.yaxis, range: yaxis.range },
      paper_bgcolor: theme.background,
      plot_bgcolor: theme.background,
      showlegend: true,
      legend: { orientation: "h", y: 1, yanchor: "bottom" },
      margin: { ...MAP_MARGIN, t: 40 },
    };
    const still = data.map((trace) => ({ ...trace, showlegend: false }));
    const paths = pathTraces(this.runners.shownTracks(), this.runners.time ?? 0);
    const { width, height } = layout;
    this.plotly.downloadImage(
      { data: [...still, ...paths], layout: picture },
      { format: "png", width, height, scale: 2, filename: "descent" },
    );
  }
}

/** What Plotly calls its own tools. */
const ownWords = () => ({
  locale: "page",
  locales: {
    page: {
      dictionary: {
        Zoom: tr("Zoom"),
        Pan: tr("Pan"),
        "Zoom in": tr("Zoom in"),
        "Zoom out": tr("Zoom out"),
      },
    },
  },
});

/**
 * Whether the axes show something else than the window x0, x1, y0, y1, beyond rounding.
 * @param {number[]} ranges
 * @param {number[]} window
 */
function differs(ranges, [x0, x1, y0, y1]) {
  const sizes = [x1 - x0, x1 - x0, y1 - y0, y1 - y0];
  return [x0, x1, y0, y1].some((edge, i) => Math.abs(ranges[i] - edge) > 1e-9 * sizes[i]);
}
