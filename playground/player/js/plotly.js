// Plotly as Streamlit brings it (component.py says why that one).

/**
 * @typedef {Record<string, any>} Trace
 * @typedef {Record<string, any>} Layout
 * @typedef {Record<string, any>} Config
 *
 * @typedef {HTMLElement & {
 *   layout: Layout,
 *   on: (event: string, act: (change: Record<string, any>) => void) => void,
 *   removeListener: (event: string, act: (change: Record<string, any>) => void) => void,
 * }} Graph an element in which Plotly has drawn
 *
 * @typedef {object} Plotly the part of the library that is used here
 * @property {(graph: HTMLElement, data: Trace[], layout: Layout, config: Config) => Promise<Graph>}
 *   react
 * @property {(graph: HTMLElement, change: Layout) => Promise<Graph>} relayout
 * @property {(graph: HTMLElement) => void} purge
 * @property {(figure: { data: Trace[], layout: Layout }, options: Config) => Promise<string>}
 *   downloadImage
 * @property {{ pencil: object, camera: object, home: object }} Icons
 *
 * @typedef {Plotly & { bare: boolean }} Drawing bare: it can draw a map, without tools
 */

import { tr } from "./language.js";

/** What is said where it does not come. */
export const noPlotly = () =>
  tr(
    "Charts and tools are missing, because Plotly did not reach this browser. " +
      "Reload the page; if that does not help, something between you and the server blocks scripts.",
  );

let orderPlotly = () => {};

/**
 * How Python is told that Plotly is wanted.
 * @param {() => void} told
 */
export function orderPlotlyBy(told) {
  orderPlotly = told;
}

/**
 * Plotly, which is ordered if it is not there; after `patience` milliseconds `late` is called, once.
 * @param {() => void} late
 * @param {number} patience
 * @returns {Promise<Plotly>}
 */
export async function plotlyOfPage(late, patience = 12000) {
  const page = /** @type {{ Plotly?: Plotly }} */ (globalThis);
  const begun = performance.now();
  let told = false;
  if (!page.Plotly?.react) orderPlotly();
  while (!page.Plotly?.react) {
    if (!told && performance.now() - begun > patience) {
      told = true;
      late();
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return page.Plotly;
}

/**
 * Plotly reads a little HTML in its labels; what is data must be shown as it is.
 * @param {string} text
 */
export const plain = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
