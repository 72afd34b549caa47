// The row of what can be done with the state a page is in.  A step back or forward is one in the
// browser's history, as long as it stays on the page.

/**
 * @typedef {object} Mount
 * @property {HTMLElement} parentElement
 * @property {(name: string, value: string) => void} setTriggerValue tells Python
 *
 * @typedef {object} Entry of the history
 * @property {string} url
 * @property {number} index
 *
 * @typedef {EventTarget & { entries: () => Entry[], currentEntry: Entry }} History the browser's
 *   own account of it, which not every browser gives
 *
 * @typedef {Record<string, HTMLButtonElement>} Buttons
 */

/** By name: the icon and what it is called. */
const FACES = {
  undo: ["undo", "Undo"],
  redo: ["redo", "Redo"],
  reset: ["restart_alt", "Reset this page"],
  copy: ["link", "Copy the link to this state"],
  link: ["qr_code_2", "QR code of the link"],
};
const SAID = 1500; // milliseconds for which a button says that it has worked

/** @returns {History | undefined} */
const account = () => /** @type {any} */ (window).navigation;

/**
 * Whether the step leads to the same page.
 * @param {History} steps
 * @param {number} by
 */
export function leads(steps, by) {
  const here = steps.currentEntry;
  const there = steps.entries()[here.index + by];
  return there !== undefined && new URL(there.url).pathname === new URL(here.url).pathname;
}

/**
 * @param {string} name
 * @param {HTMLElement} row
 */
function button(name, row) {
  const [icon, title] = FACES[/** @type {keyof typeof FACES} */ (name)];
  const made = document.createElement("button");
  Object.assign(made, { type: "button", title });
  made.setAttribute("aria-label", title);
  const face = document.createElement("span");
  face.setAttribute("aria-hidden", "true");
  face.textContent = icon;
  made.append(face);
  row.append(made);
  return made;
}

/**
 * Copies the address and says so; where a browser allows no copying, Python shows it.
 * @param {HTMLButtonElement} copier
 * @param {Mount} mount
 */
async function copy(copier, { setTriggerValue }) {
  const { href } = location;
  try {
    await navigator.clipboard.writeText(href);
  } catch {
    setTriggerValue("link", href);
    return;
  }
  const face = /** @type {HTMLElement} */ (copier.firstElementChild);
  const [icon, title] = FACES.copy;
  face.textContent = "check";
  copier.setAttribute("aria-label", "Copied");
  setTimeout(() => {
    face.textContent = icon;
    copier.setAttribute("aria-label", title);
  }, SAID);
}

/** @param {Buttons} buttons */
function able(buttons) {
  const steps = account();
  if (!steps) return;
  buttons.undo.disabled = !leads(steps, -1);
  buttons.redo.disabled = !leads(steps, 1);
  buttons.reset.disabled = location.search === "";
}

/** @param {Mount} component */
export default function mount(component) {
  const { parentElement, setTriggerValue } = component;
  if (parentElement.querySelector(".pgp-tools")) return;
  const row = document.createElement("div");
  row.className = "pgp-tools";
  row.setAttribute("role", "toolbar");
  row.setAttribute("aria-label", "This state");
  parentElement.append(row);
  /** @type {Buttons} */
  const buttons = Object.fromEntries(Object.keys(FACES).map((name) => [name, button(name, row)]));
  buttons.undo.onclick = () => window.history.back();
  buttons.redo.onclick = () => window.history.forward();
  buttons.reset.onclick = () => setTriggerValue("reset", "now");
  buttons.copy.onclick = () => void copy(buttons.copy, component);
  buttons.link.onclick = () => setTriggerValue("link", location.href);
  const gone = new AbortController();
  const changed = () => (row.isConnected ? able(buttons) : gone.abort());
  changed();
  account()?.addEventListener("currententrychange", changed, { signal: gone.signal });
}
