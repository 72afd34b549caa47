// A value beyond a chart is told.

import assert from "node:assert/strict";
import test from "node:test";

import { beyond } from "../../playground/player/js/offchart.js";
import { FRAME } from "./support.mjs";

test("what is above or below the frame is off the chart, what is on its edge is not", () => {
  const at = (y) => ({ y, value: 1, color: "" });
  const values = [-1e300, 0, FRAME.top, 50, FRAME.bottom, 1e5].map(at);
  const found = beyond(values, FRAME).map(({ y }) => y);
  assert.deepEqual(found, [-1e300, 0, 1e5]);
  assert.deepEqual(beyond([at(-Infinity)], FRAME).length, 1); // infinity on its way up
  assert.equal(beyond([1, 2, 3, 4, 5].map(at), FRAME).length, 3); // a few will do
});
