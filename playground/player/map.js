// The map: Plotly draws what stands still (picture, level lines, critical points, axes), a layer of
// SVG on top holds what moves.  Plotly is not asked to redraw while a run plays or a slider moves.

const MAP_MARGIN = { l: 46, r: 8, t: 8, b: 38 };
const MARK_SYMBOLS = {
  minimum: "star",
  maximum: "triangle-up-open",
  saddle: "x-thin-open",
  degenerate: "circle-open-dot",
};

export class MapView {
  /** `hooks`: start(x, y, phase) is told a chosen start, value(index, time) names a value, focus(). */
  constructor(host, hooks) {
    this.host = host;
    this.focus = hooks.focus;
    this.graph = html("div", { class: "pgp-graph" }, host);
    this.layer = svg("svg", { class: "pgp-layer", "aria-hidden": "true" }, host);
    const clipId = `pgp-${Math.random().toString(36).slice(2)}`;
    this.clipRect = svg("rect", {}, svg("clipPath", { id: clipId }, svg("defs", {}, this.layer)));
    this.hit = svg("rect", { class: "pgp-hit" }, this.layer);
    this.runners = new Runners(this.layer, clipId, hooks.value);
    this.picker = new StartPicker(this, this.layer, hooks.start);
  }

  /** Draw (or redraw) the ground; zoom survives everything but another ground. */
  async draw(ground, theme, width, height) {
    const [x0, x1, y0, y1] = ground.window;
    this.ground = ground;
    this.theme = theme;
    const axis = (range, title) => ({
      range,
      title: { text: plain(title), standoff: 6 },
      showgrid: false,
      zeroline: false,
      ticks: "outside",
      ticklen: 4,
      tickcolor: fade(theme.text, 0.25),
      nticks: 6,
      fixedrange: false,
    });
    this.layout = {
      width,
      height,
      margin: MAP_MARGIN,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: theme.font, size: 12, color: fade(theme.text, 0.8) },
      showlegend: false,
      hovermode: false,
      dragmode: this.graph.layout?.dragmode ?? false,
      uirevision: ground.id,
      modebar: {
        bgcolor: fade(theme.background, 0.7),
        color: fade(theme.text, 0.6),
        activecolor: theme.text,
      },
      xaxis: axis([x0, x1], ground.labels[0]),
      yaxis: axis([y0, y1], ground.labels[1]),
      images: [
        {
          source: ground.picture,
          xref: "x",
          yref: "y",
          x: x0,
          y: y1,
          sizex: x1 - x0,
          sizey: y1 - y0,
          sizing: "stretch",
          layer: "below",
        },
      ],
    };
    this.data = [
      {
        type: "scatter",
        mode: "lines",
        ...ground.levels,
        line: { color: fade(theme.text, 0.22), width: 0.8 },
        hoverinfo: "skip",
      },
      {
        type: "scatter",
        mode: "markers",
        x: ground.marks.map((mark) => mark[0]),
        y: ground.marks.map((mark) => mark[1]),
        marker: {
          symbol: ground.marks.map((mark) => MARK_SYMBOLS[mark[2]] ?? "circle-open"),
          size: ground.marks.map((mark) => (mark[2] === "minimum" ? 12 : 9)),
          color: fade(theme.text, 0.75),
          line: { color: fade(theme.text, 0.75), width: 1.5 },
        },
        hoverinfo: "skip",
      },
    ];
    await Plotly.react(this.graph, this.data, this.layout, this.config());
    if (!this.bound) {
      this.bound = true;
      this.graph.on("plotly_afterplot", () => this.measure());
      this.graph.on("plotly_relayouting", (change) => this.measure(change));
      this.graph.on("plotly_doubleclick", () => this.picker.unclick());
    }
    this.measure();
  }

  config() {
    const tool = (name, title, icon, click) => ({ name, title, icon, click });
    const start = this.picker.startable ? "Click sets the start" : "Neither zoom nor pan";
    return {
      displaylogo: false,
      responsive: false,
      scrollZoom: false,
      doubleClick: "reset",
      showTips: false,
      modeBarButtons: [
        [
          tool("start", start, Plotly.Icons.pencil, () =>
            Plotly.relayout(this.graph, { dragmode: false }),
          ),
          "zoom2d",
          "pan2d",
          "zoomIn2d",
          "zoomOut2d",
          "resetScale2d",
        ],
        [tool("toImage", "Download as PNG", Plotly.Icons.camera, () => this.download())],
      ],
    };
  }

  /** Take the pixel geometry from the axes' ranges; `change` holds them while a drag goes on. */
  measure(change = {}) {
    const { xaxis, yaxis, width, height, dragmode } = this.graph.layout;
    const range = (name, axis) => [
      change[`${name}.range[0]`] ?? axis.range[0],
      change[`${name}.range[1]`] ?? axis.range[1],
    ];
    const [xs, ys] = [range("xaxis", xaxis), range("yaxis", yaxis)];
    const { l, r, t, b } = MAP_MARGIN;
    const frame = { left: l, top: t, right: width - r, bottom: height - b };
    const { left, top, right, bottom } = frame;
    this.view = {
      frame,
      x: scale(xs, left, right - left),
      y: scale(ys, bottom, top - bottom),
    };
    const [x0, x1, y0, y1] = this.ground.window;
    this.zoomed = [xs[0] - x0, xs[1] - x1, ys[0] - y0, ys[1] - y1].some(
      (shift, i) => Math.abs(shift) > 1e-9 * (i < 2 ? x1 - x0 : y1 - y0),
    );
    fill(this.layer, { width, height, viewBox: `0 0 ${width} ${height}` });
    for (const rect of [this.clipRect, this.hit]) {
      fill(rect, { x: left, y: top, width: right - left, height: bottom - top });
    }
    this.tool = dragmode !== false;
    this.hit.classList.toggle("pgp-through", this.tool);
    this.runners.trace(this.view);
    this.picker.place();
  }

  /** Back to the whole ground. */
  reset() {
    if (!this.zoomed) return;
    const [x0, x1, y0, y1] = this.ground.window;
    Plotly.relayout(this.graph, { "xaxis.range": [x0, x1], "yaxis.range": [y0, y1] });
  }

  /** The map as a PNG with the paths as far as they are shown. */
  download() {
    const { items, visible, time } = this.runners;
    const shownItems = items.filter((item) => visible(item.index));
    const lines = shownItems.map(({ track }) => {
      const end = track.ghost ? track.last : Math.min(Math.floor(time ?? 0), track.last);
      const pick = (axis) => Array.from({ length: end + 1 }, (_, k) => track.path[2 * k + axis]);
      return {
        type: "scatter",
        mode: "lines",
        name: plain(track.name),
        x: pick(0),
        y: pick(1),
        opacity: track.ghost ? 0.5 : 1,
        line: { color: track.color, width: track.ghost ? 1.2 : 2.4, dash: track.dash },
        showlegend: true,
      };
    });
    const layout = {
      ...this.layout,
      xaxis: { ...this.layout.xaxis, range: this.graph.layout.xaxis.range },
      yaxis: { ...this.layout.yaxis, range: this.graph.layout.yaxis.range },
      paper_bgcolor: this.theme.background,
      plot_bgcolor: this.theme.background,
      showlegend: true,
      legend: { orientation: "h", y: 1, yanchor: "bottom" },
      margin: { ...MAP_MARGIN, t: 40 },
    };
    const data = [...this.data.map((trace) => ({ ...trace, showlegend: false })), ...lines];
    const { width, height } = this.layout;
    const options = { format: "png", width, height, scale: 2, filename: "descent" };
    return Plotly.downloadImage({ data, layout }, options);
  }
}
