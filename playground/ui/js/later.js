// What is pressed while the line to the server is down is told once it is up again.

/** Where `line.js` watches it. */
const LINE = Symbol.for("optimizer-playground-line");

/**
 * What tells Python, at once or later.
 * @template Value
 * @param {(name: string, value: Value) => void} tell
 * @returns {(name: string, value: Value) => void}
 */
export function nowOrLater(tell) {
  return (name, value) => {
    const line = /** @type {any} */ (globalThis)[LINE];
    const act = () => tell(name, value);
    if (line) line.tell(name, act);
    else act();
  };
}
