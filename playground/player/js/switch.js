// Which charts are shown: the first two where there is room for two, else one, chosen by a switch.

/** @import { Scene } from "./payload.js" */

import { fill, html } from "./nodes.js";

export class ChartSwitch {
  /**
   * @param {HTMLElement} parent
   * @param {() => void} changed another chart is chosen
   */
  constructor(parent, changed) {
    this.changed = changed;
    this.box = html("div", { class: "pgp-switch", role: "group", "aria-label": "Chart" }, parent);
    this.two = true;
    this.chosen = ""; // its title; "" is the usual one
    this.written = "";
  }

  /**
   * The places of the charts that are shown.
   * @param {Scene} scene
   */
  shown({ charts }) {
    const titles = charts.map((chart) => chart.title);
    const usual = this.two ? Math.min(1, titles.length - 1) : 0;
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
    return { ...scene, charts: this.shown(scene).flatMap((row) => scene.charts[row] ?? []) };
  }

  /**
   * @param {Scene} scene
   * @param {boolean} two there is room for two
   */
  write(scene, two) {
    this.two = two;
    const shown = this.shown(scene);
    const choices = scene.charts
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
