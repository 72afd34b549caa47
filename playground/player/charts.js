// The charts: one Plotly figure of rows over a shared step axis; titles, thresholds, the cursor and
// its dots are on a layer of SVG above.  A press anywhere on a chart moves the cursor there.

const CHART_MARGIN = { l: 52, r: 12, t: 0, b: 36 };
const ROW_HEAD = 28; // pixels for a row's title

export class ChartsView {
  /** `hooks.seek(step)` while scrubbing on a chart, `hooks.threshold(id)` when one is clicked. */
  constructor(host, hooks) {
    this.host = host;
    this.hooks = hooks;
    this.graph = html("div", { class: "pgp-graph" }, host);
    this.layer = svg("svg", { class: "pgp-layer" }, host);
    this.hits = svg("g", {}, this.layer);
    this.notes = svg("g", {}, this.layer);
    this.moving = svg("g", { class: "pgp-moving" }, this.layer);
    this.rows = [];
    this.listen();
  }

  async draw(scene, theme, width, height, visible) {
    Object.assign(this, { scene, theme, visible });
    const { l, r, b } = CHART_MARGIN;
    const count = scene.charts.length;
    const tall = (height - b) / count;
    this.frames = scene.charts.map((_, i) => ({
      left: l,
      right: width - r,
      top: i * tall + ROW_HEAD,
      bottom: (i + 1) * tall,
    }));
    const domain = ({ top, bottom }) => [1 - bottom / (height - b), 1 - top / (height - b)];
    const layout = {
      width,
      height,
      margin: CHART_MARGIN,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: theme.font, size: 11, color: fade(theme.text, 0.75) },
      showlegend: false,
      hovermode: false,
      dragmode: false,
      xaxis: {
        ...this.axis(),
        range: [0, Math.max(scene.steps, 1)],
        title: { text: "step", standoff: 4 },
        anchor: count > 1 ? `y${count}` : "y",
        nticks: 6,
      },
    };
    scene.charts.forEach((chart, i) => {
      layout[i ? `yaxis${i + 1}` : "yaxis"] = {
        ...this.axis(),
        type: chart.log ? "log" : "linear",
        range: this.range(chart),
        domain: domain(this.frames[i]),
        ...this.ticks(chart),
      };
    });
    await Plotly.react(this.graph, this.traces(), layout, {
      displayModeBar: false,
      responsive: false,
    });
    this.measure(layout);
  }

  axis() {
    return {
      gridcolor: fade(this.theme.text, 0.08),
      zeroline: false,
      fixedrange: true,
      ticks: "",
      showline: false,
    };
  }

  range(chart) {
    const lines = chart.series
      .filter((series) => this.shows(series))
      .map((series) => ({ y: series.y, calm: this.calm(series) }));
    return chartRange(
      lines,
      chart.thresholds.map((line) => line.value),
      chart.log,
    );
  }

  shows(series) {
    return series.track === null || this.visible(series.track);
  }

  /** A track that stops early or leaves the numbers does not set the scale for the others. */
  calm(series) {
    const track = this.scene.tracks[series.track];
    return !track || (track.stop === null && track.last === track.count - 1);
  }

  ticks(chart) {
    if (!chart.log) return { nticks: 4 };
    const [low, high] = this.range(chart);
    const decades = high - low;
    if (decades < 1.3) return { nticks: 4, tickformat: "~g" };
    return { dtick: Math.max(1, Math.ceil(decades / 4)), exponentformat: "power" };
  }

  style(series) {
    const track = this.scene.tracks[series.track];
    const color = track?.color ?? fade(this.theme.text, 0.7);
    return {
      color,
      width: series.dashed ? 1.3 : 1.7,
      dash: series.dashed ? "dash" : (track?.dash ?? "solid"),
    };
  }

  traces() {
    return this.scene.charts.flatMap((chart, i) =>
      chart.series.map((series) => ({
        type: "scatter",
        mode: series.count === 1 ? "markers" : "lines",
        x0: series.first,
        dx: 1,
        y: Array.from(series.y, (value) =>
          Number.isFinite(value) && (!chart.log || value > 0) ? value : null,
        ),
        yaxis: i ? `y${i + 1}` : "y",
        line: this.style(series),
        opacity: this.scene.tracks[series.track]?.ghost ? 0.5 : 1,
        visible: this.shows(series),
        hoverinfo: "skip",
      })),
    );
  }

  /** Pixel positions of every value, and the notes that stand still. */
  measure(layout) {
    const { width, height } = layout;
    fill(this.layer, { width, height, viewBox: `0 0 ${width} ${height}` });
    for (const group of [this.hits, this.notes, this.moving]) group.replaceChildren();
    const { left, right } = this.frames[0];
    this.x = scale(layout.xaxis.range, left, right - left);
    const notes = new ChartNotes(this);
    this.rows = this.scene.charts.map((chart, i) => {
      const frame = this.frames[i];
      const { range } = layout[i ? `yaxis${i + 1}` : "yaxis"];
      const y = scale(range, frame.bottom, frame.top - frame.bottom);
      const place = (value) => y.to(chart.log ? Math.log10(value) : value);
      const box = { x: left, y: frame.top, width: right - left, height: frame.bottom - frame.top };
      svg("rect", { class: "pgp-hit", ...box }, this.hits);
      notes.annotate(chart, frame, place);
      const cursor = svg(
        "line",
        { class: "pgp-cursor", y1: frame.top, y2: frame.bottom },
        this.moving,
      );
      const heads = chart.series.map((series) => {
        const { color } = this.style(series);
        const node = svg("circle", { r: 3.6, fill: color, class: "pgp-chart-head" }, this.moving);
        return { series, node, pixels: Float64Array.from(series.y, place), frame };
      });
      return { cursor, heads };
    });
    if (this.time !== undefined) this.show(this.time);
  }

  /** Cursor and dots at the time `t`. */
  show(t) {
    this.time = t;
    if (!this.x) return;
    const x = this.x.to(t).toFixed(1);
    for (const { cursor, heads } of this.rows) {
      cursor.setAttribute("x1", x);
      cursor.setAttribute("x2", x);
      for (const head of heads) this.place(head, t);
    }
  }

  place({ series, node, pixels, frame }, t) {
    const track = this.scene.tracks[series.track];
    const time = Math.min(t, track && !track.ghost ? track.last : t) - series.first;
    const k = Math.floor(time);
    const low = pixels[k];
    const high = k === time ? low : pixels[k + 1];
    const y = low + (time - k) * ((Number.isFinite(high) ? high : low) - low);
    const seen =
      this.shows(series) && Number.isFinite(y) && y >= frame.top - 1 && y <= frame.bottom + 1;
    display(node, seen);
    if (!seen) return;
    const x = this.x.to(time + series.first);
    node.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  }

  listen() {
    let down = false;
    const seek = (event) => {
      const box = this.host.getBoundingClientRect();
      this.hooks.seek(this.x.from(event.clientX - box.left));
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
