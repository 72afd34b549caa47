// A row of places to go to: each is pressed, none is held; the lit one is where the visitor is.

import { nowOrLater } from "./later.js";

/**
 * @typedef {object} Row
 * @property {HTMLElement} parentElement
 * @property {{ label: string, titles: Record<string, string>, lit: string | null }} data
 * @property {(name: string, value: string) => void} setTriggerValue tells Python
 */

const FADES = 48; // pixels at the edge of a row in which a chip is not seen well

/** @param {Row} component */
export default function mount({ parentElement, data, setTriggerValue }) {
  const tell = nowOrLater(setTriggerValue);
  let row = /** @type {HTMLElement | null} */ (parentElement.querySelector(".pgp-chips"));
  if (!row) {
    row = document.createElement("div");
    row.className = "pgp-chips";
    row.setAttribute("role", "group");
    parentElement.append(row);
  }
  row.setAttribute("aria-label", data.label);
  const places = Object.entries(data.titles);
  while (row.childElementCount > places.length) row.lastElementChild?.remove();
  places.forEach(([name, title], i) => {
    const old = /** @type {HTMLButtonElement | undefined} */ (row.children[i]);
    const chip = old ?? row.appendChild(document.createElement("button"));
    chip.type = "button";
    chip.textContent = title;
    chip.onclick = () => tell("go", name);
    if (name !== data.lit) chip.removeAttribute("aria-current");
    else if (!chip.hasAttribute("aria-current")) {
      chip.setAttribute("aria-current", "true");
      show(chip, row);
    }
  });
}

/**
 * Scroll a row, and nothing else, until a chip is seen.
 * @param {HTMLElement} chip
 * @param {HTMLElement} row
 */
function show(chip, row) {
  const [one, all] = [chip.getBoundingClientRect(), row.getBoundingClientRect()];
  const hidden = Math.min(one.left - all.left, 0) || Math.max(one.right - all.right, 0);
  if (hidden) row.scrollLeft += hidden + Math.sign(hidden) * FADES;
}
