// One element of the page that shall hold a player, and Streamlit's calls to it.

/**
 * @import { Fans } from "./fans.js"
 * @import { Grounds } from "./grounds.js"
 * @import { Scene } from "./payload.js"
 * @import { Ears } from "./player.js"
 *
 * @typedef {object} Component what Streamlit's components v2 hand to a mount at every change
 * @property {HTMLElement} parentElement
 * @property {Uint8Array} data
 * @property {(name: string, value: unknown) => void} setStateValue
 * @property {(name: string, value: unknown) => void} setTriggerValue
 */

import { sameBytes } from "./bytes.js";
import { Growing } from "./growing.js";
import { tr } from "./language.js";
import { html } from "./nodes.js";
import { readScene } from "./payload.js";
import { noPlotly, plotlyOfPage } from "./plotly.js";
import { Player } from "./player.js";

export class Mount {
  /**
   * @param {Component} component
   * @param {Grounds} grounds
   * @param {Fans} fans
   */
  constructor(component, grounds, fans) {
    const name = tr("Descent player");
    const group = { class: "pgp", tabindex: 0, role: "group", "aria-label": name };
    this.root = html("div", group, component.parentElement);
    this.component = component; // the latest
    /** @type {Uint8Array | null} */
    this.bytes = null;
    /** @type {Promise<Scene> | null} */
    this.news = null; // what they say
    /** @type {Scene | null} */
    this.scene = null; // the latest that was read
    /** @type {Player | null} */
    this.player = null;
    this.gone = false;
    this.stores = { grounds, fans };
  }

  /**
   * Build the player, with its map as a sketch; unless that is all it shall be, Plotly draws map and
   * charts once it is there, and if it never comes, that is said.
   * @param {boolean} sketched
   */
  async prepare(sketched) {
    const drawing = new Growing();
    /** @type {Ears} */
    const ears = {
      start: (start) => this.component.setStateValue("start", start),
      step: (step) => this.component.setTriggerValue("step", step),
      threshold: (id) => this.component.setTriggerValue("threshold", id),
      turn: (turn) => this.component.setTriggerValue("turn", turn),
    };
    this.player = new Player(this.root, drawing, this.stores, ears);
    this.player.receive(this.scene);
    if (sketched) return;
    const message = html("p", { class: "pgp-message", role: "status" });
    const late = () => {
      message.textContent = noPlotly();
      const side = this.player?.stage.side;
      (side && !side.hidden ? side : this.root).prepend(message); // where the charts would be
    };
    await drawing.seen; // Plotly keeps the browser busy
    drawing.grow(await plotlyOfPage(late));
    message.remove();
    if (this.gone) return;
    this.player.refresh();
  }

  /**
   * New data, or the same in another theme.
   * @param {Component} component
   */
  async receive(component) {
    this.component = component;
    const { data } = component;
    if (!this.news || !sameBytes(this.bytes, data)) this.news = readScene(data);
    this.bytes = data;
    const { news } = this;
    const scene = await news;
    if (this.gone || news !== this.news) return; // a newer one has come meanwhile
    const first = this.scene === null;
    this.scene = scene;
    if (first) void this.prepare(scene.sketched);
    else this.player?.receive(scene);
  }

  destroy() {
    this.gone = true;
    this.player?.destroy();
    this.root.remove();
  }
}
