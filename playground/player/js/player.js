// The player: one playback, one scene, one ground; what its parts tell each other and Python.

/**
 * @import { Lane } from "./fan.js"
 * @import { Fans } from "./fans.js"
 * @import { Grounds } from "./grounds.js"
 * @import { Point, Scene } from "./payload.js"
 * @import { Drawing } from "./plotly.js"
 * @import { StageHooks } from "./stage.js"
 * @import { Turn } from "./turning.js"
 *
 * @typedef {object} Ears Python's
 * @property {(start: Point) => void} start
 * @property {(step: number) => void} step
 * @property {(id: string) => void} threshold
 * @property {(turn: Turn) => void} turn
 *
 * @typedef {{ grounds: Grounds, fans: Fans }} Stores what has come for all players of the page
 */

import { withLane } from "./fan.js";
import { near } from "./payload.js";
import { Playback } from "./playback.js";
import { Post } from "./post.js";
import { Serial } from "./serial.js";
import { Stage } from "./stage.js";
import { Turning, handsOf } from "./turning.js";
import { valueText } from "./words.js";

export class Player {
  /**
   * @param {HTMLElement} root
   * @param {Drawing} plotly
   * @param {Stores} stores
   * @param {Ears} ears
   */
  constructor(root, plotly, { grounds, fans }, ears) {
    this.grounds = grounds;
    this.ears = ears;
    this.hidden = new Set(); // names of tracks
    /** @type {Scene | null} */
    this.base = null; // the last that has come
    /** @type {Scene | null} */
    this.scene = null; // what is shown: it, or what it would be at another position of a knob
    /** @type {Scene | null} */
    this.next = null; // is to be shown
    this.reported = -1; // the step Python was told last
    this.playback = new Playback({ paint: () => this.paint(), rested: () => this.rested() });
    this.post = /** @type {Post<Point>} */ (new Post(ears.start, 30_000, () => this.back()));
    this.told = /** @type {Post<number>} */ (new Post(ears.step, 30_000));
    this.turning = new Turning(root, fans, {
      begin: (slot) => this.beginTurn(slot),
      preview: (slot, lane) => this.preview(slot, lane),
      deliver: ears.turn,
      back: () => this.back(),
      knobs: () => this.stage.legend.knobs(),
      spread: (fan) => this.stage.map.runners.spread.show(fan),
    });
    this.drawing = new Serial(() => this.draw());
    this.refresh = () => void this.drawing.ask();
    /** @param {number} index @param {number} time */
    this.value = (index, time) => (this.scene ? valueText(this.scene, index, time) : "");
    /** @param {number} index */
    this.visible = (index) => !this.hidden.has(this.scene?.tracks[index]?.name);
    this.stage = new Stage(root, plotly, this.playback, this.hooks(root));
    this.resized = new ResizeObserver(this.refresh);
    this.scrolled = new IntersectionObserver(([entry]) => this.playback.see(entry.isIntersecting));
    for (const node of [root, this.stage.box]) this.resized.observe(node); // which is as large in it
    addEventListener("resize", this.refresh);
    this.scrolled.observe(root);
  }

  /**
   * What the parts report.
   * @param {HTMLElement} root
   * @returns {StageHooks}
   */
  hooks(root) {
    return {
      chip: (index) => this.flip(index),
      hover: (index) => this.stage.map.runners.highlight(index),
      ...handsOf(this.turning),
      start: (x, y, phase) => {
        this.playback.release();
        this.post[phase]([x, y]);
        this.refresh(); // if it is the one that is shown, its run plays at once
      },
      value: this.value,
      focus: () => root.focus({ preventScroll: true }),
      recut: () => this.recut(),
      resize: this.refresh,
      seek: (step) => this.playback.seek(step),
      threshold: (id) => this.ears.threshold(id),
    };
  }

  destroy() {
    this.drawing.stop();
    this.playback.stop();
    this.grounds.forget(this.refresh);
    this.turning.destroy();
    this.post.close();
    this.resized.disconnect();
    removeEventListener("resize", this.refresh);
    this.scrolled.disconnect();
    this.stage.destroy();
  }

  /**
   * Python answered: with a new scene, or with the old one, be it in a new theme.
   * @param {Scene | null} scene
   */
  receive(scene) {
    if (scene) this.base = scene;
    this.post.landed();
    if (this.base && !this.turning.holds(this.base)) this.next = this.base;
    this.refresh();
  }

