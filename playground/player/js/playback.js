// Playing: the one clock on the browser's frames, and what buttons and keys do to it.

/**
 * @import { Clock } from "./clock.js"
 * @typedef {object} PlaybackHooks
 * @property {() => void} paint puts everything where the clock says
 * @property {() => void} rested it stands still
 */

import { advance, carry, pause, play, seek, shown } from "./clock.js";

const LONGEST_FRAME = 0.1; // seconds; whoever comes back to a sleeping tab has missed nothing
const REST = 160; // milliseconds of standing still after which it is called resting

export class Playback {
  /** @param {PlaybackHooks} hooks */
  constructor(hooks) {
    this.hooks = hooks;
    /** @type {Clock} */
    this.clock = { position: 0, steps: 0, seconds: 1, playing: false, speed: 1, loop: false };
    this.begun = false; // until the first scene
    this.held = false; // by a hand on the clock, which an answer that comes later does not move
    this.inView = true;
    /** @type {number | null} */
    this.request = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.settling = undefined;
  }

  /**
   * Time stands still while nobody can see it pass.
   * @param {boolean} inView
   */
  see(inView) {
    this.inView = inView;
  }

  get time() {
    return shown(this.clock);
  }

  /**
   * Take over a new scene: begin with the first, keep place and play state from then on.
   * @param {{ steps: number, seconds: number, autoplay: boolean }} scene
   */
  adopt({ steps, seconds, autoplay }) {
    this.clock = carry(this.clock, steps, seconds);
    if (this.begun) return;
    this.begun = true;
    this.stand(steps);
    if (autoplay) this.launch();
  }

  /**
   * Stand at `step`, told to nobody: the page itself asked for it.
   * @param {number} step
   */
  stand(step) {
    this.clock = seek(this.clock, step);
  }

  /** The visitor asked for something whose answer is to be played. */
  release() {
    this.held = false;
  }

  /** Play from the start, unless the visitor wants no motion or has moved the clock himself. */
  launch() {
    if (this.held || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.clock = { ...this.clock, playing: true, position: 0 };
  }

  /** Go on with the frames if the clock is playing. */
  run() {
    if (this.request !== null || !this.clock.playing) return;
    /** @type {number | null} */
    let before = null;
    /** @param {number} now */
    const tick = (now) => {
      const passed = before === null || !this.inView ? 0 : (now - before) / 1000;
      before = now;
      this.clock = advance(this.clock, Math.min(passed, LONGEST_FRAME));
      this.request = this.clock.playing ? requestAnimationFrame(tick) : null;
      this.hooks.paint();
      if (this.request === null) this.settle();
    };
    this.request = requestAnimationFrame(tick);
  }

  toggle() {
    this.held = true;
    this.clock = this.clock.playing ? pause(this.clock) : play(this.clock);
    this.hooks.paint();
    if (this.clock.playing) this.run();
    else this.settle();
  }

  /** @param {number} step */
  seek(step) {
    this.held = true;
    this.clock = seek(this.clock, step);
    this.hooks.paint();
    this.settle();
  }

  /** @param {number} by */
  step(by) {
    this.seek((by < 0 ? Math.ceil(this.time) : Math.floor(this.time)) + by);
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.clock = { ...this.clock, speed };
  }

  toggleLoop() {
    this.clock = { ...this.clock, loop: !this.clock.loop };
    this.hooks.paint();
    if (this.clock.loop && !this.clock.playing) this.toggle();
  }

  /** Rested once it has stood still for a moment: a scrubber passes many steps on its way. */
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.clock.playing || this.hooks.rested(), REST);
  }

  stop() {
    if (this.request !== null) cancelAnimationFrame(this.request);
    clearTimeout(this.settling);
  }

  /**
   * Whether a key of the keyboard meant the player, and was obeyed.
   * @param {KeyboardEvent} event
   */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const target = /** @type {Element} */ (event.target);
    const own = target.closest("select, .pgp-threshold, .pgp-knob");
    const native = target.closest("button") && event.key === " ";
    if (own || native) return false;
    /** @type {Record<string, () => void>} */
    const acts = {
      " ": () => this.toggle(),
      ArrowLeft: () => this.step(-1),
      ArrowRight: () => this.step(1),
      Home: () => this.seek(0),
      End: () => this.seek(this.clock.steps),
    };
    const act = acts[event.key];
    act?.();
    return act !== undefined;
  }
}
