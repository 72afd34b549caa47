// What is seen of a player: cards, map and charts, bar, foot; where they stand and when they are drawn.

/**
 * @import { ChartHooks } from "./charts.js"
 * @import { Clock } from "./clock.js"
 * @import { Lane } from "./fan.js"
 * @import { Knob, KnobHooks } from "./knob.js"
 * @import { LegendHooks } from "./legend.js"
 * @import { MapHooks } from "./map.js"
 * @import { Ground, Scene } from "./payload.js"
 * @import { Playback } from "./playback.js"
 * @import { Drawing } from "./plotly.js"
 *
 * @typedef {object} OwnHooks
 * @property {() => void} recut other charts are to be drawn
 * @property {() => void} resize there is more room, or less
 * @typedef {LegendHooks & KnobHooks & MapHooks & ChartHooks & OwnHooks} StageHooks
 */

import { Bar } from "./bar.js";
import { ChartsView } from "./charts.js";
import { LARGER, fits, roomInFull } from "./fitting.js";
import { FullScreen, topInPage } from "./fullscreen.js";
import { tr } from "./language.js";
import { Legend, writeFoot } from "./legend.js";
import { MapView } from "./map.js";
import { html } from "./nodes.js";
import { Panels } from "./panels.js";
import { firstPoint } from "./payload.js";
import { equalAxes, places, roomForTwo, shares } from "./places.js";
import { ChartSwitch } from "./switch.js";
import { lightness, readTheme } from "./theme.js";
import { TurnRow } from "./turnrow.js";
import { sentence } from "./words.js";

const NARROW = 560; // pixels: the cards are one row that scrolls
const SLIM = 400; // pixels: in full screen all stands closer
const BELOW = 20; // pixels of air around the bar
const TOO_NARROW = 50; // pixels: a narrower place is not yet, or no longer, on the page

