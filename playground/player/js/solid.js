// The map in 3-D: the switch, the picture of the surface, and the hand that turns it.

/**
 * @import { FlatView } from "./flatview.js"
 * @import { Ground } from "./payload.js"
 * @import { Place } from "./standpoint.js"
 * @import { Theme } from "./theme.js"
 *
 * @typedef {object} SolidHooks
 * @property {() => void} flip between the map and 3-D
 * @property {() => void} turned the paths must be projected anew
 *
 * @typedef {object} Shape what is known of a ground
 * @property {string} id of the ground
 * @property {Relief} relief
 * @property {Float64Array} lines
 */

import { Camera } from "./camera.js";
import { drawFloor } from "./floor.js";
import { readHeights } from "./heights.js";
import { inside } from "./geometry.js";
import { arrows } from "./keys.js";
import { tr } from "./language.js";
import { drawMarks } from "./marks.js";
import { enlargement, fill, html, svg } from "./nodes.js";
import { drawLines, paintBlock } from "./painting.js";
import { equalAxes } from "./places.js";
import { Relief, linePieces } from "./relief.js";
import { SolidView } from "./solidview.js";
import { standpoint } from "./standpoint.js";
import { WINDOW } from "./steps.js";

const EDGE = 4; // pixels around what is written in the picture
const BESIDE_BLOCK = { left: 40, right: 40, top: 34, bottom: 44 }; // around the block,
const AMPLE = 400; // pixels of height from which on there is so much
const SHARPEST = 3.2; // dots of the picture a pixel
const BY_KEY = 5; // degrees, by one arrow
const PAUSE = 150; // milliseconds without a turn, after which the picture is made fine
const DRAG = 0.4; // degrees a pixel

export class Solid {
  /**
   * @param {HTMLElement} host
   * @param {SVGElement} layer that moves; the picture lies below it
   * @param {SolidHooks} hooks
   */
  constructor(host, layer, hooks) {
    this.host = host;
    this.hooks = hooks;
    this.on = false;
    /** @type {Shape | null} */
    this.shape = null;
    /** @type {Camera | null} */
    this.camera = null;
    this.window = ""; // the camera was chosen for
    /** @type {number | null} */
    this.request = null;
    this.box = html("div", { class: "pgp-solid", hidden: "" });
    host.insertBefore(this.box, layer);
    this.floor = svg("svg", { class: "pgp-floor-layer", "aria-hidden": "true" }, this.box);
    this.canvas = html("canvas", { "aria-hidden": "true" }, this.box);
    this.block = html("canvas"); // is drawn on it, fine while it rests and fast while it turns
    this.turning = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined;
    this.marks = svg("svg", { class: "pgp-marks", "aria-hidden": "true" }, this.box);
    this.note = html("p", { class: "pgp-height" }, this.box);
    const range = {
      "aria-valuemin": 0,
      "aria-valuemax": 360,
      "aria-label": tr("Turn the surface"),
    };
    this.hand = html("div", { class: "pgp-hand", role: "slider", tabindex: 0, ...range }, this.box);
    const look = { type: "button", class: "pgp-flip", text: tr("3-D"), "aria-pressed": false };
    this.button = html("button", { ...look, title: tr("See the map in 3-D") }, host);
    this.button.addEventListener("click", hooks.flip);
    this.listen();
  }

