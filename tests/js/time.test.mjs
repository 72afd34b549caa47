// The clock, and the playback that drives it on the browser's frames.

import assert from "node:assert/strict";
import test, { beforeEach, mock } from "node:test";

import {
  advance,
  carry,
  pause,
  play,
  reached,
  seek,
  shown,
} from "../../playground/player/js/clock.js";
import { Playback } from "../../playground/player/js/playback.js";

const CLOCK = { position: 30, steps: 100, seconds: 5, speed: 1, playing: true, loop: false };

test("a clock runs through in its seconds, at its speed", () => {
  assert.equal(advance(CLOCK, 1).position, 50);
  assert.equal(advance({ ...CLOCK, speed: 2 }, 1).position, 70);
  const paused = { ...CLOCK, playing: false };
  assert.deepEqual(advance(paused, 1), paused);
  assert.deepEqual(advance(CLOCK, 60), { ...CLOCK, position: 100, playing: false });
});

test("a loop rests at the end and begins again", () => {
  const looping = { ...CLOCK, loop: true, position: 99 };
  const rests = advance(looping, 0.5);
  assert.ok(rests.playing);
  assert.equal(shown(rests), 100);
  assert.equal(reached(rests), 100);
  assert.deepEqual(advance(looping, 1.1), { ...looping, position: 0 });
});

test("new data keeps the fraction and goes on playing", () => {
  assert.deepEqual(carry(CLOCK, 50, 3), { ...CLOCK, position: 15, steps: 50, seconds: 3 });
  assert.equal(carry({ ...CLOCK, playing: false, position: 100 }, 7, 3).position, 7);
  assert.equal(carry({ ...CLOCK, steps: 0, position: 0 }, 7, 3).position, 0);
  assert.equal(carry({ ...CLOCK, loop: true, position: 104 }, 50, 3).position, 50);
});

test("play begins again at the end", () => {
  assert.equal(play({ ...CLOCK, playing: false }).position, 30);
  assert.equal(play({ ...CLOCK, playing: false, position: 100 }).position, 0);
});

test("a pause stands on a whole step, and seeking stays inside", () => {
  const paused = { ...CLOCK, position: 30, playing: false };
  assert.deepEqual(pause({ ...CLOCK, position: 30.7 }), paused);
  assert.equal(seek(CLOCK, -5).position, 0);
  assert.equal(seek(CLOCK, 1e9).position, 100);
});

test("a step is reached although sums of rounded frames fall short of it", () => {
  const position = Array.from({ length: 80 }).reduce((sum) => sum + 0.1, 0);
  assert.ok(position < 8);
  assert.equal(reached({ ...CLOCK, position }), 8);
});

// -- playback: frames and timers are the test's own ------------------------------------------------

let frames = [];
let calm = false;

beforeEach(() => {
  frames = [];
  calm = false;
  mock.timers.enable({ apis: ["setTimeout"] });
  Object.assign(globalThis, {
    requestAnimationFrame: (frame) => frames.push(frame),
    cancelAnimationFrame: () => (frames = []),
    matchMedia: () => ({ matches: calm }),
  });
});

test.afterEach(() => mock.timers.reset());

/** Let frames come for a while, the first of which only tells what time it is. */
function pass(milliseconds, from = 0) {
  for (let now = from; now <= from + milliseconds; now += 50) {
    for (const frame of frames.splice(0)) frame(now);
  }
}

function playback(scene = { steps: 100, seconds: 5, autoplay: true }) {
  const heard = { paints: 0, rests: 0 };
  const player = new Playback({ paint: () => heard.paints++, rested: () => heard.rests++ });
  player.adopt(scene);
  return { player, heard };
}

test("the first scene begins to play, the next ones keep place and state", () => {
  const { player } = playback();
  assert.ok(player.clock.playing);
  player.run();
  pass(1000);
  assert.ok(Math.abs(player.time - 20) < 1e-9);
  player.adopt({ steps: 50, seconds: 5, autoplay: true });
  assert.ok(Math.abs(player.time - 10) < 1e-9);
  assert.ok(player.clock.playing);
});

