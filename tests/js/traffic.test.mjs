// What comes and goes: starts on their way to Python, grounds on theirs to the players.

import assert from "node:assert/strict";
import test, { mock } from "node:test";

import { Grounds } from "../../playground/player/js/grounds.js";
import { sameBytes } from "../../playground/player/js/bytes.js";
import { near } from "../../playground/player/js/payload.js";
import { Post } from "../../playground/player/js/post.js";
import { Serial } from "../../playground/player/js/serial.js";
import "./window.mjs";

function post() {
  mock.timers.enable({ apis: ["setTimeout"] });
  const sent = [];
  return { sent, letters: new Post((start) => sent.push(start), 4000) };
}

test.afterEach(() => mock.timers.reset());

test("of the starts of a drag one is on its way, the newest waits", () => {
  const { sent, letters } = post();
  for (const x of [1, 2, 3]) letters.drag([x, 0]);
  assert.deepEqual(sent, [[1, 0]]);
  letters.landed();
  assert.deepEqual(sent, [
    [1, 0],
    [3, 0],
  ]);
  letters.landed();
  assert.equal(sent.length, 2);
});

test("where the pointer is released always goes, and nothing after it", () => {
  const { sent, letters } = post();
  letters.drag([1, 0]);
  letters.drag([2, 0]);
  letters.drop([3, 0]);
  letters.landed();
  mock.timers.tick(10_000);
  assert.deepEqual(sent, [
    [1, 0],
    [3, 0],
  ]);
});

test("a choice that is not answered is given up: after a while, or at once by Back", () => {
  for (const end of [
    () => mock.timers.tick(4000),
    () => globalThis.dispatchEvent(new Event("popstate")),
  ]) {
    mock.timers.enable({ apis: ["setTimeout"] });
    let lost = 0;
    const letters = new Post(
      () => {},
      4000,
      () => (lost += 1),
    );
    letters.drop([1, 0]);
    assert.deepEqual(letters.expected, [1, 0]);
    end();
    assert.equal(letters.expected, null);
    assert.equal(lost, 1);
    letters.drop([2, 0]);
    letters.answers(() => true);
    mock.timers.tick(10_000);
    globalThis.dispatchEvent(new Event("popstate"));
    assert.equal(lost, 1); // an answered choice is not lost
    mock.timers.reset();
  }
});

test("a page that answers nothing does not stop a drag", () => {
  const { sent, letters } = post();
  letters.drag([1, 0]);
  letters.drag([2, 0]);
  mock.timers.tick(1000);
  assert.deepEqual(sent, [
    [1, 0],
    [2, 0],
  ]);
});

test("a scene answers the start it was asked for, once and in time", () => {
  const { letters } = post();
  const window = [0, 10, 0, 10];
  const answers = (start) => letters.answers((asked) => near(asked, start, window));
  letters.drag([1, 1]);
  assert.equal(answers([1, 1]), false); // still under the hand
  letters.drop([1, 1]);
  assert.equal(answers([2, 1]), false);
  assert.equal(answers(null), false);
  assert.equal(answers([1.05, 0.95]), true);
  assert.equal(answers([1, 1]), false);
  letters.drop([1, 1]);
  mock.timers.tick(10_000);
  assert.equal(answers([1, 1]), false);
});

test("a ground is found once it has come, and only the last few are kept", () => {
  const grounds = new Grounds(6);
  let calls = 0;
  const told = () => calls++;
  assert.equal(grounds.ask("a", told), undefined);
  grounds.keep({ id: "a" });
  assert.equal(calls, 1);
  assert.equal(grounds.ask("a", told).id, "a");
  grounds.keep({ id: "b" });
  assert.equal(calls, 1); // whoever has found its ground waits no longer
  for (const id of ["c", "d", "a", "e", "f", "g"]) grounds.keep({ id });
  const found = [..."abcdefg"].filter((id) => grounds.ask(id, told));
  assert.deepEqual(found, ["a", "c", "d", "e", "f", "g"]); // "a" came again after "b"
  grounds.forget(told);
  grounds.keep({ id: "h" });
  assert.equal(calls, 1);
});

test("bytes are the same exactly when all of them are", () => {
  const bytes = (...values) => Uint8Array.from(values);
  assert.ok(sameBytes(bytes(1, 2), bytes(1, 2)));
  for (const other of [bytes(1, 3), bytes(1), bytes(1, 2, 3), null]) {
    assert.equal(sameBytes(bytes(1, 2), other), false);
  }
});

test("work asked for meanwhile is done once more, never twice at a time", async () => {
  let [going, most, done] = [0, 0, 0];
  const serial = new Serial(async () => {
    going += 1;
    most = Math.max(most, going);
    await Promise.resolve();
    going -= 1;
    done += 1;
  });
  await Promise.all([serial.ask(), serial.ask(), serial.ask()]);
  await serial.ask();
  assert.deepEqual([most, done], [1, 3]);
  serial.stop();
  await serial.ask();
  assert.equal(done, 3);
});

test("work that fails can be asked for again", async () => {
  let tries = 0;
  const serial = new Serial(async () => {
    tries += 1;
    if (tries === 1) throw new Error("the first time");
  });
  await assert.rejects(serial.ask(), /the first time/);
  await serial.ask();
  assert.equal(tries, 2);
});

test("a hand is the same from its first choice until its last one is answered", () => {
  const HAND = Symbol.for("optimizer-playground-hand");
  mock.timers.enable({ apis: ["setTimeout"] });
  const letters = new Post(
    () => {},
    4000,
    () => {},
  );
  letters.drag([1, 0]);
  const hand = globalThis[HAND];
  assert.ok(hand);
  letters.drag([2, 0]);
  letters.drop([3, 0]);
  assert.equal(globalThis[HAND], hand);
  letters.answers(() => true); // by a picture: its address may come a little later
  assert.equal(globalThis[HAND], hand);
  mock.timers.tick(2000);
  assert.equal(globalThis[HAND], null);
  letters.drop([4, 0]);
  assert.notEqual(globalThis[HAND], hand);
  letters.close();
  mock.timers.tick(2000);
  new Post(() => {}, 4000).drop(1); // what is only told changes nothing
  assert.equal(globalThis[HAND], null);
});
