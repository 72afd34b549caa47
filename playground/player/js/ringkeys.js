// The start by keyboard: arrows move the ring, and with it the descents.

/**
 * @import { StartPicker } from "./start.js"
 */

import { arrows } from "./keys.js";

const NUDGE = 1 / 40; // of the map, by one arrow

/** @param {number} value without the rounding of pixels, which an address would show */
const round = (value) => Number(value.toPrecision(6));

/**
 * Let a picker's ring be moved by arrows; it is chosen when the key is let go, or by Enter.
 * @param {StartPicker} picker
 */
export function byKeys(picker) {
  const { group, map } = picker;
  let moving = false;
  group.addEventListener("keydown", (event) => {
    const by = arrows(event);
    const { point, startable } = picker;
    if (!by || !map.view || !point || !startable) return;
    event.preventDefault();
    event.stopPropagation();
    const { frame, x, y } = map.view;
    const across = x.to(point[0]) + by[0] * NUDGE * (frame.right - frame.left);
    const down = y.to(point[1]) + by[1] * NUDGE * (frame.bottom - frame.top);
    moving = true;
    const there = picker.at(across, down);
    picker.choose(there && [round(there[0]), round(there[1])], "drag");
  });
  const letGo = () => {
    if (moving) picker.choose(picker.point, "drop");
    moving = false;
  };
  group.addEventListener("keyup", letGo);
  group.addEventListener("blur", letGo);
}
