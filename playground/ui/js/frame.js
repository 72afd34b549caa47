// What every page brings along and nobody sees: the hand that writes the address, and the one that
// closes the drawer.

import { receive } from "./address.js";
import { closeWithChoice } from "./drawer.js";

/**
 * The mount: nothing to see.
 * @param {{ data: import("./address.js").Order | null }} component
 */
export default function mount({ data }) {
  receive(/** @type {any} */ (window), data);
  closeWithChoice(/** @type {any} */ (window));
}
