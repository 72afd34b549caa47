// Making nodes, reading the theme, getting Plotly.  Text goes in by textContent only.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, parent) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = value;
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  parent?.append(node);
  return node;
}

export const html = (tag, attributes = {}, parent = null) =>
  fill(document.createElement(tag), attributes, parent);

export const svg = (tag, attributes = {}, parent = null) =>
  fill(document.createElementNS(SVG, tag), attributes, parent);

/** Show or hide a node; touching its style only on a change keeps frames cheap. */
export function display(node, on) {
  if (node.shown === on) return;
  node.shown = on;
  node.style.display = on ? "" : "none";
}

/** Plotly reads a little HTML in its labels; what is data must be shown as it is. */
export const plain = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Stroke patterns of Plotly's dash names, so that legend, map and charts agree. */
const DASHES = {
  solid: "",
  dot: "2 4",
  dash: "8 5",
  longdash: "14 6",
  dashdot: "8 4 2 4",
  longdashdot: "14 4 2 4",
};
export const strokeDash = (name) => DASHES[name] ?? "";

/** Streamlit's theme as it stands around `node`. */
export function readTheme(node) {
  const style = getComputedStyle(node);
  const read = (name, fallback) => style.getPropertyValue(`--st-${name}`).trim() || fallback;
  return {
    background: read("background-color", "#ffffff"),
    text: read("text-color", "#31333f"),
    primary: read("primary-color", "#ff4b4b"),
    font: read("font", "sans-serif"),
  };
}

/** `color` (#rgb, #rrggbb or rgb(...)) with an opacity. */
export function fade(color, opacity) {
  const hex = /^#(?:([\da-f])([\da-f])([\da-f])|([\da-f]{2})([\da-f]{2})([\da-f]{2}))$/i.exec(
    color,
  );
  const parts = hex
    ? hex
        .slice(1)
        .filter(Boolean)
        .map((digits) => parseInt(digits.padEnd(2, digits), 16))
    : (color.match(/[\d.]+/g) ?? [0, 0, 0]).slice(0, 3);
  return `rgba(${parts.join(",")},${opacity})`;
}

/** The dark theme is the one whose text is lighter than its background. */
export function lightness(color) {
  const [r, g, b] = fade(color, 1)
    .match(/[\d.]+/g)
    .map(Number);
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
}

/** Plotly, once Streamlit has loaded it; after `patience` milliseconds `late` is called, once. */
export async function plotly(late, patience = 12000) {
  const begun = performance.now();
  let told = false;
  while (!window.Plotly?.react) {
    if (!told && performance.now() - begun > patience) {
      told = true;
      late();
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return window.Plotly;
}
