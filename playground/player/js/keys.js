// What an arrow key means on a plane.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LEAP = 5; // strides, with the shift key

/**
 * The strides to the right and down that a key asks for; null if it is another key.
 * @param {KeyboardEvent} event
 */
export function arrows({ key, shiftKey, ctrlKey, metaKey, altKey }) {
  if (ctrlKey || metaKey || altKey || !(key in ARROWS)) return null;
  const way = ARROWS[/** @type {keyof typeof ARROWS} */ (key)];
  return way.map((stride) => stride * (shiftKey ? LEAP : 1));
}
