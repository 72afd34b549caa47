// The player: one playback, one scene, one ground; what its parts tell each other and Python.

/**
 * @import { Grounds } from "./grounds.js"
 * @import { Ground, Point, Scene } from "./payload.js"
 * @import { Plotly } from "./plotly.js"
 *
 * @typedef {object} Ears Python's
 * @property {(start: Point) => void} start
 * @property {(step: number) => void} step
 * @property {(id: string) => void} threshold
 */

import { Bar } from "./bar.js";
import { ChartsView } from "./charts.js";
import { Legend, writeFoot } from "./legend.js";
import { MapView } from "./map.js";
import { html } from "./nodes.js";
import { places } from "./places.js";
import { Playback } from "./playback.js";
import { Post } from "./post.js";
import { Serial } from "./serial.js";
import { lightness, readTheme } from "./theme.js";
import { sentence, valueText } from "./words.js";

const NEAR = 0.01; // of the window: so far Python may round the start it was sent

export class Player {
  /**
   * @param {HTMLElement} root
   * @param {Plotly} plotly
   * @param {Grounds} grounds
   * @param {Ears} ears
   */
  constructor(root, plotly, grounds, ears) {
    this.root = root;
    this.plotly = plotly;
    this.grounds = grounds;
    this.ears = ears;
    this.hidden = new Set(); // names of tracks
    /** @type {Scene | null} */
    this.scene = null;
    /** @type {Scene | null} */
    this.next = null; // has come and is not yet shown
    this.shown = { look: "", ground: "" };
    this.recut = false; // a track was hidden or shown: the charts' ranges change
    this.reported = -1; // the step Python was told last
    this.playback = new Playback({ paint: () => this.paint(), rested: () => this.rested() });
    this.post = new Post(ears.start);
    this.drawing = new Serial(() => this.draw());
    this.refresh = () => void this.drawing.ask();
    /** @param {number} index */
    this.visible = (index) => !this.hidden.has(this.scene?.tracks[index]?.name);

    // The parts, in the order in which they are read.
    this.legend = new Legend(root, {
      chip: (index) => this.flip(index),
      hover: (index) => this.map.runners.highlight(index),
    });
    this.stage = html("div", { class: "pgp-stage" }, root);
    this.bar = new Bar(root, this.playback);
    this.foot = html("p", { class: "pgp-foot" }, root);
    this.live = html("p", { class: "pgp-unseen", "aria-live": "polite" }, root);
    this.map = new MapView(html("div", { class: "pgp-map" }, this.stage), plotly, {
      start: (x, y, phase) => (phase === "drag" ? this.post.drag([x, y]) : this.post.drop([x, y])),
      value: (index, time) => this.value(index, time),
      focus: () => root.focus({ preventScroll: true }),
    });
    this.charts = new ChartsView(html("div", { class: "pgp-charts" }, this.stage), plotly, {
      seek: (step) => this.playback.seek(step),
      threshold: (id) => ears.threshold(id),
    });

    root.addEventListener("keydown", (event) => this.key(event));
    this.resized = new ResizeObserver(this.refresh);
    this.scrolled = new IntersectionObserver(([entry]) => this.playback.see(entry.isIntersecting));
    this.resized.observe(this.stage);
    this.scrolled.observe(root);
  }

  destroy() {
    this.drawing.stop();
    this.playback.stop();
    this.grounds.forget(this.refresh);
    this.resized.disconnect();
    this.scrolled.disconnect();
    for (const { graph } of [this.map, this.charts]) this.plotly.purge(graph);
  }

  // -- data in --------------------------------------------------------------------------------

  /**
   * Python answered: with a new scene, or with the old one (null), be it in a new theme.
   * @param {Scene | null} scene
   */
  receive(scene) {
    if (scene) this.next = scene;
    this.post.landed();
    this.refresh();
  }

  /** Draw what has changed: the ground, the theme, the size, the scene. */
  async draw() {
    const scene = this.next ?? this.scene;
    const ground = scene && this.grounds.ask(scene.ground, this.refresh);
    if (!ground) return;
    const theme = readTheme(this.root);
    const box = this.arrange(scene);
    if (box.mapWidth < 50) return;
    const look = JSON.stringify([theme, box]);
    const before = this.shown;
    const charts = look !== before.look || scene !== this.scene || this.recut;
    this.root.style.colorScheme = lightness(theme.background) < 0.5 ? "dark" : "light";
    if (scene !== this.scene) this.adopt(scene, ground);
    if (look !== before.look || ground.id !== before.ground) {
      await this.map.draw(ground, theme, box.mapWidth, box.mapHeight);
    }
    this.shown = { look, ground: ground.id };
    this.recut = false;
    if (charts && scene.charts.length) {
      await this.charts.draw(scene, theme, box.chartsWidth, box.chartsHeight, this.visible);
    }
    this.paint();
    this.playback.run();
  }

