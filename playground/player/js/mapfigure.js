// What Plotly draws of the map: picture, level lines, critical points and axes of a ground.

/**
 * @import { Ground, Track } from "./payload.js"
 * @import { Layout, Trace } from "./plotly.js"
 * @import { Theme } from "./theme.js"
 */

import { plain } from "./plotly.js";
import { fade } from "./theme.js";

const NAME_SIZE = 12; // pixels of the letters,
const SMALLEST_NAME = 9; // where there is no room,
const WIDE_LETTER = 0.48; // so wide for one high

export const MAP_MARGIN = { l: 46, r: 8, t: 8, b: 44 };

/** @type {Record<string, string>} */
const MARK_SYMBOLS = {
  minimum: "star",
  maximum: "triangle-up-open",
  saddle: "x-thin-open",
  degenerate: "circle-open-dot",
};

/**
 * @param {Ground} ground
 * @param {number[]} view the part of its window that is shown
 * @param {Theme} theme
 * @param {number} width
 * @param {number} height
 * @param {string | false} tool the drag mode that is on
 * @returns {Layout}
 */
export function mapLayout(ground, view, theme, width, height, tool) {
  const [x0, x1, y0, y1] = ground.window;
  return {
    width,
    height,
    margin: MAP_MARGIN,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: theme.font, size: NAME_SIZE, color: fade(theme.text, 0.8) },
    showlegend: false,
    hovermode: false,
    dragmode: tool,
    modebar: {
      bgcolor: fade(theme.background, 0.7),
      color: fade(theme.text, 0.6),
      activecolor: theme.text,
    },
    xaxis: mapAxis(view.slice(0, 2), ground.labels[0], theme, width - MAP_MARGIN.l - MAP_MARGIN.r),
    yaxis: mapAxis(view.slice(2), ground.labels[1], theme, height - MAP_MARGIN.t - MAP_MARGIN.b),
    images: [
      {
        source: ground.picture,
        xref: "x",
        yref: "y",
        x: x0,
        y: y1,
        sizex: x1 - x0,
        sizey: y1 - y0,
        sizing: "stretch",
        layer: "below",
      },
    ],
  };
}

/**
 * The size of the letters with which a name is as long as its axis at most.
 * @param {string} name
 * @param {number} room
 */
const sizeOfName = (name, room) =>
  Math.max(Math.min(NAME_SIZE, Math.floor(room / (WIDE_LETTER * name.length))), SMALLEST_NAME);

/**
 * @param {number[]} range
 * @param {string} title
 * @param {Theme} theme
 * @param {number} room pixels of the axis, for its name
 */
const mapAxis = (range, title, theme, room) => ({
  ticklabeloverflow: "allow",
  range,
  title: { text: plain(title), standoff: 8, font: { size: sizeOfName(title, room) } },
  showgrid: false,
  zeroline: false,
  ticks: "outside",
  ticklen: 4,
  tickcolor: fade(theme.text, 0.25),
  nticks: 6,
  exponentformat: "power",
  minexponent: 5,
  fixedrange: false,
});

/**
 * @param {Ground} ground
 * @param {Theme} theme
 * @returns {Trace[]}
 */
export function mapTraces({ levels, marks }, theme) {
  return [
    {
      type: "scatter",
      mode: "lines",
      ...levels,
      line: { color: fade(theme.text, 0.22), width: 0.8 },
      hoverinfo: "skip",
    },
    {
      type: "scatter",
      mode: "markers",
      x: marks.map((mark) => mark[0]),
      y: marks.map((mark) => mark[1]),
      marker: {
        symbol: marks.map((mark) => MARK_SYMBOLS[mark[2]] ?? "circle-open"),
        size: marks.map((mark) => (mark[2] === "minimum" ? 12 : 9)),
        color: fade(theme.text, 0.75),
        line: { color: fade(theme.text, 0.75), width: 1.5 },
      },
      hoverinfo: "skip",
    },
  ];
}

/**
 * The paths for the map's picture: descents as far as they are shown, ghosts in full.
 * @param {Track[]} tracks
 * @param {number} time
 * @returns {Trace[]}
 */
export function pathTraces(tracks, time) {
  return tracks.map(({ name, color, dash, ghost, path, last }) => {
    const end = ghost ? last : Math.min(Math.floor(time), last);
    /** @param {0 | 1} axis */
    const pick = (axis) => Array.from({ length: end + 1 }, (_, k) => path[2 * k + axis]);
    return {
      type: "scatter",
      mode: "lines",
      name: plain(name),
      x: pick(0),
      y: pick(1),
      opacity: ghost ? 0.5 : 1,
      line: { color, width: ghost ? 1.2 : 2.4, dash },
      showlegend: true,
    };
  });
}
