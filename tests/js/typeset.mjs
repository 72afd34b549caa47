// Typesets formulas with KaTeX, as the app's front end does: a line of JSON in; the fault of each out,
// or the MathML that browsers and screen readers read.

import { createInterface } from "node:readline";

import katex from "katex";

/** @param {string} tex */
function typeset(tex) {
  try {
    const options = { throwOnError: true, strict: "ignore", output: "mathml" };
    return { tex, mathml: katex.renderToString(tex, options) };
  } catch (error) {
    return { tex, fault: String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(JSON.parse(line).map(typeset))}\n`);
}
