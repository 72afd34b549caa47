// Colours and strokes: Streamlit's theme, and what is made of it.

/** @typedef {{ background: string, text: string, font: string }} Theme */

/**
 * Streamlit's theme as it stands around `node`.
 * @param {Element} node
 * @returns {Theme}
 */
export function readTheme(node) {
  const style = getComputedStyle(node);
  /** @type {(name: string, fallback: string) => string} */
  const read = (name, fallback) => style.getPropertyValue(`--st-${name}`).trim() || fallback;
  return {
    background: read("background-color", "#ffffff"),
    text: read("text-color", "#31333f"),
    font: read("font", "sans-serif"),
  };
}

/**
 * Red, green and blue of a color written #rgb, #rrggbb or rgb(...).
 * @param {string} color
 */
export function channels(color) {
  const hex = /^#(?:([\da-f])([\da-f])([\da-f])|([\da-f]{2})([\da-f]{2})([\da-f]{2}))$/i.exec(
    color,
  );
  if (hex) {
    const digits = hex.slice(1).filter(Boolean);
    return digits.map((pair) => parseInt(pair.padEnd(2, pair), 16));
  }
  return (color.match(/[\d.]+/g) ?? ["0", "0", "0"]).slice(0, 3).map(Number);
}

/**
 * `color` with an opacity.
 * @param {string} color
 * @param {number} opacity
 */
export function fade(color, opacity) {
  return `rgba(${channels(color).join(",")},${opacity})`;
}

/**
 * How light a color looks: its luma (ITU-R BT.601), 0 for black and 1 for white.
 * @param {string} color
 */
export function lightness(color) {
  const [r, g, b] = channels(color);
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
}

/**
 * Stroke patterns of Plotly's dash names, so that legend, map and charts agree.
 * @type {Record<string, string>}
 */
const DASHES = {
  solid: "",
  dot: "2 4",
  dash: "8 5",
  longdash: "14 6",
  dashdot: "8 4 2 4",
  longdashdot: "14 4 2 4",
};

/** @param {string} name */
export const strokeDash = (name) => DASHES[name] ?? "";
