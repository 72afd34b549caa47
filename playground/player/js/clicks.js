// Listens to Plotly's own click event in the container this component shares with a native chart.

/**
 * @import { Component } from "./mount.js"
 * @import { Graph } from "./plotly.js"
 */

/** @param {Component} component */
export default function listen({ parentElement, setTriggerValue }) {
  const box = parentElement.closest("[class*='st-key-cells-']");
  if (!box) return undefined;
  /** @type {Graph | null} */
  let graph = null;
  /** @param {Record<string, any>} click */
  const report = ({ points }) => setTriggerValue("cell", points[0].pointNumber.join(","));
  const attach = () => {
    const found = /** @type {Graph | null} */ (box.querySelector(".js-plotly-plot"));
    if (!found?.on || found === graph) return;
    graph?.removeListener?.("plotly_click", report);
    graph = found;
    graph.on("plotly_click", report);
  };
  attach();
  const watcher = new MutationObserver(attach);
  watcher.observe(box, { childList: true, subtree: true });
  return () => {
    watcher.disconnect();
    graph?.removeListener?.("plotly_click", report);
  };
}
