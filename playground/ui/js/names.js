// Every chart has a name and a description: those its figure carries, of `figures/spoken.py`.

/**
 * @typedef {object} Spoken what `layout.meta` of a figure says
 * @property {string} name
 * @property {string} words
 *
 * @typedef {HTMLElement & {
 *   layout?: { meta?: Spoken },
 *   on?: (event: string, act: () => void) => void,
 * }} Chart a chart as plotly.js leaves it on the page
 */

const WATCH = Symbol.for("optimizer-playground-names");

/** @param {Chart} chart */
export function named(chart) {
  const meta = chart.layout?.meta;
  if (!meta?.name) return;
  const said = { role: "img", "aria-label": meta.name, "aria-description": meta.words };
  for (const [key, value] of Object.entries(said)) {
    if (chart.getAttribute(key) !== value) chart.setAttribute(key, value);
  }
}

/**
 * Names the charts of a page as they come, and again when one is drawn anew.  Whatever else
 * changes on the page between two frames is looked through once.
 * @param {Window & typeof globalThis & Record<symbol, MutationObserver>} view
 */
export function watchCharts(view) {
  if (view[WATCH]) return;
  const known = new WeakSet();
  let due = false;
  const look = () => {
    due = false;
    for (const found of view.document.querySelectorAll(".stPlotlyChart .js-plotly-plot")) {
      const chart = /** @type {Chart} */ (found);
      named(chart);
      if (known.has(chart) || !chart.on) continue;
      known.add(chart);
      chart.on("plotly_afterplot", () => named(chart));
    }
  };
  view[WATCH] = new view.MutationObserver(() => {
    if (!due) view.requestAnimationFrame(look);
    due = true;
  });
  view[WATCH].observe(view.document.body, { childList: true, subtree: true });
  look();
}
