// Which charts are shown: the first two where there is room for two, else one, chosen by a switch.
// Where a network learns, its panels stand behind the first chart, and one of them is the usual one.

/**
 * @import { Chart, Scene } from "./payload.js"
 * @typedef {{ title: string, short: string, chart: Chart | null }} Offer no chart: a panel
 */

import { tr } from "./language.js";
import { fill, html } from "./nodes.js";
import { panelTitles } from "./panels.js";

export class ChartSwitch {
  /**
   * @param {HTMLElement} parent
   * @param {() => void} changed another chart is chosen
   */
  constructor(parent, changed) {
    this.changed = changed;
    this.box = html(
      "div",
      { class: "pgp-switch", role: "group", "aria-label": tr("Chart") },
      parent,
    );
    this.two = true;
    this.learns = false;
    this.chosen = ""; // its title; "" is the usual one
    this.written = "";
  }

  /**
   * All there is to show.
   * @param {Scene} scene
   * @returns {Offer[]}
   */
  offers({ charts }) {
    const [first, ...rest] = charts.map((chart) => ({ ...chart, chart }));
    const titles = this.learns ? panelTitles() : [];
    const panels = titles.map((title) => ({ title, short: "", chart: null }));
    return first ? [first, ...panels, ...rest] : [];
  }

  /**
   * The places of what is shown.
   * @param {Offer[]} offers
   */
  shown(offers) {
    const titles = offers.map(({ title }) => title);
    const usual = this.two || this.learns ? Math.min(1, titles.length - 1) : 0;
    const place = Math.max(titles.indexOf(this.chosen), this.two ? 1 : 0);
    const one = this.chosen && titles.includes(this.chosen) ? place : usual;
    return this.two ? [...new Set([0, one])].filter((row) => row < titles.length) : [one];
  }

  /**
   * The scene with no more charts than are shown.
   * @param {Scene} scene
   * @returns {Scene}
   */
  pick(scene) {
    const offers = this.offers(scene);
    return { ...scene, charts: this.shown(offers).flatMap((row) => offers[row]?.chart ?? []) };
  }

  /**
   * The title of the panel that is shown; "" for none.
   * @param {Scene} scene
   */
  panel(scene) {
    const offers = this.offers(scene);
    const row = this.shown(offers).find((place) => offers[place]?.chart === null);
    return row === undefined ? "" : offers[row].title;
  }

  /**
   * @param {Scene} scene
   * @param {boolean} learns a network does
   * @param {boolean} two there is room for two
   */
  write(scene, learns, two) {
    [this.two, this.learns] = [two, learns];
    const offers = this.offers(scene);
    const shown = this.shown(offers);
    const choices = offers
      .map(({ title, short }, row) => ({ title, short, row }))
      .slice(two ? 1 : 0);
    this.box.hidden = choices.length < 2;
    const text = JSON.stringify([choices, shown]);
    if (text === this.written) return;
    this.written = text;
    const buttons = choices.map(({ title, short, row }) => {
      const button = html("button", { type: "button", title });
      fill(button, { text: short || title, "aria-pressed": shown.includes(row) });
      button.addEventListener("click", () => this.choose(title));
      return button;
    });
    const focused = [...this.box.children].findIndex((child) => child === document.activeElement);
    this.box.replaceChildren(...buttons);
    buttons[focused]?.focus();
  }

  /** @param {string} title */
  choose(title) {
    this.chosen = title;
    this.changed();
  }
}
