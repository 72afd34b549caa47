// What Plotly draws of the charts: rows over a shared step axis, lines and axes.

/**
 * @import { Frame } from "./geometry.js"
 * @import { Chart, Scene, Series } from "./payload.js"
 * @import { Layout, Trace } from "./plotly.js"
 * @import { Theme } from "./theme.js"
 * @typedef {(series: Series) => boolean} Shows
 */

import { chartRange, tickRoom, ticks } from "./axes.js";
import { tr } from "./language.js";
import { fade } from "./theme.js";

const CHART_MARGIN = { l: 52, r: 12, t: 0, b: 36 };
const ROW_HEAD = 28; // pixels for a row's title

/** @param {number} row */
export const yAxis = (row) => (row ? `yaxis${row + 1}` : "yaxis");

/**
 * The rows, from the top.
 * @param {number} count
 * @param {number} width
 * @param {number} height
 * @returns {Frame[]}
 */
export function rowFrames(count, width, height) {
  const { l, r, b } = CHART_MARGIN;
  const tall = (height - b) / count;
  return Array.from({ length: count }, (_, row) => ({
    left: l,
    right: width - r,
    top: row * tall + ROW_HEAD,
    bottom: (row + 1) * tall,
  }));
}

/**
 * @param {Scene} scene
 * @param {Theme} theme
 * @param {number} width
 * @param {number} height
 * @param {Shows} shows
 * @returns {Layout}
 */
export function chartsLayout(scene, theme, width, height, shows) {
  const count = scene.charts.length;
  const whole = height - CHART_MARGIN.b;
  /** @type {Layout} */
  const layout = {
    width,
    height,
    margin: CHART_MARGIN,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: theme.font, size: 11, color: fade(theme.text, 0.75) },
    showlegend: false,
    hovermode: false,
    dragmode: false,
    xaxis: {
      ...chartAxis(theme),
      range: [0, Math.max(scene.steps, 1)],
      title: { text: tr("step"), standoff: 4 },
      anchor: count > 1 ? `y${count}` : "y",
      ...ticks([0, Math.max(scene.steps, 1)], false, 6),
    },
  };
  rowFrames(count, width, height).forEach(({ top, bottom }, row) => {
    const chart = scene.charts[row];
    const range = chart.range ?? rangeOf(chart, scene, shows);
    layout[yAxis(row)] = {
      ...chartAxis(theme),
      type: chart.log ? "log" : "linear",
      range,
      domain: [1 - bottom / whole, 1 - top / whole],
      ...ticks(range, chart.log, tickRoom(bottom - top)),
    };
  });
  return layout;
}

/** @param {Theme} theme */
const chartAxis = (theme) => ({
  gridcolor: fade(theme.text, 0.08),
  zeroline: false,
  fixedrange: true,
  ticks: "",
  showline: false,
  ticklabelstandoff: 3, // or those of both axes meet in the corner
  ticklabeloverflow: "allow", // else each label is measured, at each drawing
});

/**
 * A track that stops early or leaves the numbers does not set the scale for the others.
 * @param {Chart} chart
 * @param {Scene} scene
 * @param {Shows} shows
 */
function rangeOf(chart, scene, shows) {
  const lines = chart.series.filter(shows).map((series) => {
    const track = trackOf(series, scene);
    return { y: series.y, calm: !track || (track.stop === null && track.last === track.count - 1) };
  });
  const thresholds = chart.thresholds.map((line) => line.value);
  return chartRange(lines, thresholds, chart.log);
}

/**
 * The track whose color and dash a series wears, if it belongs to one.
 * @param {Series} series
 * @param {Scene} scene
 */
export const trackOf = (series, scene) =>
  series.track === null ? undefined : scene.tracks[series.track];

/**
 * How the line of a series looks.
 * @param {Series} series
 * @param {Scene} scene
 * @param {Theme} theme
 */
export function lineOf(series, scene, theme) {
  const track = trackOf(series, scene);
  return {
    color: track?.color ?? fade(theme.text, 0.7),
    width: series.dashed ? 1.3 : 1.7,
    dash: series.dashed ? "dash" : (track?.dash ?? "solid"),
  };
}

/**
 * @param {Scene} scene
 * @param {Theme} theme
 * @param {Shows} shows
 * @returns {Trace[]}
 */
export function chartTraces(scene, theme, shows) {
  return scene.charts.flatMap((chart, row) =>
    chart.series.map((series) => ({
      type: "scatter",
      mode: series.count === 1 ? "markers" : "lines",
      x0: series.first,
      dx: 1,
      y: Array.from(series.y, (value) =>
        Number.isFinite(value) && (!chart.log || value > 0) ? value : null,
      ),
      yaxis: row ? `y${row + 1}` : "y",
      line: lineOf(series, scene, theme),
      opacity: trackOf(series, scene)?.ghost ? 0.5 : 1,
      visible: shows(series),
      hoverinfo: "skip",
    })),
  );
}
