// The map: Plotly draws what stands still (picture, level lines, critical points, axes), a layer of
// SVG on top holds what moves.  Plotly is not asked to redraw while a run plays or a slider moves.

const MAP_MARGIN = { l: 46, r: 8, t: 8, b: 38 };
const MARK_SYMBOLS = {
  minimum: "star",
  maximum: "triangle-up-open",
  saddle: "x-thin-open",
  degenerate: "circle-open-dot",
};
const FEW = 120; // up to so many visible steps are worth a dot each

export class MapView {
  /** `hooks.start(x, y, phase)` is told a chosen start, phase "drag" or "end". */
  constructor(host, hooks) {
    this.hooks = hooks;
    this.host = host;
    this.graph = html("div", { class: "pgp-graph" }, host);
    this.layer = svg("svg", { class: "pgp-layer", "aria-hidden": "true" }, host);
    const clipId = `pgp-${Math.random().toString(36).slice(2)}`;
    this.clipRect = svg("rect", {}, svg("clipPath", { id: clipId }, svg("defs", {}, this.layer)));
    this.hit = svg("rect", { class: "pgp-hit" }, this.layer);
    this.tip = svg("title", {}, this.hit);
    const cut = { "clip-path": `url(#${clipId})` };
    this.ghosts = svg("g", cut, this.layer);
    this.trails = svg("g", cut, this.layer);
    this.vectors = svg("g", cut, this.layer);
    this.startGroup = svg("g", { class: "pgp-start" }, this.layer);
    this.heads = svg("g", {}, this.layer);
    this.borders = svg("g", {}, this.layer);
    svg("circle", { r: 22, class: "pgp-grip" }, this.startGroup);
    svg("circle", { r: 9, class: "pgp-ring-casing" }, this.startGroup);
    svg("circle", { r: 9, class: "pgp-ring" }, this.startGroup);
    this.startText = svg("text", { y: -16, "text-anchor": "middle", class: "pgp-text" }, this.startGroup);
    this.items = [];
    this.listen();
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
      modebar: { bgcolor: fade(theme.background, 0.7), color: fade(theme.text, 0.6), activecolor: theme.text },
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
          size: ground.marks.map((mark) => (mark[2] === "minimum" ? 11 : 9)),
          color: fade(theme.text, 0.75),
          line: { color: theme.background, width: ground.marks.map((m) => (m[2] === "minimum" ? 1 : 1.5)) },
        },
        hoverinfo: "skip",
      },
    ];
    for (const [index, mark] of ground.marks.entries()) {
      if (mark[2] !== "minimum") this.data[1].marker.line.color = fade(theme.text, 0.75);
      this.data[1].marker.size[index] = mark[2] === "minimum" ? 11 : 8;
    }
    await Plotly.react(this.graph, this.data, this.layout, this.config());
    if (!this.bound) {
      this.bound = true;
      this.graph.on("plotly_afterplot", () => this.measure());
      this.graph.on("plotly_relayouting", (change) => this.measure(change));
    }
    this.measure();
  }

  config() {
    const tool = (name, title, icon, click) => ({ name, title, icon, click });
    return {
      displaylogo: false,
      responsive: false,
      scrollZoom: false,
      doubleClick: "reset",
      showTips: false,
      modeBarButtons: [
        [
          tool("start", "Click sets the start", Plotly.Icons.pencil, () =>
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
    this.frame = { left: l, top: t, right: width - r, bottom: height - b };
    const { left, top, right, bottom } = this.frame;
    this.x = scale(xs, left, right - left);
    this.y = scale(ys, bottom, top - bottom);
    const [x0, x1, y0, y1] = this.ground.window;
    this.zoomed = [xs[0] - x0, xs[1] - x1, ys[0] - y0, ys[1] - y1].some(
      (shift, i) => Math.abs(shift) > 1e-9 * (i < 2 ? x1 - x0 : y1 - y0),
    );
    fill(this.layer, { width, height, viewBox: `0 0 ${width} ${height}` });
    for (const rect of [this.clipRect, this.hit]) {
      fill(rect, { x: left, y: top, width: right - left, height: bottom - top });
    }
    this.hit.classList.toggle("pgp-through", dragmode !== false);
    this.trace();
  }

  /** The tracks to show; `visible(index)` says which. */
  load(tracks, start, visible) {
    this.start = start;
    this.items = tracks.map((track, index) => ({ track, index }));
    this.visible = visible;
    for (const group of [this.ghosts, this.trails, this.vectors, this.heads, this.borders]) {
      group.replaceChildren();
    }
    for (const item of this.items) this.build(item);
    if (this.frame) this.trace();
  }

  build(item) {
    const { color, dash, ghost, vectors } = item.track;
    const line = (parent, extra) => svg("path", { fill: "none", "stroke-linejoin": "round", ...extra }, parent);
    if (ghost) {
      item.ghost = line(this.ghosts, { class: "pgp-ghost", stroke: color, "stroke-dasharray": "5 4" });
      return;
    }
    item.group = svg("g", { class: "pgp-track" }, this.trails);
    item.casing = line(item.group, { class: "pgp-casing" });
    item.line = line(item.group, { class: "pgp-line", stroke: color, "stroke-dasharray": strokeDash(dash) });
    item.dots = line(item.group, { class: "pgp-dots", stroke: color });
    item.head = svg("g", { class: "pgp-head" }, this.heads);
    svg("circle", { r: 7, fill: color, class: "pgp-head-outer" }, item.head);
    svg("circle", { r: 2.6, class: "pgp-head-core" }, item.head);
    item.cross = svg("path", { d: "M-6-6L6 6M-6 6L6-6", class: "pgp-cross", stroke: color }, this.heads);
    item.border = svg("g", { class: "pgp-border" }, this.borders);
    item.tipArrow = svg("path", { d: "M0 0L-13-6.5L-10 0L-13 6.5Z", fill: color, class: "pgp-exit" }, item.border);
    item.label = svg("text", { class: "pgp-text" }, item.border);
    item.arrows = vectors.map((vector) => {
      const group = svg("g", { class: "pgp-vector" }, this.vectors);
      if (vector.square) return { vector, square: svg("rect", { stroke: vector.color, fill: vector.color }, group) };
      return { vector, casing: line(group, { class: "pgp-vector-casing" }), line: line(group, { stroke: vector.color }) };
    });
  }

  /** Everything that depends on geometry and data but not on time. */
  trace() {
    for (const item of this.items) {
      const { path, last } = item.track;
      item.points = Float64Array.from(path, (value, i) => (i % 2 ? this.y : this.x).to(value));
      item.trail = trail(item.points, last, this.frame);
      if (item.ghost) {
        item.ghost.setAttribute("d", item.trail.text);
        continue;
      }
      item.steps = dots(item.points, last, this.frame);
      item.exits = exits(item.points, last, this.frame);
    }
    this.placeStart();
    if (this.time !== undefined) this.show(this.time);
  }

  placeStart() {
    if (!this.start || !this.frame) return;
    const [x, y] = [this.x.to(this.start[0]), this.y.to(this.start[1])];
    this.startGroup.style.display = inside(x, y, this.frame) ? "" : "none";
    this.startGroup.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  }

  /** Move everything to the time `t`: called at every frame, so it only sets attributes. */
  show(t) {
    this.time = t;
    if (!this.frame) return;
    const labels = [];
    for (const item of this.items) {
      const on = this.visible(item.index);
      for (const node of [item.ghost, item.group, item.head, item.cross, item.border]) {
        if (node) node.style.display = on ? "" : "none";
      }
      for (const arrow of item.arrows ?? []) (arrow.square ?? arrow.line).parentNode.style.display = on ? "" : "none";
      if (on && !item.ghost) this.showTrack(item, t, labels);
    }
  }

  showTrack(item, t, labels) {
    const { points, track, trail: whole, steps } = item;
    const time = Math.min(t, track.last);
    const d = trailUntil(whole, points, time, this.frame);
    item.casing.setAttribute("d", d);
    item.line.setAttribute("d", d);
    item.dots.setAttribute("d", steps.count <= FEW ? steps.text.slice(0, steps.ends[Math.floor(time)]) : "");
    const [x, y] = headAt(points, track.last, time);
    const here = inside(x, y, this.frame);
    const over = t >= track.last && (track.stop !== null || track.last < track.count - 1);
    item.head.style.display = here ? "" : "none";
    item.cross.style.display = here && over ? "" : "none";
    const place = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
    if (here) item.head.setAttribute("transform", place);
    if (here && over) item.cross.setAttribute("transform", place);
    this.showBorder(item, time, x, y, here, over, labels);
    this.showVectors(item, Math.floor(time), over);
  }

  /** Outside the frame: an arrow where the path left it, with the step and the true value. */
  showBorder(item, time, x, y, here, over, labels) {
    const { points, track, exits: left } = item;
    const text = [];
    let spotted = { x, y, angle: 0 };
    if (!here) {
      const { left: l, right: r, top, bottom } = this.frame;
      const before = left[Math.floor(time)];
      const segment = before === -1 ? Math.floor(time) : before;
      spotted =
        segment >= 0
          ? crossing(...points.subarray(2 * segment, 2 * segment + 4), this.frame)
          : crossing((l + r) / 2, (top + bottom) / 2, x, y, this.frame);
      text.push(segment >= 0 ? `left the frame at step ${segment + 1}` : "outside the frame");
    }
    if (over) text.push(track.note || `stops at step ${track.last}`);
    item.border.style.display = text.length ? "" : "none";
    item.tipArrow.style.display = here ? "none" : "";
    if (!text.length) return;
    const value = this.hooks.value(item.index, time);
    if (!here && value) text.push(value);
    this.writeLabel(item, text.join(" · "), spotted, labels);
  }

  writeLabel(item, text, { x, y, angle }, labels) {
    const { left, right, top, bottom } = this.frame;
    const degrees = ((angle * 180) / Math.PI).toFixed(1);
    item.tipArrow.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${degrees})`);
    const toTheLeft = x > (left + right) / 2;
    const anchorX = Math.min(Math.max(x + (toTheLeft ? -17 : 17), left + 6), right - 6);
    let anchorY = Math.min(Math.max(y + 4, top + 16), bottom - 8);
    const crowded = () => labels.some((other) => other.toTheLeft === toTheLeft && Math.abs(other.y - anchorY) < 15);
    const direction = anchorY > (top + bottom) / 2 ? -1 : 1;
    while (crowded()) anchorY += 15 * direction;
    labels.push({ toTheLeft, y: anchorY });
    if (item.label.textContent !== text) item.label.textContent = text;
    fill(item.label, {
      x: anchorX.toFixed(1),
      y: anchorY.toFixed(1),
      "text-anchor": toTheLeft ? "end" : "start",
    });
  }

  showVectors(item, step, over) {
    const { path } = item.track;
    const [px, py] = [path[2 * step], path[2 * step + 1]];
    for (const { vector, square, casing, line } of item.arrows) {
      const hidden = over || step >= vector.count;
      const [vx, vy] = hidden ? [0, 0] : [vector.xy[2 * step], vector.xy[2 * step + 1]];
      if (square) {
        const [w, h] = [Math.abs(this.x.to(vx) - this.x.to(0)), Math.abs(this.y.to(vy) - this.y.to(0))];
        const ok = Number.isFinite(w + h);
        fill(square, {
          x: this.x.to(px) - w / 2,
          y: this.y.to(py) - h / 2,
          width: ok ? Math.min(w, 4000) : 0,
          height: ok ? Math.min(h, 4000) : 0,
        });
        continue;
      }
      const d = arrow(this.x.to(px), this.y.to(py), this.x.to(px + vx), this.y.to(py + vy));
      casing.setAttribute("d", d);
      line.setAttribute("d", d);
    }
  }

  /** One track (or none) stands out. */
  highlight(index) {
    for (const item of this.items) {
      const dim = index !== null && item.index !== index;
      for (const node of [item.ghost, item.group, item.head, item.cross, item.border]) {
        node?.classList.toggle("pgp-dim", dim);
      }
      for (const arrow of item.arrows ?? []) (arrow.square ?? arrow.line).parentNode.classList.toggle("pgp-dim", dim);
    }
  }

  // -- choosing the start ---------------------------------------------------------------------

  /**
   * A mouse presses anywhere and drags; a finger taps anywhere but drags only the ring, so that a
   * page can be scrolled over the map.  While a zoom or pan tool is on, Plotly gets the drags and a
   * plain click still sets the start.
   */
  listen() {
    const grip = this.startGroup;
    for (const node of [this.hit, grip]) {
      node.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        const finger = event.pointerType === "touch" && node === this.hit;
        this.pressed = { x: event.clientX, y: event.clientY, node, drags: !finger, moved: false };
        if (this.pressed.drags) {
          node.setPointerCapture(event.pointerId);
          event.preventDefault();
          this.hooks.focus();
        }
      });
      node.addEventListener("pointermove", (event) => this.drag(event));
      node.addEventListener("pointerup", (event) => this.release(event));
      node.addEventListener("pointercancel", () => (this.pressed = null));
    }
    this.hit.addEventListener("dblclick", () => this.reset());
    this.hit.addEventListener("pointermove", (event) => this.nameMark(event));
    this.host.addEventListener("pointerdown", (event) => {
      if (this.hit.classList.contains("pgp-through") && !event.target.closest(".modebar, .pgp-start")) {
        this.pressed = { x: event.clientX, y: event.clientY, drags: false, moved: false };
      }
    }, true);
    this.host.addEventListener("click", (event) => {
      if (this.pressed && !this.pressed.node) this.release(event);
    }, true);
  }

  /** The data coordinates under a pointer, held inside the frame. */
  under(event) {
    const box = this.host.getBoundingClientRect();
    const { left, right, top, bottom } = this.frame;
    const x = Math.min(Math.max(event.clientX - box.left, left), right);
    const y = Math.min(Math.max(event.clientY - box.top, top), bottom);
    return [this.x.from(x), this.y.from(y)];
  }

  drag(event) {
    const press = this.pressed;
    if (!press) return;
    if (Math.hypot(event.clientX - press.x, event.clientY - press.y) > 3) press.moved = true;
    if (!press.drags || !press.moved) return;
    this.layer.classList.add("pgp-dragging");
    this.choose(this.under(event), "drag");
  }

  release(event) {
    const press = this.pressed;
    this.pressed = null;
    this.layer.classList.remove("pgp-dragging");
    this.startText.textContent = "";
    if (!press) return;
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > 3;
    if (press.drags && press.moved) return this.choose(this.under(event), "end");
    if (far || press.node === this.startGroup) return;
    const box = this.host.getBoundingClientRect();
    if (!inside(event.clientX - box.left, event.clientY - box.top, this.frame)) return;
    const point = this.under(event);
    clearTimeout(this.waiting);
    // Zoomed in, a click waits whether it is the first half of the double click that zooms out.
    if (this.zoomed) this.waiting = setTimeout(() => this.choose(point, "end"), 280);
    else this.choose(point, "end");
  }

  choose(point, phase) {
    this.start = point;
    this.startText.textContent = phase === "drag" ? `(${say(point[0])}, ${say(point[1])})` : "";
    this.placeStart();
    this.hooks.start(point[0], point[1], phase);
  }

  reset() {
    clearTimeout(this.waiting);
    if (!this.zoomed) return;
    const [x0, x1, y0, y1] = this.ground.window;
    Plotly.relayout(this.graph, { "xaxis.range": [x0, x1], "yaxis.range": [y0, y1] });
  }

  nameMark(event) {
    const box = this.host.getBoundingClientRect();
    const near = this.ground?.marks.find(
      ([x, y]) =>
        Math.hypot(this.x.to(x) - event.clientX + box.left, this.y.to(y) - event.clientY + box.top) < 10,
    );
    const text = near ? `${near[2]} at (${say(near[0])}, ${say(near[1])})` : "";
    if (this.tip.textContent !== text) this.tip.textContent = text;
  }

  // -- a picture to take home -----------------------------------------------------------------

  /** The map as a PNG with the paths as far as they are shown. */
  download() {
    const shownItems = this.items.filter((item) => this.visible(item.index));
    const lines = shownItems.map(({ track }) => {
      const end = track.ghost ? track.last : Math.min(Math.floor(this.time ?? 0), track.last);
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
    return Plotly.downloadImage({ data, layout }, { format: "png", width, height, scale: 2, filename: "descent" });
  }
}
