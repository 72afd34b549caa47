// Buttons, scrubber, legend, and the sentence for those who listen instead of look.

const ICONS = {
  play: "M5 3.5v13l11-6.5z",
  pause: "M5 3.5h3.6v13H5zM11.4 3.5H15v13h-3.6z",
  back: "M15 4v12L7 10zM4.5 4h2v12h-2z",
  forth: "M5 4v12l8-6zM13.5 4h2v12h-2z",
  loop: "M4 10a6 6 0 0 1 10.2-4.3L16 4v5h-5l1.8-1.8A4 4 0 0 0 6 10zM16 10a6 6 0 0 1-10.2 4.3L4 16v-5h5l-1.8 1.8A4 4 0 0 0 14 10z",
};
const SPEEDS = [0.25, 0.5, 1, 2, 4];

export class Controls {
  /** `hooks`: the `playback` to control; chip(index) was clicked, hover(index) is pointed at. */
  constructor(root, hooks) {
    const { playback } = hooks;
    this.hooks = hooks;
    this.legend = html("div", { class: "pgp-legend", role: "group", "aria-label": "Legend" }, root);
    this.stage = html("div", { class: "pgp-stage" }, root);
    const bar = html("div", { class: "pgp-bar", role: "group", "aria-label": "Playback" }, root);
    this.playButton = this.button(bar, "play", "Play", () => playback.toggle());
    this.button(bar, "back", "One step back", () => playback.step(-1));
    this.button(bar, "forth", "One step forward", () => playback.step(1));
    this.scrubber = html(
      "input",
      { type: "range", min: 0, value: 0, step: 1, "aria-label": "Step" },
      bar,
    );
    this.scrubber.addEventListener("input", () => playback.seek(Number(this.scrubber.value)));
    this.counter = html("span", { class: "pgp-counter", "aria-hidden": "true" }, bar);
    const speed = html("select", { "aria-label": "Speed", title: "Speed" }, bar);
    for (const factor of SPEEDS) {
      const option = html(
        "option",
        { value: factor, text: `${String(factor).replace("0.", ".")}×` },
        speed,
      );
      option.selected = factor === 1;
    }
    speed.addEventListener("change", () => playback.speed(Number(speed.value)));
    this.loopButton = this.button(bar, "loop", "Loop", () => playback.loop());
    this.foot = html("p", { class: "pgp-foot" }, root);
    this.live = html("p", { class: "pgp-unseen", "aria-live": "polite" }, root);
  }

  button(bar, icon, label, act) {
    const node = html("button", { type: "button", "aria-label": label, title: label }, bar);
    svg(
      "path",
      { d: ICONS[icon] },
      svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, node),
    );
    node.addEventListener("click", act);
    return node;
  }

  /** The legend of a scene: a chip a track, then the names of the vectors. */
  load(scene, visible) {
    this.scrubber.max = scene.steps;
    const focused = [...this.legend.children].indexOf(document.activeElement);
    this.legend.replaceChildren();
    this.written = 0;
    this.values = scene.tracks.map((track, index) => this.chip(track, index, visible(index)));
    this.legend.children[focused]?.focus();
    this.writeFoot(scene);
  }

  chip(track, index, on) {
    const chip = html(
      "button",
      { type: "button", class: "pgp-chip", "aria-pressed": on },
      this.legend,
    );
    chip.title = on ? "Click to hide" : "Click to show";
    const sample = svg(
      "svg",
      { viewBox: "0 0 28 10", class: "pgp-sample", "aria-hidden": "true" },
      chip,
    );
    const dash = track.ghost ? "5 4" : strokeDash(track.dash);
    svg(
      "path",
      {
        d: "M1 5h26",
        stroke: track.color,
        "stroke-dasharray": dash,
        opacity: track.ghost ? 0.6 : 1,
      },
      sample,
    );
    html("span", { text: track.name }, chip);
    if (track.note) html("span", { class: "pgp-note", text: track.note }, chip);
    const value = track.ghost ? null : html("span", { class: "pgp-value" }, chip);
    chip.addEventListener("click", () => this.hooks.chip(index));
    for (const enter of ["pointerenter", "focus"])
      chip.addEventListener(enter, () => this.hooks.hover(index));
    for (const leave of ["pointerleave", "blur"])
      chip.addEventListener(leave, () => this.hooks.hover(null));
    return value;
  }

  writeFoot(scene) {
    this.foot.replaceChildren();
    const hint = "Click the map, or drag ◯, to set the start.";
    if (scene.startable) html("span", { text: hint }, this.foot);
    const kinds = new Map(scene.tracks.flatMap((track) => track.vectors.map((v) => [v.name, v])));
    for (const { name, color, square } of kinds.values()) {
      const key = html("span", { class: "pgp-key" }, this.foot);
      const picture = svg("svg", { viewBox: "0 0 22 12", "aria-hidden": "true" }, key);
      if (square)
        svg(
          "rect",
          { x: 6, y: 1.5, width: 9, height: 9, fill: fade(color, 0.2), stroke: color },
          picture,
        );
      else
        svg(
          "path",
          { d: arrow(1, 6, 21, 6, 6), stroke: color, fill: "none", "stroke-width": 1.8 },
          picture,
        );
      html("span", { text: name }, key);
    }
  }

  /** What changes with time: called at every frame, so texts are written only when they differ. */
  show(clock, value) {
    const step = Math.floor(shown(clock) + 1e-9);
    if (this.step !== step || this.steps !== clock.steps) {
      [this.step, this.steps] = [step, clock.steps];
      this.scrubber.value = step;
      this.scrubber.style.setProperty(
        "--pgp-done",
        `${clock.steps ? (100 * step) / clock.steps : 0}%`,
      );
      this.counter.textContent = `${step} / ${clock.steps}`;
    }
    this.showValues(clock, value);
    if (this.looping !== clock.loop) {
      this.looping = clock.loop;
      this.loopButton.setAttribute("aria-pressed", clock.loop);
    }
    if (this.playing !== clock.playing) {
      this.playing = clock.playing;
      const label = clock.playing ? "Pause" : "Play";
      fill(this.playButton, { "aria-label": label, title: `${label} (space)` });
      this.playButton
        .querySelector("path")
        .setAttribute("d", ICONS[clock.playing ? "pause" : "play"]);
    }
  }

  /** Values change faster than anyone reads; ten times a second spares the page its layout. */
  showValues(clock, value) {
    const now = performance.now();
    if (clock.playing && now - this.written < 100) return;
    this.written = now;
    this.values.forEach((node, index) => {
      const text = node ? value(index) : "";
      if (node && node.textContent !== text) node.textContent = text;
    });
  }
}