export class Stage {
  /**
   * The parts, in the order in which they are read.
   * @param {HTMLElement} root
   * @param {Drawing} plotly
   * @param {Playback} playback
   * @param {StageHooks} hooks
   */
  constructor(root, plotly, playback, hooks) {
    this.root = root;
    this.plotly = plotly;
    const whole = html("div", { class: "pgp-whole" }, root);
    this.screen = new FullScreen(root, whole, hooks.resize);
    this.legend = new Legend(whole, hooks);
    this.box = html("div", { class: "pgp-stage" }, whole);
    this.box.style.visibility = "hidden"; // until all has its place
    this.column = html("div", { class: "pgp-column" }, this.box);
    const map = html("div", { class: "pgp-map" }, this.column);
    this.bar = new Bar(this.column, playback, this.screen.button);
    this.dials = new TurnRow(hooks);
    this.dials.box.classList.add("pgp-dials");
    const words = tr("The axes have different scales.");
    this.scale = html("p", { class: "pgp-scale", text: words }, this.column);
    this.seek = hooks.seek;
    this.foot = html("p", { class: "pgp-foot" }, whole);
    this.live = html("p", { class: "pgp-unseen", "aria-live": "polite" }, root);
    this.map = new MapView(map, plotly, hooks);
    this.side = html("div", { class: "pgp-side" }, this.box);
    this.switch = new ChartSwitch(this.side, () => hooks.recut());
    this.charts = new ChartsView(html("div", { class: "pgp-charts" }, this.side), plotly, hooks);
    this.panels = new Panels(this.side);
    root.addEventListener("keydown", (event) => {
      if (!playback.key(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.drawn = { mapped: "", sided: "" };
    /** @type {Scene | null} */
    this.charted = null; // the scene whose charts are drawn
  }

  destroy() {
    this.screen.destroy();
    this.map.solid.stop();
    for (const { graph } of [this.map, this.charts]) this.plotly.purge(graph);
  }

  /**
   * Draw what has changed: the ground, the theme, the size, the scene.
   * @param {Scene} scene
   * @param {Ground} ground
   * @param {(index: number) => boolean} visible
   * @returns {Promise<boolean>} whether there is room for it
   */
  async draw(scene, ground, visible) {
    const theme = readTheme(this.root);
    const box = this.arrange(scene, ground);
    if (box.mapWidth < TOO_NARROW) return false;
    const { bare } = this.plotly;
    const mapped = JSON.stringify([bare, theme, ground.id, box.mapWidth, box.mapHeight]);
    const { sideWidth, chartsHeight, panelHeight } = box;
    const sided = JSON.stringify([bare, theme, ground.id, sideWidth, chartsHeight, panelHeight]);
    const before = this.drawn;
    const side = sided !== before.sided || scene !== this.charted;
    this.root.style.colorScheme = lightness(theme.background) < 0.5 ? "dark" : "light";
    if (mapped !== before.mapped) {
      await this.map.draw(ground, theme, box.mapWidth, box.mapHeight);
    }
    this.drawn = { mapped, sided };
    this.charted = scene;
    if (!side) return true;
    const picked = this.switch.pick(scene);
    if (picked.charts.length && !bare) {
      await this.charts.draw(picked, theme, sideWidth, chartsHeight, visible);
    }
    const panel = this.switch.panel(scene);
    this.panels.draw(ground.learner, panel, theme, sideWidth, panelHeight);
    return true;
  }

  /**
   * Give map and charts their places, in full screen as large as all is seen; the sizes are returned.
   * @param {Scene} scene
   * @param {Ground} ground
   */
  arrange(scene, ground) {
    if (!this.screen.hang()) return this.lay(scene, ground);
    for (const scale of LARGER) {
      this.screen.enlarge(scale);
      const box = this.lay(scene, ground);
      if (fits(this, box)) return box;
    }
    this.screen.enlarge(1);
    return this.lay(scene, ground);
  }

  /**
   * @param {Scene} scene
   * @param {Ground} ground
   * @param {boolean} again the bar was found to have another number of rows
   * @returns {ReturnType<typeof places> & ReturnType<typeof shares>}
   */
  lay(scene, ground, again = false) {
    const { window, learner } = ground;
    const { map, charts, side, box: stage } = this;
    const width = Math.floor(stage.clientWidth);
    const aspect = aspectOf(window);
    stage.style.visibility = "";
    this.root.classList.toggle("pgp-narrow", width < NARROW);
    this.root.classList.toggle("pgp-slim", width < SLIM);
    this.scale.hidden = equalAxes(aspect);
    const full = this.screen.large;
    const tallest = full ? Infinity : scene.height;
    const rows = this.bar.box.offsetHeight;
    const room = { width, height: this.height(), tallest, aspect, full };
    side.hidden = scene.charts.length === 0;
    const count = getComputedStyle(side).display === "none" ? 0 : scene.charts.length;
    const box = places({ ...room, charts: count });
    stage.classList.toggle("pgp-wide", box.wide);
    this.column.style.width = `${box.columnWidth}px`;
    if (this.bar.box.offsetHeight !== rows && !again) return this.lay(scene, ground, true);
    this.switch.write(scene, learner !== null, roomForTwo(box, learner !== null));
    const above = this.switch.box.hidden ? 0 : this.switch.box.offsetHeight;
    const panel = learner !== null && this.switch.panel(scene) !== "";
    const chart = this.switch.pick(scene).charts.length > 0;
    const beside = box.mapHeight + this.bar.box.offsetHeight;
    const share = box.wide ? beside : box.below;
    const parts = shares(
      share === null ? null : share - above,
      box.sideWidth,
      chart,
      panel ? aspectOf(learner.facts.window) : 0,
    );
    Object.assign(map.host.style, { width: `${box.mapWidth}px`, height: `${box.mapHeight}px` });
    const size = { width: `${box.sideWidth}px`, height: `${parts.chartsHeight}px` };
    Object.assign(charts.host.style, size);
    charts.host.hidden = !chart;
    this.panels.box.hidden = !panel;
    this.panels.box.style.height = full ? `${parts.panelHeight}px` : "";
    return { ...box, ...parts };
  }

  /** Pixels from the top of the stage to the end of the window, with room for the bar. */
  height() {
    const { box, bar } = this;
    if (this.screen.large) return roomInFull(this);
    return innerHeight - topInPage(box) - bar.box.offsetHeight - BELOW;
  }

  /**
   * The cards, the start and what is written below; what a hand holds stays as it is.
   * @param {Scene} scene
   * @param {(index: number) => boolean} visible
   * @param {(knob: Knob) => boolean} held
   * @param {boolean} dragged the start is in a hand, or on its way
   */
  write(scene, visible, held, dragged) {
    if (!dragged) this.map.picker.place(scene.start ?? firstPoint(scene));
    this.legend.load(scene, visible, held);
    this.bar.mark(scene, this.seek);
    if (!this.dials.show(scene.dials, held)) this.dials.box.remove();
    else if (!this.dials.box.parentNode) this.bar.box.after(this.dials.box);
    writeFoot(this.foot, scene);
  }

  /**
   * Show one track, its curve and its verdict as they would be.
   * @param {Scene} scene
   * @param {number} index
   * @param {Lane["ending"]} ending
   */
  sketch(scene, index, ending) {
    this.map.runners.become(index, scene.tracks[index]);
    this.charts.sketch(this.switch.pick(scene), index);
    this.legend.cards[index].judge(ending);
  }

  /**
   * Say in words what is shown.
   * @param {Scene} scene
   * @param {number} time
   * @param {(index: number) => boolean} visible
   */
  speak(scene, time, visible) {
    const said = [sentence(scene, time, visible), this.panels.said()];
    this.live.textContent = said.filter(Boolean).join(" ");
  }

  /**
   * Put the moving nodes where the clock says.
   * @param {Clock} clock
   * @param {number} time
   * @param {(index: number) => string} value
   */
  paint(clock, time, value) {
    if (!this.map.view) return;
    this.map.runners.show(time);
    this.charts.show(time);
    this.panels.show(time);
    this.bar.show(clock);
    this.legend.show(clock.playing, value);
  }
}

/** @param {Ground["window"]} window */
const aspectOf = ([x0, x1, y0, y1]) => (x1 - x0) / (y1 - y0);
