// Says numbers and sets ticks with the player's own modules: one line of JSON in, one line out.

import { createInterface } from "node:readline";

import { ticks } from "../../playground/player/js/axes.js";
import { alike, say } from "../../playground/player/js/words.js";

const SAID = {
  numbers: (given) => given.map(([v, n]) => say(v, n)),
  alike: (given) => given.map((values) => alike(values)),
};
const SET = {
  ticks: (given) =>
    given.map(([low, high, log, most]) => {
      const ends = log ? [Math.log10(low), Math.log10(high)] : [low, high];
      return ticks(ends, log, most).tickvals;
    }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [kind, given] = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ ...SAID, ...SET }[kind](given))}\n`);
}
