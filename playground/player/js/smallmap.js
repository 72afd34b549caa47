// A small map: one descent on its ground, above it what it is, below it how it ends.

/**
 * @import { Lane } from "./fan.js"
 * @import { Ground } from "./payload.js"
 * @typedef {{ title: string, color: string, now: boolean, told: boolean }} Look
 */

import { asTrack } from "./fan.js";
import { FlatView } from "./flatview.js";
import { scale, spot } from "./geometry.js";
import { tr } from "./language.js";
import { fill, html, moved, svg } from "./nodes.js";
import { equalAxes } from "./places.js";
import { Runners } from "./runners.js";

const STARS = 12; // minima that are worth a star each; of more only the lowest is
const STAR = "M0-5L1.2-1.6L4.8-1.5L1.9.6L2.9 4L0 2L-2.9 4L-1.9.6L-4.8-1.5L-1.2-1.6Z";

export class SmallMap {
  /**
   * @param {HTMLElement} parent
   * @param {((value: number) => void) | null} choose it is told the value of the one chosen
   */
  constructor(parent, choose) {
    this.choose = choose;
    this.box = choose
      ? html("button", { type: "button", class: "pgp-small" }, parent)
      : html("div", { class: "pgp-small", role: "img" }, parent);
    if (choose) this.box.addEventListener("click", () => choose(this.value));
    const head = html("span", { class: "pgp-small-head" }, this.box);
    this.title = html("span", { class: "pgp-small-title" }, head);
    this.mark = html("span", { class: "pgp-small-now", text: tr("now") }, head);
    const hidden = { class: "pgp-small-map", "aria-hidden": "true" };
    this.picture = svg("svg", hidden, this.box);
    this.image = svg("image", { preserveAspectRatio: "none" }, this.picture);
    this.levels = svg("path", { class: "pgp-level" }, this.picture);
    this.marks = svg("g", { class: "pgp-star" }, this.picture);
    const id = `pgp-${Math.random().toString(36).slice(2)}`;
    this.edge = svg("rect", {}, svg("clipPath", { id }, svg("defs", {}, this.picture)));
    this.runners = new Runners(this.picture, id, () => "");
    const foot = html("span", { class: "pgp-small-foot" }, this.box);
    this.badge = html("span", { class: "pgp-badge" }, foot);
    this.told = html("span", {}, foot);
    this.value = NaN;
    this.words = ""; // what it is and how it ends
    this.drawn = ""; // the ground, and in which size
  }

  /**
   * Another descent.
   * @param {Lane} lane
   * @param {Look} look
   */
  load(lane, { title, color, now, told }) {
    const { value, ending } = lane;
    this.value = value;
    this.runners.load([asTrack(lane, title, color)], () => true);
    this.title.textContent = title;
    this.mark.hidden = !now;
    this.badge.textContent = ending.noun;
    this.badge.style.setProperty("--pgp-badge", ending.colour);
    this.told.textContent = told ? ending.words : "";
    this.words = `${title}: ${ending.noun}`;
    const act = now
      ? tr("{}, the present value", this.words)
      : tr("{}, take this value", this.words);
    fill(this.box, { "aria-label": this.choose ? act : this.words });
    fill(this.box, { title: `${ending.noun}: ${ending.words}`, "aria-current": now });
  }

  /**
   * The ground, as wide as there is room; a length is as long along both axes where it can be.
   * @param {Ground} ground
   */
  draw(ground) {
    const [x0, x1, y0, y1] = ground.window;
    const aspect = (x1 - x0) / (y1 - y0);
    const width = Math.floor(this.picture.getBoundingClientRect().width);
    const height = Math.round(equalAxes(aspect) ? width / aspect : width);
    const drawn = `${ground.id} ${width} ${height}`;
    if (drawn === this.drawn || !width) return;
    this.drawn = drawn;
    const size = { width, height };
    fill(this.picture, { height, viewBox: `0 0 ${width} ${height}` });
    fill(this.image, { ...size, href: ground.picture });
    fill(this.edge, size);
    const frame = { left: 0, top: 0, right: width, bottom: height };
    const axes = [scale([x0, x1], 0, width), scale([y0, y1], height, -height)];
    const view = new FlatView(frame, axes[0], axes[1]);
    this.levels.setAttribute("d", lines(ground.levels, view));
    const minima = ground.marks.filter((mark) => mark[2] === "minimum"); // the lowest first
    const stars = minima
      .slice(0, minima.length > STARS ? 1 : STARS)
      .map(([x, y]) => svg("path", { d: STAR, transform: moved(view.x.to(x), view.y.to(y)) }));
    this.marks.replaceChildren(...stars);
    this.runners.trace(view);
  }
}

/**
 * Level lines as an SVG path.
 * @param {Ground["levels"]} levels
 * @param {FlatView} view
 */
function lines({ x, y }, view) {
  let text = "";
  let pen = "M";
  x.forEach((across, i) => {
    const up = y[i];
    if (across === null || up === null) pen = "M";
    else {
      text += pen + spot(view.x.to(across), view.y.to(up));
      pen = "L";
    }
  });
  return text;
}
