// Typesets formulas with KaTeX, as the app's front end does: a line of JSON in, the faults out.

import { createInterface } from "node:readline";

import katex from "katex";

/** @param {string} tex */
function fault(tex) {
  try {
    katex.renderToString(tex, { throwOnError: true, strict: "ignore" });
    return null;
  } catch (error) {
    return [tex, String(error)];
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(JSON.parse(line).map(fault).filter(Boolean))}\n`);
}
