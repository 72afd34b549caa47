// Where values on a grid change their sign.

/**
 * Segments x0, y0, x1, y1 in cells of the grid, one after the other.
 * @param {Float64Array} values row by row
 * @param {number} columns
 */
export function zeros(values, columns) {
  const rows = values.length / columns;
  /** @type {number[]} */
  const found = [];
  for (let y = 0; y + 1 < rows; y++) {
    for (let x = 0; x + 1 < columns; x++) {
      const i = y * columns + x;
      const [a, b, c, d] = [values[i], values[i + 1], values[i + columns + 1], values[i + columns]];
      if (!Number.isFinite(a + b + c + d)) continue;
      /** @type {number[]} */
      const ends = [];
      if (a > 0 !== b > 0) ends.push(x + a / (a - b), y);
      if (b > 0 !== c > 0) ends.push(x + 1, y + b / (b - c));
      if (d > 0 !== c > 0) ends.push(x + d / (d - c), y + 1);
      if (a > 0 !== d > 0) ends.push(x, y + a / (a - d));
      found.push(...ends); // two ends, or two times two in a saddle
    }
  }
  return found;
}