test("it stands at the end if it shall not play, or the visitor wants no motion", () => {
  assert.equal(playback({ steps: 9, seconds: 1, autoplay: false }).player.time, 9);
  calm = true;
  const { player } = playback({ steps: 9, seconds: 1, autoplay: true });
  assert.deepEqual([player.time, player.clock.playing], [9, false]);
});

test("a second run asks for no second frame", () => {
  const { player } = playback();
  player.run();
  player.run();
  assert.equal(frames.length, 1);
});

test("time that nobody saw pass does not pass", () => {
  const { player } = playback();
  player.run();
  pass(100);
  player.see(false);
  pass(1000, 100);
  assert.ok(Math.abs(player.time - 2) < 1e-9);
  player.see(true);
  for (const now of [60_000, 60_050]) for (const frame of frames.splice(0)) frame(now);
  assert.ok(player.time <= 2 + 20 * 0.15 + 1e-9); // a frame counts for a tenth of a second at most
});

test("it rests once it has stood still, and not while a scrubber passes by", () => {
  const { player, heard } = playback();
  for (const step of [3, 4, 5]) {
    player.seek(step);
    mock.timers.tick(100);
  }
  assert.deepEqual([heard.paints, heard.rests], [3, 0]);
  mock.timers.tick(100);
  assert.equal(heard.rests, 1);
  player.toggle();
  player.toggle();
  player.toggle();
  mock.timers.tick(1000);
  assert.equal(heard.rests, 1); // it plays
});

test("the end of a run is a rest", () => {
  const { player, heard } = playback({ steps: 4, seconds: 1, autoplay: true });
  player.run();
  pass(1500);
  assert.deepEqual([player.time, player.clock.playing, frames.length], [4, false, 0]);
  mock.timers.tick(200);
  assert.equal(heard.rests, 1);
});

test("single steps go to whole steps, and stay inside the run", () => {
  const { player } = playback();
  player.clock = { ...player.clock, position: 7.4 };
  player.step(1);
  assert.equal(player.time, 8);
  player.clock = { ...player.clock, position: 7.4 };
  player.step(-1);
  assert.equal(player.time, 7);
  player.seek(0);
  player.step(-1);
  assert.equal(player.time, 0);
});

test("a loop that is switched on while it stands begins to play", () => {
  const { player } = playback({ steps: 4, seconds: 1, autoplay: false });
  player.toggleLoop();
  assert.deepEqual([player.clock.playing, player.time], [true, 0]);
  player.toggleLoop();
  assert.deepEqual([player.clock.playing, player.clock.loop], [true, false]);
});

test("after a stop nothing comes any more", () => {
  const { player, heard } = playback();
  player.run();
  player.seek(3);
  player.stop();
  mock.timers.tick(1000);
  assert.deepEqual([frames.length, heard.rests], [0, 0]);
});

/** A key pressed on an element that `matches` some selectors. */
const press = (key, { inside = [], ...more } = {}) => ({
  key,
  target: { closest: (selector) => selector.split(", ").find((one) => inside.includes(one)) },
  ...more,
});

test("keys are obeyed where they are not meant for something else", () => {
  const { player } = playback({ steps: 9, seconds: 1, autoplay: false });
  const steps = { Home: 0, ArrowRight: 1, ArrowLeft: 0, End: 9 };
  for (const [key, step] of Object.entries(steps)) {
    assert.ok(player.key(press(key)));
    assert.equal(player.time, step);
  }
  for (const other of [
    press("x"),
    press("Home", { ctrlKey: true }),
    press("Home", { inside: ["select"] }),
    press(" ", { inside: ["button"] }),
    press("Enter", { inside: [".pgp-threshold"] }),
  ]) {
    assert.equal(player.key(other), false);
  }
  assert.equal(player.time, 9);
  assert.ok(player.key(press("Home", { inside: ["button"] }))); // a button has no use for it
});

test("an answer that comes after a hand on the clock does not start it", () => {
  const { player } = playback({ steps: 10, seconds: 1, autoplay: false });
  player.release(); // the start was dragged
  player.seek(0); // and the clock scrubbed, before the answer
  player.launch();
  assert.ok(!player.clock.playing);
  player.release();
  player.launch();
  assert.ok(player.clock.playing);
});
