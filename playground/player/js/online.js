// The line to the server, which the page around the player watches: `playground/ui/js/line.js`.

const ONLINE = Symbol.for("optimizer-playground-line");

/** The event by which the window says that the line is up again. */
export const UP_AGAIN = "optimizer-playground-line-up";

/** @returns {{ down: boolean, tell: (name: string, act: () => void) => void } | undefined} */
const watched = () => /** @type {any} */ (globalThis)[ONLINE];

/** Whether nothing that is said arrives. */
export const lineDown = () => watched()?.down === true;

/**
 * Tell Python, at once or when the line is up.
 * @param {string} name of what is told, of which the last counts
 * @param {() => void} act
 */
export function tellOnline(name, act) {
  const line = watched();
  if (line) line.tell(name, act);
  else act();
}
