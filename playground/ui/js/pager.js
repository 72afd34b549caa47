// The way through a row of things: where one is, back and on, by button and by key.

import { nowOrLater } from "./later.js";

/**
 * @typedef {object} Pager
 * @property {HTMLElement} parentElement
 * @property {{ label: string, place: string, back: string, on: string }} data
 *   back, on: what lies there, empty at an end
 * @property {(name: string, value: string) => void} setTriggerValue tells Python
 */

const PRESSED = ["radio", "checkbox", "range", "button"].map((type) => `:not([type=${type}])`);
const TYPED = `input${PRESSED.join("")}, textarea, select, [contenteditable=true]`;
const KEYS = new Map([
  ["p", "back"],
  ["n", "on"],
]);

/** @param {Pager} component */
export default function mount({ parentElement, data, setTriggerValue }) {
  const tell = nowOrLater(setTriggerValue);
  let row = /** @type {HTMLElement | null} */ (parentElement.querySelector(".pgp-pager"));
  if (!row) {
    row = document.createElement("nav");
    row.className = "pgp-pager";
    row.append(document.createElement("button"), document.createElement("span"));
    row.append(document.createElement("button"));
    parentElement.append(row);
  }
  row.setAttribute("aria-label", data.label);
  const [back, on] = row.querySelectorAll("button");
  const place = /** @type {HTMLElement} */ (row.querySelector("span"));
  place.textContent = data.place;
  dress(back, "‹", data.back, "P");
  dress(on, "›", data.on, "N");
  back.onclick = () => tell("go", "back");
  on.onclick = () => tell("go", "on");

  /** @param {KeyboardEvent} event */
  const press = (event) => {
    const way = KEYS.get(event.key.toLowerCase());
    const target = /** @type {Element | null} */ (event.target);
    if (!way || event.ctrlKey || event.metaKey || event.altKey || target?.closest?.(TYPED)) return;
    (way === "on" ? on : back).click();
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}

/**
 * @param {HTMLButtonElement} button
 * @param {string} sign
 * @param {string} words
 * @param {string} key
 */
function dress(button, sign, words, key) {
  button.type = "button";
  button.textContent = sign;
  button.disabled = !words;
  button.title = words ? `${words} (${key})` : "";
  button.setAttribute("aria-label", words || sign);
  button.setAttribute("aria-keyshortcuts", key.toLowerCase());
}
