// Playing: the one clock on the browser's frames, and what buttons and keys do to it.

const CALM = matchMedia("(prefers-reduced-motion: reduce)");

export class Playback {
  /** `hooks`: paint() puts everything where the clock says, rested() once it stands still. */
  constructor(hooks) {
    this.hooks = hooks;
    this.clock = { position: 0, steps: 0, seconds: 1, playing: false, speed: 1, loop: false };
    this.begun = false; // until the first scene
    this.inView = true;
  }

  get time() {
    return shown(this.clock);
  }

  /** Take over a new scene: begin with the first, keep place and play state from then on. */
  adopt({ steps, seconds, autoplay }) {
    this.clock = carry(this.clock, steps, seconds);
    if (this.begun) return;
    this.begun = true;
    this.stand(steps);
    if (autoplay) this.launch();
  }

  /** Stand at `step`, told to nobody: the page itself asked for it. */
  stand(step) {
    this.clock = seek(this.clock, step);
  }

  /** Play from the start, unless the visitor wants no motion. */
  launch() {
    if (!CALM.matches) this.clock = { ...this.clock, playing: true, position: 0 };
  }

  /** Go on with the frames if the clock is playing. */
  run() {
    if (this.request || !this.clock.playing) return;
    let before = null;
    const tick = (now) => {
      const elapsed = before === null || !this.inView ? 0 : Math.min((now - before) / 1000, 0.1);
      before = now;
      this.clock = advance(this.clock, elapsed);
      this.request = this.clock.playing ? requestAnimationFrame(tick) : null;
      this.hooks.paint();
      if (!this.request) this.settle();
    };
    this.request = requestAnimationFrame(tick);
  }

  toggle() {
    this.clock = this.clock.playing ? pause(this.clock) : play(this.clock);
    this.hooks.paint();
    if (this.clock.playing) this.run();
    else this.settle();
  }

  seek(step) {
    this.clock = seek(this.clock, step);
    this.hooks.paint();
    this.settle();
  }

  step(by) {
    this.seek((by < 0 ? Math.ceil(this.time) : Math.floor(this.time)) + by);
  }

  speed(factor) {
    this.clock.speed = factor;
  }

  loop() {
    this.clock.loop = !this.clock.loop;
    this.hooks.paint();
    if (this.clock.loop && !this.clock.playing) this.toggle();
  }

  /** Rested once it has stood still for a moment: a scrubber passes many steps on its way. */
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.clock.playing || this.hooks.rested(), 160);
  }

  stop() {
    cancelAnimationFrame(this.request);
    clearTimeout(this.settling);
  }

  /** Whether a key of the keyboard meant the player, and was obeyed. */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const own = event.target.closest("select, .pgp-threshold");
    const native = event.target.closest("button") && event.key === " ";
    if (own || native) return false;
    const act = {
      " ": () => this.toggle(),
      ArrowLeft: () => this.step(-1),
      ArrowRight: () => this.step(1),
      Home: () => this.seek(0),
      End: () => this.seek(this.clock.steps),
    }[event.key];
    act?.();
    return act !== undefined;
  }
}
