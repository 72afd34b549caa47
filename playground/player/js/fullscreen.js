// Full screen: the player alone in the window, larger, for a room that looks on; or, on a page that
// is shown on a wall, as large below what stands above it.

import { tr } from "./language.js";
import { fill, html, svg } from "./nodes.js";

const PLAYERS = ".pgp:has(> .pgp-whole)";
const FIELDS = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select";
const CORNERS = {
  enter: "M3 8V3h5v2H5v3zM12 3h5v5h-2V5h-3zM3 12h2v3h3v2H3zM15 12h2v5h-5v-2h3z",
  leave: "M8 3v5H3V6h3V3zM12 3h2v3h3v2h-5zM3 12h5v5H6v-3H3zM12 12h5v2h-3v3h-2z",
};
const LEAST_ON_WALL = 0.7; // of the window, where much stands above
const NATURAL = { width: "", height: "", transform: "" };

export class FullScreen {
  /**
   * @param {HTMLElement} root fills the screen
   * @param {HTMLElement} whole all that is seen in it, which is enlarged
   * @param {() => void} changed there is another size
   */
  constructor(root, whole, changed) {
    this.root = root;
    this.whole = whole;
    this.changed = changed;
    this.on = false;
    this.large = false; // in full screen or on a wall
    const look = { type: "button", class: "pgp-full-button", "aria-pressed": false };
    this.button = html("button", { ...look, "aria-label": tr("Full screen") });
    fill(this.button, { title: tr("Full screen (F)"), "aria-keyshortcuts": "f" });
    const picture = svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, this.button);
    this.icon = svg("path", { d: CORNERS.enter }, picture);
    this.button.addEventListener("click", () => this.toggle());
    this.closing = new AbortController();
    const { signal } = this.closing;
    document.addEventListener("keydown", (event) => this.key(event), { signal });
    document.addEventListener("focusin", ({ target }) => this.keep(target), { signal });
    const follow = () => this.set(document.fullscreenElement === root);
    document.addEventListener("fullscreenchange", follow, { signal });
  }

  toggle() {
    if (this.on) this.leave();
    else void this.enter();
  }

  /** By the browser where it can, else over the page, as on a phone that has none for a part. */
  async enter() {
    try {
      await this.root.requestFullscreen();
    } catch {
      this.set(true);
    }
  }

  leave() {
    if (document.fullscreenElement === this.root) void document.exitFullscreen();
    else this.set(false);
  }

  /** @param {boolean} on */
  set(on) {
    if (on === this.on) return;
    const { root } = this;
    const home = root.parentElement;
    if (home) home.style.minHeight = on ? `${root.offsetHeight}px` : ""; // the page stays as long
    this.on = on;
    fill(this.button, { "aria-pressed": on });
    fill(this.icon, { d: CORNERS[on ? "leave" : "enter"] });
    this.changed();
  }

  /** Whether all is to be enlarged; on a wall it takes what is left of the window. */
  hang() {
    const { root, on } = this;
    const wall = !on && onWall(root);
    this.large = on || wall;
    root.classList.toggle("pgp-full", this.large);
    root.classList.toggle("pgp-wall", wall);
    const left = Math.max(innerHeight - topInPage(root), LEAST_ON_WALL * innerHeight);
    root.style.height = wall ? `${Math.floor(left)}px` : "";
    if (!this.large) Object.assign(this.whole.style, NATURAL);
    return this.large;
  }

  /**
   * Enlarge all; the room there is then is returned, in its own pixels.
   * @param {number} scale
   */
  enlarge(scale) {
    const { root, whole } = this;
    const [width, height] = [root.clientWidth / scale, root.clientHeight / scale];
    Object.assign(whole.style, { width: `${width}px`, height: `${height}px` });
    whole.style.transform = `scale(${scale})`;
  }

  /**
   * F and Esc, wherever on the page the focus is, but in a field; of several players the one with
   * the focus is meant, else the first.
   * @param {KeyboardEvent} event
   */
  key(event) {
    if (event.key === "Escape" && this.on) this.leave();
    if (!meansFull(event)) return;
    const players = [...document.querySelectorAll(PLAYERS)];
    const target = /** @type {Node} */ (event.target);
    const meant = players.find((player) => player.contains(target)) ?? players[0];
    if (meant === this.root) this.toggle();
  }

  /**
   * The focus does not go behind what is seen.
   * @param {EventTarget | null} target
   */
  keep(target) {
    if (this.on && !this.root.contains(/** @type {Node} */ (target))) this.root.focus();
  }

  destroy() {
    this.closing.abort();
    if (this.on) this.leave();
  }
}

/**
 * Whether the page is shown on a wall; its style says so.
 * @param {HTMLElement} node
 */
export const onWall = (node) =>
  getComputedStyle(node).getPropertyValue("--pgp-wall").trim() === "1";

/**
 * Pixels from the top of the page to a node, wherever the page is scrolled to.
 * @param {HTMLElement} node
 */
export function topInPage(node) {
  const scroller = node.closest("[data-testid=stMain]") ?? document.documentElement;
  return node.getBoundingClientRect().top + scroller.scrollTop;
}

/**
 * Whether a key asks for full screen.
 * @param {KeyboardEvent} event
 */
export function meansFull({ key, repeat, ctrlKey, metaKey, altKey, target }) {
  if (repeat || ctrlKey || metaKey || altKey || key.toLowerCase() !== "f") return false;
  const at = /** @type {HTMLElement} */ (target);
  return !at.isContentEditable && !at.closest(`${FIELDS}, [role=dialog]`);
}
