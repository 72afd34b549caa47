// A text that stays in this browser, and nowhere else, until the visitor comes again.

/**
 * @typedef {object} Keepsake
 * @property {HTMLElement} parentElement
 * @property {{ name: string, text: string, between: string, within: string }} data
 *   text: entries, set apart by `between`; each begins with its key, up to `within`
 * @property {(name: string, value: string) => void} setTriggerValue tells Python
 */

const began = new WeakMap(); // element → the text it began with

/** @param {Keepsake} component */
export default function mount({ parentElement, data, setTriggerValue }) {
  if (!began.has(parentElement)) {
    began.set(parentElement, data.text);
    const kept = data.text ? null : read(data.name);
    if (kept) setTriggerValue("found", kept); // a link that says something counts for more
  } else if (data.text && data.text !== began.get(parentElement)) add(data);
}

/** @param {string} name */
function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // a browser that keeps nothing
  }
}

/**
 * Keep what is new beside what was kept: a tab, a step back or a reset takes nothing away.
 * @param {Keepsake["data"]} data
 */
function add({ name, text, between, within }) {
  const entries = [read(name) ?? "", text].flatMap((all) => all.split(between)).filter(Boolean);
  const kept = new Map(entries.map((entry) => [entry.split(within)[0], entry]));
  try {
    localStorage.setItem(name, [...kept.values()].join(between));
  } catch {
    // it keeps nothing, or has no room: the address still says it
  }
}
