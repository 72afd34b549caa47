// Where map and charts stand.

/**
 * @typedef {object} Room what there is
 * @property {number} width
 * @property {number} height down to the end of the window, the bar and the foot left out
 * @property {number} tallest the page wants the map
 * @property {number} charts how many there are
 * @property {number} aspect of the plane: its width over its height
 * @property {boolean} [full] nothing may be below the window: what stands below the map is in it
 */

import { MAP_MARGIN } from "./mapfigure.js";

const GAP = 16;
const WIDE = 620; // from which on map and charts stand side by side
const SHARE = 0.66; // of the width the map may take beside the charts
const LOWEST = 228;
const LOWEST_FULL = 150; // where all is enlarged
const UNDER = 0.36; // of the height is for what stands below the map, where all must be seen,
const LEAST_UNDER = 150; // and at least so many pixels
const BAR = 420; // pixels that the bar needs beside the charts
const STACK = 8; // pixels between the bar and what stands below it
const BAR_SHARE = 0.6; // of the width, where all is enlarged,
const BAR_BESIDE = 0.5; // and else: a narrow map leaves the scrubber its length
const CHART = 170;
const PANEL_SHARE = 0.58; // of the place beside the map, where a chart stands above
const TALLEST_PANEL = 340;
const BOTH = 300; // pixels of the map beside which chart and panel have room
const HEAD_ROWS = [44, 26]; // pixels of the title of a panel, in a narrow place and in a wide one
const ONE_ROW = 300; // from which width on it is one row
const EQUAL = 2.5; // a plane that is longer or narrower than this does not fit with equal axes

/**
 * Whether a length is shown as long along one axis as along the other.
 * @param {number} aspect
 */
export const equalAxes = (aspect) => aspect <= EQUAL && aspect >= 1 / EQUAL;

/**
 * The size of a map in at most so much room, so that a right angle is one.
 * @param {number} width
 * @param {number} height
 * @param {number} aspect
 */
function mapSize(width, height, aspect) {
  const { l, r, t, b } = MAP_MARGIN;
  if (!equalAxes(aspect)) return { width, height };
  const [across, down] = [width - l - r, height - t - b];
  const scale = Math.min(across / aspect, down);
  return { width: Math.floor(scale * aspect) + l + r, height: Math.floor(scale) + t + b };
}

/**
 * Sizes in pixels: side by side in a wide place, one above the other in a narrow one.  `below` is
 * for what stands below the map, null where it takes what it needs.
 * @param {Room} room
 */
export function places({ width, height, tallest, charts, aspect, full = false }) {
  const wide = width >= WIDE && charts > 0;
  const under = full && !wide && charts > 0;
  const room = under ? Math.min(height * (1 - UNDER), height - LEAST_UNDER) : height;
  const down = Math.max(Math.min(room, tallest), full ? LOWEST_FULL : LOWEST);
  const map = mapSize(wide ? Math.floor(width * SHARE) : width, down, aspect);
  const beside = Math.floor(width * (full ? BAR_SHARE : BAR_BESIDE));
  const column = Math.max(map.width, BAR, beside); // of the bar
  return {
    wide,
    columnWidth: wide ? column : width,
    mapWidth: map.width,
    mapHeight: map.height,
    below: under ? height - map.height - STACK : null,
    sideWidth: wide ? width - GAP - column : width,
  };
}

/**
 * How chart and panel share the place beside the map, or take their own below it.
 * @param {number | null} beside pixels beside the map; null where they stand below it
 * @param {number} width
 * @param {boolean} chart there is one
 * @param {number} aspect of the plane of a panel; 0 where there is none
 */
export function shares(beside, width, chart, aspect) {
  const most = beside === null ? TALLEST_PANEL : beside * (chart ? PANEL_SHARE : 1);
  const panelHeight = aspect ? Math.floor(Math.min(most, panelHead(width) + width / aspect)) : 0;
  return { panelHeight, chartsHeight: beside === null ? CHART : beside - panelHeight };
}

/**
 * Pixels of the title of a panel.
 * @param {number} width
 */
export const panelHead = (width) => HEAD_ROWS[width < ONE_ROW ? 0 : 1];

/**
 * Whether there is room for two beside the map.
 * @param {{ wide: boolean, mapHeight: number }} box
 * @param {boolean} panel one of them may be a panel
 */
export const roomForTwo = ({ wide, mapHeight }, panel) => wide && (!panel || mapHeight >= BOTH);
