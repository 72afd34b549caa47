// Small multiples: several descents, each on a small map of its own, on one clock with one bar.

/**
 * @import { Fan } from "./fan.js"
 * @import { Grounds } from "./grounds.js"
 * @import { Component } from "./mount.js"
 *
 * @typedef {object} Several what multiples.py says of them
 * @property {string} name
 * @property {string[]} titles
 * @property {string[]} grounds the ids of one each, or of one for all
 * @property {string[]} colours likewise
 * @property {number | null} now which of them is the one that runs
 * @property {boolean} told the verdicts are sentences
 * @property {string} of the name of what is chosen by a click; "" where none can be chosen
 * @property {number} steps
 * @property {number} seconds
 * @property {boolean} autoplay
 */

import { Bar } from "./bar.js";
import { cellChosen } from "./cells.js";
import { readFan } from "./fan.js";
import { tr } from "./language.js";
import { SmallMap } from "./smallmap.js";
import { fill, html } from "./nodes.js";
import { sameBytes, unpack } from "./bytes.js";
import { Playback } from "./playback.js";
import { lightness, readTheme } from "./theme.js";

export class Multiples {
  /**
   * @param {Component} component
   * @param {Grounds} grounds
   */
  constructor(component, grounds) {
    this.component = component; // the latest
    this.grounds = grounds;
    const group = { class: "pgp pgp-multiples", tabindex: 0, role: "group" };
    this.root = html("div", group, component.parentElement);
    this.grid = html("div", { class: "pgp-grid" }, this.root);
    this.playback = new Playback({ paint: () => this.paint(), rested: () => this.speak() });
    this.bar = new Bar(this.root, this.playback);
    this.live = html("p", { class: "pgp-unseen", "aria-live": "polite" }, this.root);
    /** @type {SmallMap[]} */
    this.maps = [];
    /** @type {Uint8Array | null} */
    this.bytes = null;
    /** @type {Several | null} */
    this.several = null;
    this.asked = false; // by a cell: what comes next is played
    this.led = false; // by one that was chosen, not passed: the page goes where it is seen
    /** @param {boolean} kept */
    this.expect = (kept) => void Object.assign(this, { asked: true, led: kept });
    cellChosen.add(this.expect);
    this.refresh = () => this.draw();
    this.sized = new ResizeObserver(this.refresh);
    this.sized.observe(this.grid);
    this.scrolled = new IntersectionObserver(([entry]) => this.playback.see(entry.isIntersecting));
    this.scrolled.observe(this.root);
    this.root.addEventListener("keydown", (event) => {
      if (!this.playback.key(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
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
      const { header, rest } = unpack(data);
      const fan = await readFan(rest);
      if (this.bytes !== data) return; // newer ones have come meanwhile
      this.adopt(header, fan);
    }
    this.draw();
  }

  /**
   * Take over other descents; the clock goes on.
   * @param {Several} several
   * @param {Fan} fan
   */
  adopt(several, fan) {
    this.several = several;
    fill(this.root, { "aria-label": several.name });
    const choose = several.of ? (/** @type {number} */ value) => this.choose(value) : null;
    if (this.maps.length && Boolean(this.maps[0].choose) !== Boolean(choose)) this.clear(0);
    this.clear(several.titles.length);
    several.titles.forEach((title, i) => {
      this.maps[i] ??= new SmallMap(this.grid, choose);
      const color = several.colours[i] ?? several.colours[0];
      const lane = fan.lane(i);
      this.maps[i].load(lane, { title, color, now: several.now === i, told: several.told });
    });
    this.playback.adopt(several);
    if (this.asked) this.present();
  }

  /** Play from the start, where a choice was made in sight. */
  present() {
    this.asked = false;
    this.playback.release();
    this.playback.launch();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = still ? "auto" : "smooth";
    if (this.led) this.root.scrollIntoView({ block: "nearest", behavior });
  }

  /**
   * No more maps than so many.
   * @param {number} count
   */
  clear(count) {
    for (const map of this.maps.splice(count)) map.box.remove();
  }

  /** @param {number} value */
  choose(value) {
    if (this.several) this.component.setTriggerValue("choose", [this.several.of, value]);
  }

  /** Draw what has come, as large as there is room. */
  draw() {
    const { several, maps } = this;
    if (!several || !this.grid.clientWidth) return;
    this.root.style.colorScheme =
      lightness(readTheme(this.root).background) < 0.5 ? "dark" : "light";
    const ids = maps.map((_, i) => several.grounds[i] ?? several.grounds[0]);
    const missing = ids.filter((id, i) => {
      const ground = this.grounds.ask(id, this.refresh);
      if (ground) maps[i].draw(ground);
      return !ground;
    });
    if (missing.length) this.grounds.ask(missing[0], this.refresh); // whatever was found after it
    this.paint();
    this.playback.run();
  }

  /** Move all heads to the time of the one clock. */
  paint() {
    const { clock, time } = this.playback;
    for (const map of this.maps) map.runners.show(time);
    this.bar.show(clock);
  }

  speak() {
    const { clock, time } = this.playback;
    const ends = this.maps.map(({ words }) => words).join("; ");
    const told = [Math.round(time), clock.steps];
    this.live.textContent =
      time < clock.steps ? tr("Step {} of {}.", ...told) : tr("Step {} of {}. {}.", ...told, ends);
  }

  destroy() {
    cellChosen.delete(this.expect);
    this.playback.stop();
    this.grounds.forget(this.refresh);
    this.sized.disconnect();
    this.scrolled.disconnect();
    this.root.remove();
  }
}
