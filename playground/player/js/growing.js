// The library a player is drawn with: the sketch of its map at once, and Plotly when it has come.

/**
 * @import { Config, Drawing, Layout, Plotly, Trace } from "./plotly.js"
 * @typedef {{ graph: HTMLElement, event: string, act: (change: Record<string, any>) => void }} Ear
 */

import { SKETCH } from "./sketch.js";

/** @implements {Drawing} */
export class Growing {
  constructor() {
    /** @type {Plotly} */
    this.now = SKETCH;
    /** @type {Ear[]} */
    this.ears = []; // of what was sketched, for when it is drawn
    /** @type {Promise<void>} */
    this.seen = new Promise((resolve) => (this.show = resolve)); // until a sketch is on the screen
  }

  /** Whether it draws a map only, and hears nothing. */
  get bare() {
    return this.now === SKETCH;
  }

  get Icons() {
    return this.now.Icons;
  }

  /**
   * @param {Plotly} plotly
   */
  grow(plotly) {
    this.now = plotly;
  }

  /**
   * @param {HTMLElement} graph
   * @param {Trace[]} data
   * @param {Layout} layout
   * @param {Config} config
   */
  async react(graph, data, layout, config) {
    if (this.bare) {
      const sketched = await this.now.react(graph, data, layout, config);
      sketched.on = (event, act) => void this.ears.push({ graph, event, act });
      requestAnimationFrame(() => requestAnimationFrame(() => this.show?.()));
      return sketched;
    }
    const mine = this.ears.filter((ear) => ear.graph === graph);
    if (mine.length) SKETCH.purge(graph);
    this.ears = this.ears.filter((ear) => ear.graph !== graph);
    const drawn = await this.now.react(graph, data, layout, config);
    for (const { event, act } of mine) drawn.on(event, act);
    return drawn;
  }

  /**
   * @param {HTMLElement} graph
   * @param {Layout} change
   */
  relayout(graph, change) {
    return this.now.relayout(graph, change);
  }

  /** @param {HTMLElement} graph */
  purge(graph) {
    this.now.purge(graph);
  }

  /**
   * @param {{ data: Trace[], layout: Layout }} figure
   * @param {Config} options
   */
  downloadImage(figure, options) {
    return this.now.downloadImage(figure, options);
  }
}
