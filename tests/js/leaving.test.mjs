// What a page says while a step in the history has led away from it.

import assert from "node:assert/strict";
import test from "node:test";

const account = new EventTarget();
globalThis.navigation = account;
globalThis.location = new URL("http://app.test/trajectories?a=Adam");
const { heardHere, whenGone } = await import("../../playground/player/js/leaving.js");

/** The browser goes to another entry of its history, or writes a new one. */
function go(path, navigationType) {
  const from = { url: location.href };
  globalThis.location = new URL(path, location);
  account.dispatchEvent(Object.assign(new Event("currententrychange"), { navigationType, from }));
}

/** A component, and what Python hears of it. */
function component() {
  const said = [];
  const say = (name, value) => said.push(`${name} ${value}`);
  return { said, ...heardHere({ setStateValue: say, setTriggerValue: say, data: "bytes" }) };
}

test("a page that was left by a step in the history says nothing until it is come back to", () => {
  const { said, data, setStateValue, setTriggerValue } = component();
  assert.equal(data, "bytes");
  setTriggerValue("ask", 1);
  go("/trajectories?a=SGD", "push");
  go("/trajectories?a=Adam", "traverse"); // undone, on the same page
  setStateValue("start", 2);
  go("/maps", "traverse");
  setTriggerValue("ask", 3);
  setStateValue("start", 3);
  go("/trajectories", "traverse");
  setTriggerValue("ask", 4);
  assert.deepEqual(said, ["ask 1", "start 2", "ask 4"]);
});

test("a page that a link led to is heard, and after it the one that a step leads to", () => {
  const before = component();
  go("/maps", "push");
  before.setTriggerValue("link", 0); // its own address may be written after it has come
  const { said, setTriggerValue } = component();
  setTriggerValue("cell", 1);
  go("/trajectories", "traverse");
  setTriggerValue("cell", 2);
  component().setTriggerValue("ask", 3);
  assert.deepEqual(said, ["cell 1"]);
  assert.deepEqual(before.said, ["link 0"]);
});

test("a call that a newer one overtook does not take down what that one shows", () => {
  const element = { isConnected: true };
  let destroyed = 0;
  const gone = whenGone(element, () => (destroyed += 1));
  gone();
  assert.equal(destroyed, 0);
  element.isConnected = false;
  gone();
  assert.equal(destroyed, 1);
});
