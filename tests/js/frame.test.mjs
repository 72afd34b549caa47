// What every page brings along: the page says in which language it is.

import assert from "node:assert/strict";
import test from "node:test";

import mount from "../../playground/ui/js/frame.js";

test("the page is in the language of its visitor, whether or not its address is ordered", () => {
  const document = Object.assign(new EventTarget(), { documentElement: { lang: "en" } });
  const history = { pushState() {}, replaceState() {} };
  const place = new URL("http://app.test/");
  const tab = Object.assign(new EventTarget(), { document, history, location: place });
  tab.setTimeout = tab.clearTimeout = () => 0;
  Object.assign(globalThis, { window: tab, document });
  mount({ data: { order: null, language: "de" } });
  assert.equal(document.documentElement.lang, "de");
  const to = { page: "", query: "" };
  const order = { to, step: null, asked: to, by: "me", number: 1, linked: false };
  mount({ data: { order, language: "fr" } });
  assert.equal(document.documentElement.lang, "fr");
});
