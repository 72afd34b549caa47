// What every page brings along and nobody sees: the hand that writes the address, the one that
// closes the drawer, the language, by which a screen reader speaks, and who watches the line.

import { receive } from "./address.js";
import { closeWithChoice } from "./drawer.js";
import { watch } from "./line.js";

/**
 * @typedef {object} Frame
 * @property {{ order: import("./address.js").Order | null, language: string, down: string }} data
 *   down: what is said while the line to the server is down; empty where this is not the one that
 *   asks for what was not heard
 * @property {(name: string, value: unknown) => void} setTriggerValue tells Python
 */

/**
 * The mount: nothing to see.
 * @param {Frame} component
 */
export default function mount({ data: { order, language, down }, setTriggerValue }) {
  document.documentElement.lang = language;
  receive(/** @type {any} */ (window), order);
  closeWithChoice(/** @type {any} */ (window));
  if (down) watch(/** @type {any} */ (window), { words: down, ask: setTriggerValue });
}
