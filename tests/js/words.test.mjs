// What is said: numbers, values, sentences; and where things stand.

import assert from "node:assert/strict";
import test from "node:test";

import { MAP_MARGIN } from "../../playground/player/js/mapfigure.js";
import { equalAxes, places } from "../../playground/player/js/places.js";
import { plain } from "../../playground/player/js/plotly.js";
import { fade, lightness, strokeDash } from "../../playground/player/js/theme.js";
import { say, sentence, valueText } from "../../playground/player/js/words.js";

test("numbers are said as a reader wants them", () => {
  for (const [value, text] of [
    [0, "0"],
    [12.3456, "12.3"],
    [-0.5, "−0.5"],
    [1e-7, "10⁻⁷"],
    [123456, "123 000"],
    [-3.4e300, "−3.4·10³⁰⁰"],
    [NaN, "not a number"],
    [undefined, "not a number"],
    [Infinity, "infinity"],
    [-Infinity, "−infinity"],
  ]) {
    assert.equal(say(value), text);
  }
});

const track = (more) => ({ name: "Adam", note: "", ghost: false, last: 2, ...more });
const series = (more) => ({ track: 0, dashed: false, first: 0, count: 3, y: [7, 5, 3], ...more });
const SCENE = {
  steps: 2,
  tracks: [track(), track({ name: "SGD", note: "diverged at step 1", last: 0 })],
  charts: [
    {
      title: "Loss",
      series: [series({ dashed: true, y: [1, 1, 1] }), series(), series({ track: 1 })],
    },
    { title: "Other", series: [] },
  ],
};

test("a track's value is the measured one of the first chart, where its head stands", () => {
  assert.equal(valueText(SCENE, 0, 1.9), "loss 5");
  assert.equal(valueText(SCENE, 0, 99), "loss 3");
  assert.equal(valueText(SCENE, 1, 2), "loss 7");
  const late = { ...SCENE, charts: [{ title: "Loss", series: [series({ first: 1 })] }] };
  assert.equal(valueText(late, 0, 0), "");
  assert.equal(valueText({ ...SCENE, charts: [] }, 0, 1), "");
});

test("what has left the numbers has no value any more", () => {
  const over = { ...SCENE, tracks: [track({ last: 1, stop: 1, note: "not finite from step 2" })] };
  assert.equal(valueText(over, 0, 1.9), "loss 5");
  assert.equal(valueText(over, 0, 2), "");
});

test("the sentence names every track that is seen and is no ghost", () => {
  const text = sentence(SCENE, 2, () => true);
  assert.equal(text, "Step 2 of 2. Adam, loss 3; SGD, loss 7, diverged at step 1.");
  const ghost = { ...SCENE, tracks: [track({ ghost: true }), SCENE.tracks[1]] };
  assert.equal(
    sentence(ghost, 0, () => true),
    "Step 0 of 2. SGD, loss 7, diverged at step 1.",
  );
  assert.equal(
    sentence(SCENE, 0, (i) => i === 0),
    "Step 0 of 2. Adam, loss 7.",
  );
});

test("map and charts fit side by side or below, and a right angle is one", () => {
  for (let width = 320; width < 2000; width += 17) {
    for (const height of [100, 400, 700, 1100]) {
      for (const charts of [0, 1, 5]) {
        for (const aspect of [0.2, 0.6, 1, 1.6, 21]) {
          const box = places({ width, height, tallest: 900, charts, aspect });
          const taken = box.mapWidth + (box.wide ? box.sideWidth : 0);
          assert.ok(taken <= width && box.sideWidth > 150, `${width} ${taken}`);
          assert.ok(box.mapHeight <= Math.max(Math.min(height, 900), 240));
          if (!equalAxes(aspect)) continue;
          const { l, r, t, b } = MAP_MARGIN;
          const [across, down] = [box.mapWidth - l - r, box.mapHeight - t - b];
          assert.ok(Math.abs(across / down / aspect - 1) < 0.02, `${across} ${down}`);
        }
      }
    }
  }
});

test("colors of every way to write them fade and are light or dark", () => {
  for (const color of ["#fff", "#ffffff", "#FFFFFF", "rgb(255, 255, 255)"]) {
    assert.equal(fade(color, 0.5), "rgba(255,255,255,0.5)");
    assert.equal(lightness(color), 1);
  }
  assert.equal(fade("#0072b2", 1), "rgba(0,114,178,1)");
  assert.ok(lightness("#0e1117") < 0.5); // Streamlit's dark background
  assert.ok(lightness("#00f") < lightness("#0f0")); // green is the lighter one to the eye
});

test("names are no markup, and unknown dashes are solid", () => {
  assert.equal(plain("a < b & <i>c</i>"), "a &lt; b &amp; &lt;i>c&lt;/i>");
  assert.equal(strokeDash("no such dash"), strokeDash("solid"));
  assert.notEqual(strokeDash("dot"), strokeDash("dash"));
});