  /** Draw what has changed. */
  async draw() {
    const scene = this.next ?? this.scene;
    const ground = scene && this.grounds.ask(scene.ground, this.refresh);
    if (!ground) return;
    if (scene !== this.scene) this.adopt(scene);
    const window = ground.window;
    if (this.post.answers((start) => near(start, scene.start, window))) this.playback.launch();
    if (!(await this.stage.draw(scene, ground, this.visible))) return;
    this.paint();
    this.playback.run();
  }

  /**
   * Take over a new scene: keep place and play state, or follow what the visitor just did.
   * @param {Scene} scene
   */
  adopt(scene) {
    const old = this.scene;
    const { runners, picker } = this.stage.map;
    [this.scene, this.next] = [scene, null];
    this.setClock(scene, old);
    runners.load(scene.tracks, this.visible);
    picker.allow(scene.startable);
    this.write();
    this.turning.settle();
    if (!this.playback.clock.playing) this.speak();
  }

  /**
   * Where the new scene is shown: where the page wants it, or the visitor is, or at the start.
   * A page that begins to ask where the player stands is told; its answer to that moves nobody.
   * @param {Scene} scene
   * @param {Scene | null} old
   */
  setClock(scene, old) {
    const { playback } = this;
    const news = old !== null && scene.reportStep && !old.reportStep;
    playback.adopt(scene);
    const led = this.told.expected;
    this.told.answers((step) => step === scene.heard || step === scene.step);
    const moves = this.told.expected === null && ![old?.step, led].includes(scene.step);
    if (news) this.tell();
    else if (moves && scene.step !== null) playback.stand(scene.step);
    else if (this.post.dragging || this.turning.busy) playback.stand(scene.steps);
  }

  /** Move what moves. */
  paint() {
    const { clock, time } = this.playback;
    this.stage.paint(clock, time, (index) => this.value(index, time));
  }

  /** Standing still: say where, and tell Python once the visitor has let go. */
  rested() {
    this.speak();
    const step = Math.round(this.playback.time);
    if (this.scene?.reportStep && step !== this.reported) this.tell();
  }

  /** Tell Python where the clock stands; while it runs, that waits until it rests. */
  tell() {
    const { clock, time } = this.playback;
    this.reported = clock.playing ? -1 : Math.round(time);
    if (!clock.playing) this.told.drop(this.reported);
  }

  /**
   * Hide a track, or show it again.
   * @param {number} index
   */
  flip(index) {
    if (!this.scene) return;
    const { name } = this.scene.tracks[index];
    if (!this.hidden.delete(name)) this.hidden.add(name);
    this.write();
    this.recut();
  }

  /** Other lines, or other charts, are to be shown. */
  recut() {
    this.stage.charted = null;
    this.refresh();
  }

  /**
   * A hand is on a knob: the path it starts from stays as a ghost, the whole of it is seen.
   * @param {string} slot
   */
  beginTurn(slot) {
    if (!this.scene) return;
    const track = this.scene.tracks.find((other) => other.slot === slot) ?? null;
    this.stage.map.runners.leave(track);
    this.playback.stand(this.scene.steps);
    this.paint();
  }

  /**
   * Show a runner as it is at another position of its knob, at once and without Python.
   * @param {string} slot
   * @param {Lane} lane
   */
  preview(slot, lane) {
    const { base } = this;
    const index = base ? base.tracks.findIndex((track) => track.slot === slot) : -1;
    if (!base || index < 0) return;
    this.next = null;
    this.scene = withLane(base, index, lane);
    this.stage.sketch(this.scene, index, lane.ending);
    this.paint();
  }

  /** The controls of what is shown stand where it is. */
  write() {
    const { post, scene, turning, visible } = this;
    const dragged = post.dragging || post.expected !== null;
    if (scene) this.stage.write(scene, visible, (knob) => turning.held(knob), dragged);
  }

  /** What a hand chose last will not be answered: all shows what Python said last. */
  back() {
    this.next = this.base;
    this.write();
    this.refresh();
  }

  speak() {
    if (this.scene) this.stage.speak(this.scene, this.playback.time, this.visible);
  }
}
