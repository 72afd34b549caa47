// The runners: the layer of SVG on top of the map that holds what moves.

/**
 * @import { Taken } from "./border.js"
 * @import { Seen } from "./flatview.js"
 * @import { Track } from "./payload.js"
 * @import { Layers } from "./runner.js"
 */

import { svg } from "./nodes.js";
import { Ghost, Runner } from "./runner.js";
import { Spread } from "./spread.js";

export class Runners {
  /**
   * @param {SVGElement} layer
   * @param {string} clipId of the clip path that is the frame
   * @param {(index: number, time: number) => string} value the text of a track's value
   */
  constructor(layer, clipId, value) {
    this.value = value;
    const cut = { "clip-path": `url(#${clipId})` };
    this.spread = new Spread(svg("g", cut, layer));
    /** @type {Layers} */
    this.layers = {
      ghosts: svg("g", cut, layer),
      trails: svg("g", cut, layer),
      vectors: svg("g", cut, layer),
      heads: svg("g", {}, layer),
      borders: svg("g", {}, layer),
    };
    /** @type {(Runner | Ghost)[]} */
    this.items = [];
    /** @type {Ghost | null} */
    this.before = null; // the path from before a knob was turned
    /** @type {(index: number) => boolean} */
    this.visible = () => true;
    /** @type {Seen | null} */
    this.view = null;
    /** @type {number | null} */
    this.time = null;
    /** @type {number | null} */
    this.lit = null; // which stands out
  }

  /**
   * The tracks to show; `visible(index)` says which.
   * @param {Track[]} tracks
   * @param {(index: number) => boolean} visible
   */
  load(tracks, visible) {
    this.visible = visible;
    for (const group of Object.values(this.layers)) group.replaceChildren();
    const left = this.before?.track;
    if (left) this.leave(this.explains(left, tracks) ? left : null);
    this.items = tracks.map((track, index) =>
      track.ghost
        ? new Ghost(this.layers, track)
        : new Runner(this.layers, track, (time) => this.value(index, time)),
    );
    this.highlight(this.lit);
    if (this.view) this.trace(this.view);
  }

  /**
   * Leave a path behind as a pale ghost, in the place of the one that was left last; null: none.
   * @param {Track | null} track
   */
  leave(track) {
    this.before?.line.remove();
    this.before = track && new Ghost(this.layers, track);
    this.layers.ghosts.closest(".pgp")?.classList.toggle("pgp-turned", track !== null);
    if (this.view) this.before?.trace(this.view);
  }

  /**
   * Whether a path that was left behind is still what one knob alone has made another one.
   * @param {Track} left
   * @param {Track[]} tracks
   */
  explains(left, tracks) {
    const others = this.items.filter(({ track }) => track.slot && track.slot !== left.slot);
    /** @param {Track} track */
    const goesAsBefore = (track) => {
      const now = tracks.find(({ slot }) => slot === track.slot);
      return now ? sameWay(now, track) : null;
    };
    return (
      goesAsBefore(left) === false && others.every(({ track }) => goesAsBefore(track) !== false)
    );
  }

  /**
   * One runner is another descent for the time being.
   * @param {number} index
   * @param {Track} track
   */
  become(index, track) {
    const item = this.items[index];
    if (item instanceof Runner) item.become(track);
  }

  /**
   * What depends on geometry and data but not on time.
   * @param {Seen} view
   */
  trace(view) {
    this.view = view;
    for (const item of this.items) item.trace(view);
    this.before?.trace(view);
    this.spread.trace(view);
    if (this.time !== null) this.show(this.time);
  }

  /**
   * Move everything to the time `t`.
   * @param {number} t
   */
  show(t) {
    this.time = t;
    if (!this.view) return;
    /** @type {Taken[]} */
    const labels = [];
    this.items.forEach((item, index) => {
      const on = this.visible(index);
      item.nodes.turn(on);
      if (on) item.show(t, labels);
    });
  }

  /** The tracks that are not hidden. */
  shownTracks() {
    return this.items.filter((_, index) => this.visible(index)).map((item) => item.track);
  }

  /**
   * One track (or none) stands out, also of those that are loaded next.
   * @param {number | null} index
   */
  highlight(index) {
    this.lit = index;
    const alone = index !== null && this.items[index];
    for (const item of this.items) item.nodes.dim(Boolean(alone) && item !== alone);
  }
}

/** @type {(a: Track, b: Track) => boolean} */
const sameWay = (a, b) =>
  a.path.length === b.path.length && a.path.every((value, i) => Object.is(value, b.path[i]));