  /**
   * Give map and charts their places; the sizes are returned.
   * @param {Scene} scene
   */
  arrange(scene) {
    const { map, charts, stage } = this;
    const box = places(Math.floor(stage.clientWidth), scene.height, scene.charts.length);
    stage.classList.toggle("pgp-wide", box.wide);
    charts.host.hidden = scene.charts.length === 0;
    Object.assign(map.host.style, { width: `${box.mapWidth}px`, height: `${box.mapHeight}px` });
    const size = { width: `${box.chartsWidth}px`, height: `${box.chartsHeight}px` };
    Object.assign(charts.host.style, size);
    return box;
  }

  /**
   * Take over a new scene: keep place and play state, or follow what the visitor just did.
   * @param {Scene} scene
   * @param {Ground} ground
   */
  adopt(scene, ground) {
    const old = this.scene;
    this.scene = scene;
    this.next = null;
    this.setClock(scene, old, ground);
    this.map.runners.load(scene.tracks, this.visible);
    this.map.picker.allow(scene.startable);
    const pending = this.post.dragging || this.post.expected;
    if (!pending) this.map.picker.place(scene.start ?? firstPoint(scene));
    this.legend.load(scene, this.visible);
    writeFoot(this.foot, scene);
    if (!this.playback.clock.playing) this.speak();
  }

  /**
   * Where the new scene is shown: where the page wants it, or the visitor is, or at the start.
   * A page that begins to ask where the player stands is told, and does not move it.
   * @param {Scene} scene
   * @param {Scene | null} old
   * @param {Ground} ground
   */
  setClock(scene, old, ground) {
    const { playback, post } = this;
    const [x0, x1, y0, y1] = ground.window;
    const news = old !== null && scene.reportStep && !old.reportStep;
    playback.adopt(scene);
    if (news) this.tell();
    else if (scene.step !== null && scene.step !== old?.step) playback.stand(scene.step);
    else if (post.dragging) playback.stand(scene.steps);
    else if (post.answers(scene.start, [NEAR * (x1 - x0), NEAR * (y1 - y0)])) playback.launch();
  }

  // -- time -----------------------------------------------------------------------------------

  /** Put the moving nodes where the clock says. */
  paint() {
    if (!this.map.view) return;
    const { clock, time } = this.playback;
    this.map.runners.show(time);
    this.charts.show(time);
    this.bar.show(clock);
    this.legend.show(clock.playing, (index) => this.value(index, time));
  }

  /** Standing still: say where, and tell Python once the visitor has let go. */
  rested() {
    if (!this.scene) return;
    this.speak();
    const step = Math.round(this.playback.time);
    if (this.scene.reportStep && step !== this.reported) this.tell();
  }

  /** Tell Python where the clock stands; while it runs, that waits until it rests. */
  tell() {
    this.reported = -1;
    if (this.playback.clock.playing) return;
    this.reported = Math.round(this.playback.time);
    this.ears.step(this.reported);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (!this.playback.key(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  // -- choices --------------------------------------------------------------------------------

  /**
   * Hide a track, or show it again.
   * @param {number} index
   */
  flip(index) {
    if (!this.scene) return;
    const { name } = this.scene.tracks[index];
    if (!this.hidden.delete(name)) this.hidden.add(name);
    this.legend.load(this.scene, this.visible);
    this.recut = true;
    this.refresh();
  }

  /**
   * @param {number} index
   * @param {number} time
   */
  value(index, time) {
    return this.scene ? valueText(this.scene, index, time) : "";
  }

  speak() {
    if (!this.scene) return;
    this.live.textContent = sentence(this.scene, this.playback.time, this.visible);
  }
}

/**
 * Where the first track begins.
 * @param {Scene} scene
 * @returns {Point | null}
 */
function firstPoint({ tracks }) {
  return tracks.length ? [tracks[0].path[0], tracks[0].path[1]] : null;
}