  listen() {
    const { hand } = this;
    /** @type {{ x: number, y: number } | null} */
    let held = null;
    hand.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      held = { x: event.clientX, y: event.clientY };
      hand.setPointerCapture(event.pointerId);
    });
    hand.addEventListener("pointermove", ({ clientX, clientY }) => {
      if (!held) return;
      this.turn(DRAG * (held.x - clientX), DRAG * (clientY - held.y));
      held = { x: clientX, y: clientY };
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      hand.addEventListener(end, () => (held = null));
    }
    hand.addEventListener("keydown", (event) => {
      const by = arrows(event);
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      this.turn(BY_KEY * by[0], -BY_KEY * by[1]);
    });
  }

  /**
   * Turn the picture, at most once a frame.
   * @param {number} turn degrees to the right
   * @param {number} tilt degrees up
   */
  turn(turn, tilt) {
    if (!this.camera) return;
    const { camera } = this;
    this.camera = new Camera(camera.turn + turn, camera.tilt + tilt, camera.aspect, camera.frame);
    this.turning = true;
    this.draw();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.turning = false;
      this.draw();
    }, PAUSE);
  }

  /** Once, at the next frame. */
  draw() {
    this.request ??= requestAnimationFrame(() => {
      this.request = null;
      this.hooks.turned();
    });
  }

  /**
   * Read the heights of a ground, if they are asked for; where they cannot be read, say so.
   * @param {Ground} ground
   */
  async prepare(ground) {
    this.button.hidden = !ground.height;
    if (!this.on || this.shape?.id === ground.id) return;
    const heights = ground.height ? await readHeights(ground.png).catch(() => null) : null;
    if (!heights) this.set(false);
    this.button.title = heights
      ? tr("See the map in 3-D")
      : tr("This browser cannot read the heights of the map, so there is no 3-D.");
    this.shape = heights && {
      id: ground.id,
      relief: new Relief(heights),
      lines: linePieces(ground),
    };
  }

  /** @param {boolean} on */
  set(on) {
    this.on = on;
    fill(this.button, { "aria-pressed": on });
  }

  /**
   * The view of a ground in 3-D, painted; null while the map is seen.
   * @param {FlatView} flat
   * @param {{ ground: Ground, theme: Theme }} drawing
   * @param {number} width
   * @param {number} height
   * @param {[number, number] | null} start
   */
  look(flat, { ground, theme }, width, height, start) {
    const shape = this.on && this.shape?.id === ground.id ? this.shape : null;
    this.box.hidden = !shape;
    this.host.closest(".pgp")?.classList.toggle("pgp-in-solid", Boolean(shape));
    if (!shape) return null;
    const camera = this.stand(shape, ground, width, height, start);
    const frame = { left: EDGE, top: EDGE, right: width - EDGE, bottom: height - EDGE };
    for (const layer of [this.floor, this.marks]) {
      fill(layer, { width, height, viewBox: `0 0 ${width} ${height}` });
    }
    drawFloor(this.floor, camera, frame, ground);
    drawMarks(this.marks, shape.relief, camera, ground);
    this.note.textContent = tr("Height: {}", ground.height);
    const [turn, tilt] = [Math.round(camera.turn), Math.round(camera.tilt)];
    const words = tr("turned by {} degrees, seen from {} degrees above", turn, tilt);
    fill(this.hand, { "aria-valuenow": turn, "aria-valuetext": words });
    this.paint(shape, camera, theme, width, height);
    return new SolidView(shape.relief, camera, ground.window, flat, frame);
  }

  /**
   * The camera: as it stands, or chosen anew for another window.
   * @param {Shape} shape
   * @param {Ground} ground
   * @param {number} width
   * @param {number} height
   * @param {[number, number] | null} start
   */
  stand({ relief }, { window, marks }, width, height, start) {
    const [x0, x1, y0, y1] = window;
    const aspect = equalAxes((x1 - x0) / (y1 - y0)) ? (x1 - x0) / (y1 - y0) : 1;
    const small = Math.min(1, height / AMPLE);
    const [left, right, top, bottom] = [
      BESIDE_BLOCK.left,
      BESIDE_BLOCK.right,
      BESIDE_BLOCK.top,
      BESIDE_BLOCK.bottom,
    ].map((room) => room * small);
    const frame = { left, top, right: width - right, bottom: height - bottom };
    /** @type {(x: number, y: number) => Place} */
    const place = (x, y) => [(x - x0) / (x1 - x0), (y - y0) / (y1 - y0)];
    if (!this.camera || this.window !== String(window)) {
      const [lowest] = marks.filter(([, , kind]) => kind === "minimum");
      const minima = lowest ? [place(lowest[0], lowest[1])] : [];
      const begin = start && place(...start);
      const sights = { start: begin && inside(...begin, WINDOW) ? begin : null, minima };
      this.camera = standpoint(relief, aspect, frame, sights);
      this.window = String(window);
    } else {
      this.camera = new Camera(this.camera.turn, this.camera.tilt, aspect, frame);
    }
    return this.camera;
  }

  /**
   * @param {Shape} shape
   * @param {Camera} camera
   * @param {Theme} theme
   * @param {number} width
   * @param {number} height
   */
  paint({ relief, lines }, camera, theme, width, height) {
    const sharp = Math.min((globalThis.devicePixelRatio || 1) * enlargement(this.host), SHARPEST);
    const raster = paintBlock(relief, camera, theme, width, height, this.turning ? 1 : 2);
    fill(this.block, { width: raster.width, height: raster.height });
    this.block.getContext("2d")?.putImageData(raster.image(), 0, 0);
    fill(this.canvas, { width: Math.round(width * sharp), height: Math.round(height * sharp) });
    const brush = this.canvas.getContext("2d");
    if (!brush) return;
    brush.scale(sharp, sharp);
    brush.drawImage(this.block, 0, 0, width, height);
    drawLines(brush, lines, relief, camera, theme);
  }

  stop() {
    clearTimeout(this.resting);
    if (this.request !== null) cancelAnimationFrame(this.request);
  }
}
