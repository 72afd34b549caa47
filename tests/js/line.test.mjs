// The line to the server: what is said while it is down, and what is heard once it is up again.

import assert from "node:assert/strict";
import test, { mock } from "node:test";

import "./window.mjs";
import { Post } from "../../playground/player/js/post.js";
import { lineDown, tellOnline } from "../../playground/player/js/online.js";
import { nowOrLater } from "../../playground/ui/js/later.js";
import { watch } from "../../playground/ui/js/line.js";

const ADDRESS = Symbol.for("optimizer-playground-address");
const LINE = Symbol.for("optimizer-playground-line");

/** A window whose line is cut and mended by hand, and what the server hears. */
function watched(unheard = false) {
  const watchers = [];
  globalThis.MutationObserver = class {
    constructor(act) {
      this.act = act;
    }

    observe(node) {
      watchers.push([node, this.act]);
    }
  };
  globalThis.Element = Object;
  const app = { state: "CONNECTED", getAttribute: () => app.state, append() {} };
  const note = { setAttribute() {}, textContent: "" };
  const body = {};
  const document = { createElement: () => note, querySelector: () => app, body };
  const heard = [];
  const view = {
    document,
    dispatchEvent: (event) => globalThis.dispatchEvent(event),
    setTimeout,
    clearTimeout,
    [ADDRESS]: { unheard },
  };
  watch(view, { words: "Down.", ask: (name) => heard.push(name) });
  globalThis[LINE] = view[LINE];
  const tell = (node, changes) => watchers.filter(([on]) => on === node)[0][1](changes);
  const turn = (state) => {
    app.state = state;
    tell(app, []);
  };
  return { view, note, heard, turn, opens: (node) => tell(body, [{ addedNodes: [node] }]) };
}

test.beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
test.afterEach(() => {
  mock.timers.reset();
  delete globalThis[LINE];
});

test("it is said once it lasts, and no longer than it lasts", () => {
  const { note, turn } = watched();
  turn("PINGING_SERVER");
  assert.equal(note.textContent, "");
  mock.timers.tick(1000);
  assert.equal(note.textContent, "Down.");
  turn("CONNECTING");
  assert.equal(note.textContent, "Down.");
  turn("CONNECTED");
  assert.equal(note.textContent, "");
  turn("PINGING_SERVER");
  turn("CONNECTED");
  mock.timers.tick(1000);
  assert.equal(note.textContent, "");
});

test("Streamlit's own dialog about it is closed, and no other", () => {
  const { turn, opens } = watched();
  let closed = 0;
  const button = { click: () => (closed += 1) };
  const dialog = { matches: () => true, querySelector: () => button };
  opens(dialog);
  assert.equal(closed, 0);
  turn("PINGING_SERVER");
  opens(dialog);
  opens({ matches: () => false, querySelector: () => null });
  assert.equal(closed, 1);
});

test("what is pressed while it is down is told when it is up, the last of one name", () => {
  const { heard, turn } = watched();
  const tell = nowOrLater((name, value) => heard.push(`${name} ${value}`));
  tell("go", 1);
  turn("PINGING_SERVER");
  assert.ok(lineDown());
  tell("go", 2);
  tell("go", 3);
  tellOnline("cell", () => heard.push("cell"));
  assert.deepEqual(heard, ["go 1"]);
  turn("CONNECTED");
  assert.deepEqual(heard, ["go 1", "again", "go 3", "cell"]);
  turn("PINGING_SERVER");
  turn("CONNECTED");
  assert.deepEqual(heard.slice(4), ["again"]);
});

test("a choice that was not answered is sent again, and waited for as long as it is down", () => {
  const { heard, turn } = watched();
  let lost = 0;
  const letters = new Post(
    (start) => tellOnline("start", () => heard.push(start)),
    4000,
    () => (lost += 1),
  );
  letters.drop(1);
  turn("PINGING_SERVER");
  mock.timers.tick(20_000);
  assert.equal(lost, 0);
  letters.drop(2);
  turn("CONNECTED");
  assert.deepEqual(heard, [1, "again", 2]);
  letters.answers((asked) => asked === 2);
  turn("PINGING_SERVER");
  turn("CONNECTED");
  assert.deepEqual(heard.slice(3), ["again"]);
  letters.drop(3);
  mock.timers.tick(4000);
  assert.equal(lost, 1);
});
