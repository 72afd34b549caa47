// Where map and charts stand.

/**
 * Sizes in pixels: side by side in a wide place, one above the other in a narrow one.
 * @param {number} width
 * @param {number} height
 * @param {number} charts how many there are
 */
export function places(width, height, charts) {
  const gap = 16;
  const wide = width >= 700 && charts > 0;
  const mapWidth = wide ? Math.floor((width - gap) * 0.58) : width;
  return {
    wide,
    mapWidth,
    mapHeight: wide ? height : Math.min(height, Math.max(Math.round(width * 0.95), 260)),
    chartsWidth: wide ? width - gap - mapWidth : width,
    chartsHeight: wide ? height : 150 * charts + 36,
  };
}
