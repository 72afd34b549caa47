// Making nodes.  Text goes in by textContent only.

/** @typedef {Record<string, unknown>} Attributes null and undefined are left out; `text` is text */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {Element} N
 * @param {N} node
 * @param {Attributes} attributes
 * @param {Element | null} parent
 */
export function fill(node, attributes, parent = null) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = String(value);
    else if (value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  parent?.append(node);
  return node;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} attributes
 * @param {Element | null} parent
 * @returns {HTMLElementTagNameMap[K]}
 */
export function html(tag, attributes = {}, parent = null) {
  return fill(document.createElement(tag), attributes, parent);
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} attributes
 * @param {Element | null} parent
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, attributes = {}, parent = null) {
  return fill(document.createElementNS(SVG, tag), attributes, parent);
}

/**
 * Show or hide a node; touching its style only on a change keeps frames cheap.
 * @param {SVGElement & { shown?: boolean }} node
 * @param {boolean} on
 */
export function display(node, on) {
  if (node.shown === on) return;
  node.shown = on;
  node.style.display = on ? "" : "none";
}

/**
 * How many times larger than its own pixels a node is seen.
 * @param {HTMLElement} node
 */
export const enlargement = (node) => node.getBoundingClientRect().width / node.offsetWidth || 1;

/**
 * Where a pointer is in a node, in its own pixels.
 * @param {HTMLElement} node
 * @param {MouseEvent} event
 */
export function pixelIn(node, { clientX, clientY }) {
  const { left, top } = node.getBoundingClientRect();
  const scale = enlargement(node);
  return { x: (clientX - left) / scale, y: (clientY - top) / scale };
}

/**
 * The SVG `transform` that moves a node to a pixel.
 * @param {number} x
 * @param {number} y
 */
export const moved = (x, y) => `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
