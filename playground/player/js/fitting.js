// How large the player can be in full screen: as large as all of it is seen, without scrolling.

/** @import { Stage } from "./stage.js" */

export const LARGER = [1.6, 1.5, 1.4, 1.3, 1.2, 1.1]; // the first with which all fits is taken
const AROUND_BAR = 24; // pixels of air around the bar and the foot
const MARGIN_BELOW = 6; // pixels that are left below
const TWO_ROWS = 80; // pixels of a bar
const LEAST_SIDE = 110; // pixels of what stands beside or below the map

/**
 * Pixels from the top of the stage to the end of the screen, without the bar and the foot.
 * @param {Stage} stage
 */
export function roomInFull({ box, screen, scale, foot, bar }) {
  const below = bar.box.offsetHeight + scale.offsetHeight + foot.offsetHeight + AROUND_BAR;
  return screen.whole.clientHeight - box.offsetTop - below;
}

/**
 * Whether all that is laid out is seen, and is large enough to be looked at.
 * @param {Stage} stage
 * @param {{ chartsHeight: number, panelHeight: number }} box
 */
export function fits({ foot, screen, legend, bar, side, switch: chips }, box) {
  const rows = [legend.box, bar.box, chips.box];
  return (
    foot.offsetTop + foot.offsetHeight + MARGIN_BELOW <= screen.whole.clientHeight &&
    bar.box.offsetHeight <= TWO_ROWS &&
    (side.hidden || box.chartsHeight + box.panelHeight >= LEAST_SIDE) &&
    rows.every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)
  );
}
