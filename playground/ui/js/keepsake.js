// A text that stays in this browser, and nowhere else, until the visitor comes again.

/**
 * @typedef {object} Keepsake
 * @property {HTMLElement} parentElement
 * @property {{ name: string, text: string }} data
 * @property {(name: string, value: string) => void} setTriggerValue tells Python
 */

const began = new WeakMap(); // element → the text it began with

/** @param {Keepsake} component */
export default function mount({ parentElement, data, setTriggerValue }) {
  if (!began.has(parentElement)) {
    began.set(parentElement, data.text);
    const kept = data.text ? null : read(data.name);
    if (kept) setTriggerValue("found", kept); // a link that says something counts for more
  } else if (data.text && data.text !== began.get(parentElement)) write(data.name, data.text);
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
 * @param {string} name
 * @param {string} text
 */
function write(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    // it keeps nothing, or has no room: the address still says it
  }
}
