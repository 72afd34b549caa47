// The row of what can be done with the state a page is in.  A step back or forward is one in the
// browser's history, as long as it stays on the page.  What all is called comes from Python.

import { nowOrLater } from "./later.js";

/**
 * @typedef {object} Mount
 * @property {HTMLElement} parentElement
 * @property {Record<string, string>} data what is called how: the row, each button, a copied link
 * @property {(name: string, value: string) => void} setTriggerValue tells Python
 *
 * @typedef {object} Entry of the history
 * @property {string} url
 * @property {number} index
 *
 * @typedef {EventTarget & { entries: () => Entry[], currentEntry: Entry }} History the browser's
 *   own account of it, which not every browser gives
 *
 * @typedef {Record<string, HTMLButtonElement>} Buttons
 */

/** By name: the icon. */
const FACES = {
  undo: "undo",
  redo: "redo",
  reset: "restart_alt",
  copy: "link",
  link: "qr_code_2",
};
const SAID = 1500; // milliseconds for which a button says that it has worked

/** @returns {History | undefined} */
const account = () => /** @type {any} */ (window).navigation;

/**
 * Whether the step leads to the same page.
 * @param {History} steps
 * @param {number} by
 */
export function leads(steps, by) {
  const here = steps.currentEntry;
  const there = steps.entries()[here.index + by];
  return there !== undefined && new URL(there.url).pathname === new URL(here.url).pathname;
}

/**
 * @param {string} icon
 * @param {string} title
 * @param {HTMLElement} row
 */
function button(icon, title, row) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", title });
  made.setAttribute("aria-label", title);
  const face = document.createElement("span");
  face.setAttribute("aria-hidden", "true");
  face.textContent = icon;
  made.append(face);
  row.append(made);
  return made;
}

/**
 * Copies the address and says so; where a browser allows no copying, Python shows it.
 * @param {HTMLButtonElement} copier
 * @param {Mount} mount
 */
async function copy(copier, { data, setTriggerValue }) {
  const { href } = location;
  try {
    await navigator.clipboard.writeText(href);
  } catch {
    setTriggerValue("link", href);
    return;
  }
  const face = /** @type {HTMLElement} */ (copier.firstElementChild);
  face.textContent = "check";
  copier.setAttribute("aria-label", data.copied);
  setTimeout(() => {
    face.textContent = FACES.copy;
    copier.setAttribute("aria-label", data.copy);
  }, SAID);
}

/** @param {Buttons} buttons */
function able(buttons) {
  const steps = account();
  if (!steps) return;
  buttons.undo.disabled = !leads(steps, -1);
  buttons.redo.disabled = !leads(steps, 1);
  buttons.reset.disabled = location.search === "";
}

/** @param {Mount} component */
export default function mount(component) {
  const { parentElement, data } = component;
  const tell = nowOrLater(component.setTriggerValue);
  const words = JSON.stringify(data);
  const old = /** @type {HTMLElement | null} */ (parentElement.querySelector(".pgp-tools"));
  if (old?.dataset.words === words) return;
  old?.remove(); // it speaks another language
  const row = document.createElement("div");
  row.className = "pgp-tools";
  row.setAttribute("role", "toolbar");
  row.setAttribute("aria-label", data.row);
  row.dataset.words = words;
  parentElement.append(row);
  /** @type {Buttons} */
  const buttons = Object.fromEntries(
    Object.entries(FACES).map(([name, icon]) => [name, button(icon, data[name], row)]),
  );
  buttons.undo.onclick = () => window.history.back();
  buttons.redo.onclick = () => window.history.forward();
  buttons.reset.onclick = () => tell("reset", "now");
  buttons.copy.onclick = () => void copy(buttons.copy, component);
  buttons.link.onclick = () => tell("link", location.href);
  const gone = new AbortController();
  const changed = () => (row.isConnected ? able(buttons) : gone.abort());
  changed();
  account()?.addEventListener("currententrychange", changed, { signal: gone.signal });
}
