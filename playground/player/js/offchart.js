// What a chart is not high enough for, in words at its edge: nobody wonders where a line has gone.

/** @import { Frame } from "./geometry.js" */

import { tr } from "./language.js";
import { svg } from "./nodes.js";
import { say } from "./words.js";

/** @typedef {{ color: string, value: number, y: number }} Value where it would be drawn */

const TOLD = 3;
const ROOMY = 270; // pixels for a title, and this

/**
 * The values that are beyond the frame, at most so many.
 * @param {Value[]} values
 * @param {Frame} frame
 */
export const beyond = (values, { top, bottom }) =>
  values.filter(({ y }) => y < top - 1 || y > bottom + 1).slice(0, TOLD);

export class OffChart {
  /**
   * @param {SVGElement} layer
   * @param {Frame} frame
   * @param {boolean} beside the title is room, where no line runs
   */
  constructor(layer, frame, beside) {
    this.frame = frame;
    const roomy = beside && frame.right - frame.left >= ROOMY;
    const y = frame.top + (roomy ? -9 : 10);
    const place = { x: frame.right - 3, y, "text-anchor": "end" };
    this.text = svg("text", { class: "pgp-inside", ...place }, layer);
    this.said = "";
  }

  /** @param {Value[]} values of all lines that are shown, at one time */
  show(values) {
    const found = beyond(values, this.frame);
    const words = found.map(({ value, color }) => ({ color, text: say(value) }));
    const said = JSON.stringify(words);
    if (said === this.said) return;
    this.said = said;
    this.text.replaceChildren();
    if (!words.length) return;
    svg("tspan", { text: `${tr("off the chart:")} ` }, this.text);
    words.forEach(({ text, color }, i) => {
      if (i) svg("tspan", { text: ", " }, this.text);
      svg("tspan", { text, fill: color, "font-weight": 600 }, this.text);
    });
  }
}
