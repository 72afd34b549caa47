// Choosing the start: the ring on the map, and what a click, a drag or a tap means.

export class StartPicker {
  /** `map` is the MapView; `report(x, y, phase)` is told a chosen start, phase "drag" or "end". */
  constructor(map, layer, report) {
    this.map = map;
    this.report = report;
    this.layer = layer;
    this.hit = map.hit;
    this.tip = svg("title", {}, this.hit);
    this.group = svg("g", { class: "pgp-start" }, layer);
    svg("circle", { r: 22, class: "pgp-grip" }, this.group);
    svg("circle", { r: 9, class: "pgp-ring-casing" }, this.group);
    svg("circle", { r: 9, class: "pgp-ring" }, this.group);
    this.text = svg("text", { y: -16, "text-anchor": "middle", class: "pgp-text" }, this.group);
    this.doubled = -Infinity;
    this.listen();
  }

  /** Whether a start can be chosen here, or the ring only shows where the descents begin. */
  allow(startable) {
    this.startable = startable;
    this.layer.classList.toggle("pgp-fixed", !startable);
  }

  /** Put the ring at `point` (data coordinates); without one, or outside the frame, it is away. */
  place(point = this.point) {
    this.point = point;
    const { view } = this.map;
    if (!view) return;
    const [x, y] = point ? [view.x.to(point[0]), view.y.to(point[1])] : [NaN, NaN];
    display(this.group, inside(x, y, view.frame));
    if (!this.group.shown) return;
    this.group.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  }

  /**
   * A mouse presses anywhere and drags; a finger taps anywhere but drags only the ring, so that a
   * page can be scrolled over the map.  While a zoom or pan tool is on, Plotly gets the drags and a
   * plain click still sets the start.
   */
  listen() {
    for (const node of [this.hit, this.group]) {
      node.addEventListener("pointerdown", (event) => this.press(event, node));
      node.addEventListener("pointermove", (event) => this.drag(event));
      node.addEventListener("pointerup", (event) => this.release(event));
      node.addEventListener("pointercancel", () => (this.pressed = null));
    }
    this.hit.addEventListener("dblclick", () => this.reset());
    this.hit.addEventListener("pointermove", (event) => this.nameMark(event));
    const { host } = this.map;
    host.addEventListener("pointerdown", (event) => this.pressTool(event), true);
    host.addEventListener("click", (event) => this.pressed?.tool && this.release(event), true);
  }

  press(event, node) {
    if (event.button !== 0 || !this.startable) return;
    const finger = event.pointerType === "touch" && node === this.hit;
    this.pressed = { x: event.clientX, y: event.clientY, node, drags: !finger, moved: false };
    if (finger) return;
    node.setPointerCapture(event.pointerId);
    event.preventDefault();
    this.map.focus();
  }

  /** A press while one of Plotly's tools is on: Plotly moves the map, we only watch for a click. */
  pressTool(event) {
    if (!this.map.tool || !this.startable || event.target.closest(".modebar, .pgp-start")) return;
    this.pressed = { x: event.clientX, y: event.clientY, tool: true, drags: false, moved: false };
  }

  /** The data coordinates under a pointer, held inside the frame. */
  under(event) {
    const box = this.map.host.getBoundingClientRect();
    const { left, right, top, bottom } = this.map.view.frame;
    const x = Math.min(Math.max(event.clientX - box.left, left), right);
    const y = Math.min(Math.max(event.clientY - box.top, top), bottom);
    return [this.map.view.x.from(x), this.map.view.y.from(y)];
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
    this.text.textContent = "";
    if (!press) return;
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > 3;
    if (press.drags && press.moved) return this.choose(this.under(event), "end");
    if (far || press.node === this.group) return;
    const box = this.map.host.getBoundingClientRect();
    if (!inside(event.clientX - box.left, event.clientY - box.top, this.map.view.frame)) return;
    const point = this.under(event);
    clearTimeout(this.waiting);
    // Zoomed in, a click waits whether it is the first half of the double click that zooms out.
    if (!this.map.zoomed && !press.tool) this.choose(point, "end");
    else if (performance.now() - this.doubled > 100) {
      this.waiting = setTimeout(() => this.choose(point, "end"), 320);
    }
  }

  /** That was a double click: neither of its halves chose a start. */
  unclick() {
    clearTimeout(this.waiting);
    this.doubled = performance.now();
  }

  choose(point, phase) {
    this.text.textContent = phase === "drag" ? `(${say(point[0])}, ${say(point[1])})` : "";
    this.place(point);
    this.report(point[0], point[1], phase);
  }

  reset() {
    this.unclick();
    this.map.reset();
  }

  /** The browser's own tooltip names the critical point under the pointer. */
  nameMark(event) {
    const box = this.map.host.getBoundingClientRect();
    const { x, y } = this.map.view;
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    const near = this.map.ground.marks.find(
      (mark) => Math.hypot(x.to(mark[0]) - px, y.to(mark[1]) - py) < 10,
    );
    const text = near ? `${near[2]} at (${say(near[0])}, ${say(near[1])})` : "";
    if (this.tip.textContent !== text) this.tip.textContent = text;
  }
}
