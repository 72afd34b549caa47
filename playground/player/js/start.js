// Choosing the start: the ring on the map, and what a click, a drag or a tap means.

/**
 * @import { MapView } from "./map.js"
 * @import { Point } from "./payload.js"
 * @typedef {"drag" | "drop"} Phase a start is on its way, or chosen
 *
 * @typedef {object} Press
 * @property {number} x
 * @property {number} y
 * @property {Element | null} node what was pressed; null while a tool of Plotly's is on
 * @property {boolean} drags whether a movement drags the ring
 * @property {boolean} moved
 */

import { inside, valueAt } from "./geometry.js";
import { display, fill, moved, pixelIn, svg } from "./nodes.js";
import { byKeys } from "./ringkeys.js";
import { nameOfMark, nameOfRing } from "./ringwords.js";
import { say } from "./words.js";

const STILL = 3; // pixels a hand may tremble in a click
const MARK_REACH = 10;

const FLIP_CORNER = { width: 70, height: 50 }; // pixels of the map that its switch to 3-D needs

export class StartPicker {
  /**
   * @param {MapView} map
   * @param {SVGElement} layer
   * @param {(x: number, y: number, phase: Phase) => void} report is told a chosen start
   */
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
    this.allowed = false; // by the page
    this.startable = false; // here and now
    /** @type {Point | null} */
    this.point = null;
    /** @type {Press | null} */
    this.pressed = null;
    this.doubled = -Infinity;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
    this.listen();
    byKeys(this);
  }

  /**
   * Whether a start can be chosen here, or the ring only shows where the descents begin.
   * @param {boolean} allowed
   */
  allow(allowed = this.allowed) {
    this.allowed = allowed;
    const startable = allowed && !this.map.solid.on;
    this.startable = startable;
    fill(this.group, { role: startable ? "button" : "img", tabindex: startable ? 0 : -1 });
    this.layer.classList.toggle("pgp-fixed", !startable);
  }

  /**
   * Put the ring at `point` (data coordinates); without one, or outside the frame, it is away.
   * @param {Point | null} point
   */
  place(point = this.point) {
    this.point = point;
    const { seen } = this.map;
    if (!seen) return;
    const [x, y] = point ? seen.spot(...point) : [NaN, NaN];
    const here = inside(x, y, seen.frame);
    display(this.group, here);
    const { left, top } = seen.frame;
    const crowded = here && x < left + FLIP_CORNER.width && y < top + FLIP_CORNER.height;
    this.hit.closest(".pgp-map")?.classList.toggle("pgp-crowded", crowded);
    if (!point || !here) return;
    this.group.setAttribute("transform", moved(x, y));
    this.group.setAttribute("aria-label", nameOfRing(point, this.startable));
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
      for (const end of ["pointercancel", "lostpointercapture"]) {
        node.addEventListener(end, () => this.breakOff());
      }
    }
    this.hit.addEventListener("dblclick", () => this.reset());
    this.hit.addEventListener("pointermove", (event) => this.nameMark(event));
    const { host } = this.map;
    host.addEventListener("pointerdown", (event) => this.pressTool(event), true);
    const toolClick = () => this.pressed !== null && this.pressed.node === null;
    host.addEventListener("click", (event) => toolClick() && this.release(event), true);
  }

  /**
   * @param {PointerEvent} event
   * @param {SVGGraphicsElement} node
   */
  press(event, node) {
    if (event.button !== 0 || !this.startable) return;
    const finger = event.pointerType === "touch" && node === this.hit;
    this.pressed = { x: event.clientX, y: event.clientY, node, drags: !finger, moved: false };
    if (finger) return;
    node.setPointerCapture(event.pointerId);
    event.preventDefault();
    this.map.focus();
  }

  /**
   * A press while one of Plotly's tools is on: Plotly moves the map, we only watch for a click.
   * @param {PointerEvent} event
   */
  pressTool(event) {
    const own = /** @type {Element} */ (event.target).closest(".modebar, .pgp-start");
    if (!this.map.tool || !this.startable || own) return;
    this.pressed = { x: event.clientX, y: event.clientY, node: null, drags: false, moved: false };
  }

  /**
   * The pixel of the map under a pointer.
   * @param {MouseEvent} event
   */
  pixel(event) {
    return pixelIn(this.map.host, event);
  }

  /**
   * The data coordinates under a pointer, held inside the frame; null before there is a map.
   * @param {MouseEvent} event
   */
  under(event) {
    const { x, y } = this.pixel(event);
    return this.at(x, y);
  }

  /**
   * The data coordinates at a pixel, held inside the frame; null before there is a map.
   * @param {number} x
   * @param {number} y
   * @returns {Point | null}
   */
  at(x, y) {
    const { view } = this.map;
    if (!view) return null;
    const { left, right, top, bottom } = view.frame;
    const across = Math.min(Math.max(x, left), right);
    const down = Math.min(Math.max(y, top), bottom);
    return [valueAt(view.x, across), valueAt(view.y, down)];
  }

  /** @param {PointerEvent} event */
  drag(event) {
    const press = this.pressed;
    if (!press) return;
    if (distance(press, event) > STILL) press.moved = true;
    if (!press.drags || !press.moved) return;
    this.layer.classList.add("pgp-dragging");
    this.choose(this.under(event), "drag");
  }

  /** @param {MouseEvent} event */
  release(event) {
    const press = this.pressed;
    this.pressed = null;
    this.layer.classList.remove("pgp-dragging");
    this.text.textContent = "";
    if (!press || !this.map.view) return;
    const point = this.under(event);
    if (press.drags && press.moved) {
      this.choose(point, "drop");
      return;
    }
    if (distance(press, event) > STILL || press.node === this.group) return;
    const { x, y } = this.pixel(event);
    if (!inside(x, y, this.map.view.frame)) return;
    clearTimeout(this.waiting);
    // Zoomed in, a click waits whether it is the first half of the double click that zooms out.
    if (!this.map.zoomed && press.node) this.choose(point, "drop");
    else if (performance.now() - this.doubled > 100) {
      this.waiting = setTimeout(() => this.choose(point, "drop"), 320);
    }
  }

  /** The browser took the pointer away: a drag ends where the ring is, nothing else is chosen. */
  breakOff() {
    const dragged = this.pressed?.drags && this.pressed.moved;
    this.pressed = null;
    this.layer.classList.remove("pgp-dragging");
    if (dragged) this.choose(this.point, "drop");
  }

  /** That was a double click: neither of its halves chose a start. */
  unclick() {
    clearTimeout(this.waiting);
    this.doubled = performance.now();
  }

  /**
   * @param {Point | null} point
   * @param {Phase} phase
   */
  choose(point, phase) {
    if (!point) return;
    this.text.textContent = phase === "drag" ? `(${say(point[0])}, ${say(point[1])})` : "";
    this.place(point);
    this.report(point[0], point[1], phase);
  }

  reset() {
    this.unclick();
    this.map.reset();
  }

  /**
   * The browser's own tooltip names the critical point under the pointer.
   * @param {PointerEvent} event
   */
  nameMark(event) {
    const { view, drawing } = this.map;
    if (!view || !drawing) return;
    const { x, y } = this.pixel(event);
    const near = drawing.ground.marks.find(
      (mark) => Math.hypot(view.x.to(mark[0]) - x, view.y.to(mark[1]) - y) < MARK_REACH,
    );
    const text = near ? nameOfMark(near) : "";
    if (this.tip.textContent !== text) this.tip.textContent = text;
  }
}

/**
 * How far a pointer has come since it was pressed.
 * @param {Press} press
 * @param {MouseEvent} event
 */
const distance = (press, event) => Math.hypot(event.clientX - press.x, event.clientY - press.y);
