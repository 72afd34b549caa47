// All positions of a knob at once: every descent of its fan, pale, in the colour of its ending.

/**
 * @import { Fan } from "./fan.js"
 * @import { Seen } from "./flatview.js"
 */

import { asTrack } from "./fan.js";
import { svg } from "./nodes.js";

export class Spread {
  /** @param {SVGElement} layer below the runners */
  constructor(layer) {
    this.layer = layer;
    /** @type {Fan | null} */
    this.fan = null;
    /** @type {Seen | null} */
    this.view = null;
  }

  /**
   * Show the descents of a fan, or none.
   * @param {Fan | null} fan
   */
  show(fan) {
    if (fan === this.fan) return;
    this.fan = fan;
    this.draw();
  }

  /** @param {Seen} view */
  trace(view) {
    if (view === this.view) return;
    this.view = view;
    this.draw();
  }

  draw() {
    const { fan, view, layer } = this;
    layer.replaceChildren();
    if (!fan || !view) return;
    const last = fan.values.length - 1;
    fan.values.forEach((_, i) => {
      const lane = fan.lane(last - i); // those of small values lie above
      const track = asTrack(lane, "", lane.ending.colour);
      track.last = Math.min(track.last, stays(lane.path, fan.header.window));
      const way = view.way(track);
      const d = way.whole(track.last) || way.trail.text;
      svg("path", { class: "pgp-lane", stroke: track.color, d }, layer);
    });
  }
}

/**
 * The first step outside a window: what comes back from there again and again hides all else.
 * @param {Float64Array} path
 * @param {[number, number, number, number]} window
 */
function stays(path, [x0, x1, y0, y1]) {
  for (let k = 0; 2 * k < path.length; k++) {
    const [x, y] = [path[2 * k], path[2 * k + 1]];
    if (x < x0 || x > x1 || y < y0 || y > y1) return k;
  }
  return Infinity;
}
