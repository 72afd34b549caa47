// The bar below the map: buttons, scrubber, speed.

/**
 * @import { Clock } from "./clock.js"
 * @import { Scene } from "./payload.js"
 * @import { Playback } from "./playback.js"
 * @typedef {{ button: HTMLButtonElement, path: SVGPathElement }} IconButton
 */

import { reached } from "./clock.js";
import { tr, trn } from "./language.js";
import { fill, html, svg } from "./nodes.js";

const ICONS = {
  play: "M5 3.5v13l11-6.5z",
  pause: "M5 3.5h3.6v13H5zM11.4 3.5H15v13h-3.6z",
  back: "M15 4v12L7 10zM4.5 4h2v12h-2z",
  forth: "M5 4v12l8-6zM13.5 4h2v12h-2z",
  loop: "M4 10a6 6 0 0 1 10.2-4.3L16 4v5h-5l1.8-1.8A4 4 0 0 0 6 10zM16 10a6 6 0 0 1-10.2 4.3L4 16v-5h5l-1.8 1.8A4 4 0 0 0 14 10z",
};
const SPEEDS = [0.25, 0.5, 1, 2, 4];

export class Bar {
  /**
   * @param {HTMLElement} root
   * @param {Playback} playback
   * @param {HTMLElement | null} last button, where there is one more
   */
  constructor(root, playback, last = null) {
    /** @type {HTMLDivElement} */
    this.box = html("div", { class: "pgp-bar", role: "group", "aria-label": tr("Playback") }, root);
    this.playIcon = this.button("play", tr("Play"), () => playback.toggle());
    this.button("back", tr("One step back"), () => playback.step(-1));
    this.button("forth", tr("One step forward"), () => playback.step(1));
    const range = { type: "range", min: 0, value: 0, step: 1, "aria-label": tr("Step") };
    const groove = html("span", { class: "pgp-groove" }, this.box);
    this.scrubber = html("input", range, groove);
    this.events = html("span", { class: "pgp-events" }, groove);
    this.scrubber.addEventListener("input", () => playback.seek(Number(this.scrubber.value)));
    this.counter = html("span", { class: "pgp-counter", "aria-hidden": "true" }, this.box);
    this.speed(playback);
    this.loopIcon = this.button("loop", tr("Loop"), () => playback.toggleLoop());
    if (last) this.box.append(last);
    /** @type {{ step?: number, steps?: number, loop?: boolean, playing?: boolean }} */
    this.written = {};
  }

  /**
   * A button and the path of its icon.
   * @param {keyof typeof ICONS} icon
   * @param {string} label
   * @param {() => void} act
   * @returns {IconButton}
   */
  button(icon, label, act) {
    const look = { type: "button", "aria-label": label, title: label };
    const button = html("button", look, this.box);
    button.addEventListener("click", act);
    const picture = svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, button);
    return { button, path: svg("path", { d: ICONS[icon] }, picture) };
  }

  /** @param {Playback} playback */
  speed(playback) {
    const select = html("select", { "aria-label": tr("Speed"), title: tr("Speed") }, this.box);
    for (const factor of SPEEDS) {
      const text = `${String(factor).replace("0.", ".")}×`;
      html("option", { value: factor, text }, select).selected = factor === 1;
    }
    select.addEventListener("change", () => playback.setSpeed(Number(select.value)));
  }

  /**
   * What happened on the way, as marks on the scrubber that lead there.
   * @param {Scene} scene
   * @param {(step: number) => void} seek
   */
  mark({ tracks, steps }, seek) {
    this.events.replaceChildren();
    for (const { name, color, events } of tracks) {
      for (const [first, last, label] of events) {
        const look = { type: "button", class: "pgp-event", tabindex: -1 };
        const told = [name, label, first, last];
        const made = last - first + 1;
        const words = trn("{}: {}, step {}", "{}: {}, steps {} to {}", made, ...told);
        const mark = html("button", { ...look, title: words, "aria-label": words }, this.events);
        /** @param {number} step */
        const share = (step) => `${steps ? (100 * step) / steps : 0}%`;
        mark.style.setProperty("--pgp-from", share(first));
        mark.style.setProperty("--pgp-width", share(last - first));
        mark.style.setProperty("--pgp-runner", color);
        mark.addEventListener("click", () => seek(first));
      }
    }
  }

  /**
   * Called at every frame, so only what differs is written.
   * @param {Clock} clock
   */
  show(clock) {
    const { steps, loop, playing } = clock;
    const step = reached(clock);
    const before = this.written;
    this.written = { step, steps, loop, playing };
    if (before.steps !== steps) this.scrubber.max = String(steps);
    if (before.step !== step || before.steps !== steps) {
      this.scrubber.value = String(step);
      this.scrubber.style.setProperty("--pgp-done", `${steps ? (100 * step) / steps : 0}%`);
      this.counter.textContent = `${step} / ${steps}`;
    }
    if (before.loop !== loop) fill(this.loopIcon.button, { "aria-pressed": loop });
    if (before.playing !== playing) {
      const label = playing ? tr("Pause") : tr("Play");
      const title = playing ? tr("Pause (space)") : tr("Play (space)");
      fill(this.playIcon.button, { "aria-label": label, title });
      fill(this.playIcon.path, { d: ICONS[playing ? "pause" : "play"] });
    }
  }
}
