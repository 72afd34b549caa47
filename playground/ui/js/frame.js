// What every page brings along and nobody sees: the hand that writes the address, and the one
// that names the charts.

import { receive } from "./address.js";
import { watchCharts } from "./names.js";

/**
 * The mount: nothing to see.
 * @param {{ data: import("./address.js").Order | null }} component
 */
export default function mount({ data }) {
  const view = /** @type {any} */ (window);
  watchCharts(view);
  receive(view, data);
}
