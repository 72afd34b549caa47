// The runners: the layer of SVG on top of the map that holds what moves.  Geometry is worked out once
// per data, size or zoom (`trace`); a frame only sets attributes (`show`).

const FEW = 120; // up to so many visible steps are worth a dot each

export class Runners {
  /** `value(index, time)` gives the text of a track's value, for the labels at the border. */
  constructor(layer, clipId, value) {
    this.value = value;
    const cut = { "clip-path": `url(#${clipId})` };
    this.ghosts = svg("g", cut, layer);
    this.trails = svg("g", cut, layer);
    this.vectors = svg("g", cut, layer);
    this.heads = svg("g", {}, layer);
    this.borders = svg("g", {}, layer);
    this.items = [];
  }

  /** The tracks to show; `visible(index)` says which. */
  load(tracks, visible) {
    this.visible = visible;
    this.items = tracks.map((track, index) => ({ track, index }));
    for (const group of [this.ghosts, this.trails, this.vectors, this.heads, this.borders]) {
      group.replaceChildren();
    }
    for (const item of this.items) this.build(item);
    this.trace(this.view);
  }

  /** The nodes of one track, the lowest first. */
  build(item) {
    const { color, dash, ghost, vectors } = item.track;
    const line = (parent, extra) =>
      svg("path", { fill: "none", "stroke-linejoin": "round", ...extra }, parent);
    if (ghost) {
      item.ghost = line(this.ghosts, {
        class: "pgp-ghost",
        stroke: color,
        "stroke-dasharray": "5 4",
      });
      item.nodes = [item.ghost];
      return;
    }
    item.group = svg("g", { class: "pgp-track" }, this.trails);
    item.casing = line(item.group, { class: "pgp-casing" });
    item.line = line(item.group, {
      class: "pgp-line",
      stroke: color,
      "stroke-dasharray": strokeDash(dash),
    });
    item.dots = line(item.group, { class: "pgp-dots", stroke: color });
    item.head = svg("g", { class: "pgp-head" }, this.heads);
    svg("circle", { r: 7, fill: color, class: "pgp-head-outer" }, item.head);
    svg("circle", { r: 2.6, class: "pgp-head-core" }, item.head);
    item.cross = svg(
      "path",
      { d: "M-6-6L6 6M-6 6L6-6", class: "pgp-cross", stroke: color },
      this.heads,
    );
    item.border = svg("g", { class: "pgp-border" }, this.borders);
    item.tipArrow = svg(
      "path",
      { d: "M0 0L-13-6.5L-10 0L-13 6.5Z", fill: color, class: "pgp-exit" },
      item.border,
    );
    item.label = svg("text", { class: "pgp-text" }, item.border);
    item.arrows = vectors.map((vector) => {
      const group = svg("g", { class: "pgp-vector" }, this.vectors);
      if (vector.square) {
        return {
          vector,
          group,
          square: svg("rect", { stroke: vector.color, fill: vector.color }, group),
        };
      }
      const casing = line(group, { class: "pgp-vector-casing" });
      return { vector, group, casing, line: line(group, { stroke: vector.color }) };
    });
    const arrows = item.arrows.map((arrow) => arrow.group);
    item.nodes = [item.group, item.head, item.cross, item.border, ...arrows];
  }

  /** What depends on geometry and data but not on time; `view` is { frame, x, y }. */
  trace(view) {
    this.view = view;
    if (!view) return;
    const { frame, x, y } = view;
    for (const item of this.items) {
      const { path, last } = item.track;
      item.points = Float64Array.from(path, (value, i) => (i % 2 ? y : x).to(value));
      item.trail = trail(item.points, last, frame);
      if (item.ghost) {
        item.ghost.setAttribute("d", item.trail.text);
        continue;
      }
      item.steps = dots(item.points, last, frame);
      item.exits = exits(item.points, last, frame);
    }
    if (this.time !== undefined) this.show(this.time);
  }

  /** Move everything to the time `t`. */
  show(t) {
    this.time = t;
    if (!this.view) return;
    const labels = [];
    for (const item of this.items) {
      const on = this.visible(item.index);
      if (item.on !== on) {
        item.on = on;
        for (const node of item.nodes) node.classList.toggle("pgp-off", !on);
      }
      if (on && !item.ghost) this.showTrack(item, t, labels);
    }
  }

  showTrack(item, t, labels) {
    const { points, track, trail: whole, steps } = item;
    const time = Math.min(t, track.last);
    const d = trailUntil(whole, points, time, this.view.frame);
    item.casing.setAttribute("d", d);
    item.line.setAttribute("d", d);
    item.dots.setAttribute(
      "d",
      steps.count <= FEW ? steps.text.slice(0, steps.ends[Math.floor(time)]) : "",
    );
    const [x, y] = headAt(points, track.last, time);
    const here = inside(x, y, this.view.frame);
    const over = t >= track.last && (track.stop !== null || track.last < track.count - 1);
    display(item.head, here);
    display(item.cross, here && over);
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
      const { left: l, right: r, top, bottom } = this.view.frame;
      const before = left[Math.floor(time)];
      const segment = before === -1 ? Math.floor(time) : before;
      spotted =
        segment >= 0
          ? crossing(...points.subarray(2 * segment, 2 * segment + 4), this.view.frame)
          : crossing((l + r) / 2, (top + bottom) / 2, x, y, this.view.frame);
      text.push(segment >= 0 ? `left the frame at step ${segment + 1}` : "outside the frame");
    }
    if (over) text.push(track.note || `stops at step ${track.last}`);
    display(item.border, text.length > 0);
    display(item.tipArrow, !here);
    if (!text.length) return;
    const value = this.value(item.index, time);
    if (!here && value) text.push(value);
    this.writeLabel(item, text.join(" · "), spotted, labels);
  }

  writeLabel(item, text, { x, y, angle }, labels) {
    const { left, right, top, bottom } = this.view.frame;
    const degrees = ((angle * 180) / Math.PI).toFixed(1);
    item.tipArrow.setAttribute(
      "transform",
      `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${degrees})`,
    );
    const toTheLeft = x > (left + right) / 2;
    const anchorX = Math.min(Math.max(x + (toTheLeft ? -17 : 17), left + 6), right - 6);
    let anchorY = Math.min(Math.max(y + 4, top + 16), bottom - 8);
    const crowded = () =>
      labels.some((other) => other.toTheLeft === toTheLeft && Math.abs(other.y - anchorY) < 15);
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
    const { x, y } = this.view;
    const { path } = item.track;
    const [px, py] = [path[2 * step], path[2 * step + 1]];
    for (const { vector, square, casing, line } of item.arrows) {
      const hidden = over || step >= vector.count;
      const [vx, vy] = hidden ? [0, 0] : [vector.xy[2 * step], vector.xy[2 * step + 1]];
      if (square) {
        const side = (axis, value) => Math.min(Math.abs(axis.to(value) - axis.to(0)), 4000) || 0;
        const [width, height] = [side(x, vx), side(y, vy)];
        fill(square, { x: x.to(px) - width / 2, y: y.to(py) - height / 2, width, height });
        continue;
      }
      const d = arrow(x.to(px), y.to(py), x.to(px + vx), y.to(py + vy));
      casing.setAttribute("d", d);
      line.setAttribute("d", d);
    }
  }

  /** One track (or none) stands out. */
  highlight(index) {
    for (const item of this.items) {
      const dim = index !== null && item.index !== index;
      for (const node of item.nodes) node.classList.toggle("pgp-dim", dim);
    }
  }
}
