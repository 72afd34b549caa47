// Reads messages, one line of base64 each, with the player's own payload.js, and prints them as
// JSON, one line each.  JSON has no NaN and no infinities: they are written as text.

import { createInterface } from "node:readline";

import { readFan } from "../../playground/player/js/fan.js";
import { frameAt, Oracle } from "../../playground/player/js/learner.js";
import { readHeights } from "../../playground/player/js/heights.js";
import { readGround, readScene } from "../../playground/player/js/payload.js";
import { CELLS, DRAWN, Relief } from "../../playground/player/js/relief.js";

/** A fan, all of whose lanes are asked for. */
async function readLanes(bytes) {
  const fan = await readFan(bytes);
  const { id, values, endings, ticks } = fan;
  return { id, values, endings, ticks, lanes: values.map((_, index) => fan.lane(index)) };
}

/** What the network of a ground says of its own points, at every update that was sent. */
async function readAnswers(bytes) {
  const { learner } = await readGround(bytes);
  const oracle = new Oracle(learner, learner.points);
  const asked = (step) => oracle.ask(frameAt(learner, step).p).slice();
  return { ...learner, scores: Array.from(learner.steps, asked) };
}

/** What the landscape of a ground is made of. */
async function readRelief(bytes) {
  const { across, up, values, color, opacity } = await readHeights((await readGround(bytes)).png);
  const relief = new Relief({ across, up, values, color, opacity });
  const cells = Array.from({ length: CELLS * CELLS }, (_, k) =>
    Number(relief.corners(k % CELLS, Math.floor(k / CELLS)).length >= DRAWN),
  );
  return { across, up, values, opacity, nodes: relief.nodes, cells };
}

const READERS = {
  answers: readAnswers,
  fan: readLanes,
  ground: readGround,
  relief: readRelief,
  scene: readScene,
};

const plain = (_, value) => {
  if (ArrayBuffer.isView(value)) return Array.from(value);
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
};

for await (const line of createInterface({ input: process.stdin })) {
  const [kind, lead, message] = line.split(" ");
  const bytes = Buffer.from(message, "base64");
  const buffer = new Uint8Array(bytes.length + Number(lead)); // the message begins after its lead
  buffer.set(bytes, Number(lead));
  const read = await READERS[kind](buffer.subarray(Number(lead)));
  process.stdout.write(`${JSON.stringify(read, plain)}\n`);
}
