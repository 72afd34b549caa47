// The hand that writes the address: a history is never written over, whatever comes when.

import assert from "node:assert/strict";
import test from "node:test";

import { Address, stepAgain } from "../../playground/ui/js/address.js";

const NAME = Symbol.for("optimizer-playground-address");

/** A tab: its history, and a clock that is moved by hand. */
class Tab extends EventTarget {
  constructor(path) {
    super();
    this.entries = [new URL(path, "http://app.test/")];
    this.now = 0;
    this.timers = new Set();
    const write = (from) => (state, title, url) => {
      const entry = new URL(url, this.location);
      this.entries.splice(this.now + from, from ? Infinity : 1, entry);
      this.now += from;
    };
    this.history = { pushState: write(1), replaceState: write(0) };
  }

  get location() {
    return this.entries[this.now];
  }

  setTimeout(act) {
    this.timers.add(act);
    return act;
  }

  clearTimeout(act) {
    this.timers.delete(act);
  }

  wait() {
    const due = [...this.timers];
    this.timers.clear();
    for (const act of due) act();
  }

  go(by) {
    this.now += by;
    this.dispatchEvent(new Event("popstate"));
  }

  get shown() {
    return this.entries.map(({ pathname, search, hash }) => pathname + search + hash);
  }
}

const at = (page, query = "") => ({ page, query });
const NOWHERE = at("elsewhere");
let number = 0;
const order = (to, step = null, linked = false, asked = NOWHERE) => {
  number += 1;
  return { to, step, asked, linked, number, by: "the first" };
};

/** A tab that has been to these addresses. */
function visited(...places) {
  const tab = new Tab("/base/");
  const address = new Address(tab);
  for (const place of places) address.receive(order(place));
  return { tab, address };
}

test("what is set makes one entry, on a page of any other too", () => {
  const { tab, address } = visited(
    at("bowl"),
    at("bowl", "k=2"),
    at("bowl", "k=2"),
    at("nets", "n=1"),
  );
  assert.deepEqual(tab.shown, ["/base/", "/base/bowl", "/base/bowl?k=2", "/base/nets?n=1"]);
  address.receive(order(at("")));
  assert.equal(tab.shown.at(-1), "/base/");
});

test("nobody else writes", () => {
  const { tab } = visited(at("bowl"));
  tab.history.pushState({}, "", "/base/nets?k=2");
  tab.history.replaceState({}, "", "/base/nets?k=2");
  assert.deepEqual(tab.shown, ["/base/", "/base/bowl"]);
});

test("a link in other words is said again in its place, and is no entry", () => {
  const { tab, address } = visited(at("bowl", "k=2.0"));
  address.receive(order(at("bowl", "k=2"), null, true));
  assert.deepEqual(tab.shown, ["/base/", "/base/bowl?k=2"]);
  address.receive(order(at("nets", "k=2"), null, true)); // a link to another page is
  assert.equal(tab.shown.length, 3);
});

test("an order on its way when a step is taken changes nothing once the step is answered", () => {
  const { tab, address } = visited(at("bowl"), at("bowl", "k=2"), at("nets", "n=1"));
  const before = tab.shown;
  tab.go(-1);
  address.receive(order(at("nets", "n=2")));
  tab.go(-1);
  address.receive(order(at("bowl", "k=2"), at("bowl", "k=2")));
  address.receive(order(at("bowl"), at("bowl")));
  tab.wait();
  assert.deepEqual(tab.shown, before);
  assert.equal(tab.location.pathname, "/base/bowl");
});

test("where the step was never heard of, what is shown gets an entry after a while", () => {
  const { tab, address } = visited(at("bowl"), at("bowl", "k=2"));
  tab.go(-1);
  address.receive(order(at("bowl", "k=3")));
  assert.equal(tab.location.search, "");
  tab.wait();
  assert.deepEqual(tab.shown, ["/base/", "/base/bowl", "/base/bowl?k=3"]);
});

test("what is set after a step follows at once", () => {
  const { tab, address } = visited(at("bowl"), at("bowl", "k=2"));
  tab.go(-1);
  address.receive(order(at("bowl", "k=4"), at("bowl")));
  assert.deepEqual(tab.shown, ["/base/", "/base/bowl", "/base/bowl?k=4"]);
});

test("from anchor to anchor is no step", () => {
  const { tab, address } = visited(at("bowl", "k=2"));
  tab.entries.push(new URL("#law", tab.location));
  tab.go(1);
  address.receive(order(at("bowl", "k=3")));
  assert.equal(tab.shown.at(-1), "/base/bowl?k=3");
});

test("a press that took the place of a step on its way has its entry at once", () => {
  const { tab, address } = visited(at("bowl"), at("bowl", "k=2"));
  tab.go(-1);
  address.receive(order(at("bowl", "k=3"), null, false, at("bowl")));
  assert.deepEqual(tab.shown, ["/base/", "/base/bowl", "/base/bowl?k=3"]);
});

test("a server that came back knows of no step, and is believed", () => {
  const { tab, address } = visited(at("bowl"), at("bowl", "k=2"));
  tab.go(-1);
  address.receive({ ...order(at("bowl", "k=4")), by: "another", number: 1 });
  assert.equal(tab.location.search, "?k=4");
});

test("an order that is shown once more, after a later one, is none", () => {
  const { tab, address } = visited(at("bowl"));
  const [earlier, later] = [order(at("bowl", "k=2")), order(at("bowl", "k=3"))];
  for (const one of [earlier, later, earlier, later]) address.receive(one);
  assert.deepEqual(tab.shown, ["/base/", "/base/bowl", "/base/bowl?k=2", "/base/bowl?k=3"]);
});

test("a step that was taken while the line was down is taken again, and nothing is written over", () => {
  const { tab, address } = visited(at("bowl"), at("bowl", "k=2"));
  const before = tab.shown;
  const heard = [];
  tab.addEventListener("popstate", () => heard.push(tab.location.search));
  assert.equal(stepAgain({ [NAME]: address }), false); // there was none
  tab.go(-1);
  globalThis.PopStateEvent = Event;
  tab[NAME] = address;
  assert.equal(stepAgain(tab), true);
  assert.deepEqual(heard, ["", ""]);
  address.receive(order(at("bowl", "k=2"), null, false, at("bowl"))); // asked for beside the step
  assert.deepEqual(tab.shown, before);
  address.receive(order(at("bowl"), at("bowl")));
  tab.wait();
  assert.deepEqual(tab.shown, before);
  assert.equal(stepAgain(tab), false);
});

const HAND = Symbol.for("optimizer-playground-hand");

test("all that one drag brings is one step of the history", () => {
  const tab = new Tab("/page");
  const address = new Address(tab);
  tab[HAND] = {};
  for (const x of [1, 2, 3]) address.receive(order(at("page", `x=${x}`)));
  assert.deepEqual(tab.shown, ["/page", "/page?x=3"]);
  tab[HAND] = {};
  for (const x of [4, 5]) address.receive(order(at("page", `x=${x}`)));
  assert.deepEqual(tab.shown, ["/page", "/page?x=3", "/page?x=5"]);
  tab[HAND] = null;
  for (const x of [6, 7]) address.receive(order(at("page", `x=${x}`)));
  assert.deepEqual(tab.shown.slice(-2), ["/page?x=6", "/page?x=7"]);
  tab[HAND] = {};
  address.receive(order(at("page", "x=8")));
  tab.go(-1);
  address.receive(order(at("page", "x=9"), at("page", "x=7"))); // it does not write over that
  assert.deepEqual(tab.shown.slice(-2), ["/page?x=7", "/page?x=9"]);
});
