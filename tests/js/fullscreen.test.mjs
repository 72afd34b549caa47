// Which key asks for full screen, and where it is only a letter.

import assert from "node:assert/strict";
import { test } from "node:test";
import { meansFull } from "../../playground/player/js/fullscreen.js";
import { enlargement, pixelIn } from "../../playground/player/js/nodes.js";

const place = (field) => ({ isContentEditable: false, closest: () => (field ? {} : null) });

test("F means full screen, but in a field, with another key, or while it is held", () => {
  const press = { key: "f", target: place(false) };
  assert.ok(meansFull(press));
  assert.ok(meansFull({ ...press, key: "F" }));
  for (const other of [
    { key: "g" },
    { repeat: true },
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { target: place(true) },
    { target: { ...place(false), isContentEditable: true } },
  ]) {
    assert.ok(!meansFull({ ...press, ...other }));
  }
});

test("a pointer is found in the pixels of what is enlarged", () => {
  const node = {
    offsetWidth: 200,
    getBoundingClientRect: () => ({ left: 10, top: 20, width: 320, height: 160 }),
  };
  assert.equal(enlargement(node), 1.6);
  assert.deepEqual(pixelIn(node, { clientX: 170, clientY: 100 }), { x: 100, y: 50 });
  const away = { offsetWidth: 0, getBoundingClientRect: () => ({ left: 0, top: 0, width: 0 }) };
  assert.equal(enlargement(away), 1);
});
