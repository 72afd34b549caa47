// What every page brings along and nobody sees: the hand that writes the address, the one that
// closes the drawer, and the language, by which a screen reader speaks.

import { receive } from "./address.js";
import { closeWithChoice } from "./drawer.js";

/**
 * The mount: nothing to see.
 * @param {{ data: { order: import("./address.js").Order | null, language: string } }} component
 */
export default function mount({ data: { order, language } }) {
  document.documentElement.lang = language;
  receive(/** @type {any} */ (window), order);
  closeWithChoice(/** @type {any} */ (window));
}
