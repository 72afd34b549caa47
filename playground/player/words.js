// What the player says in words: for the legend, the border and those who listen.

/** The first chart's value of a track at a time, as text; "" when there is none. */
export function valueText(scene, index, time) {
  const [chart] = scene.charts;
  const series = chart?.series.find((item) => item.track === index && !item.dashed);
  if (!series) return "";
  const track = scene.tracks[index];
  const step = Math.floor(Math.min(time, track.last) + 1e-9) - series.first;
  if (step < 0 || step >= series.count) return "";
  return `${chart.title.toLowerCase()} ${say(series.y[step])}`;
}

/** Where the run stands, in one sentence per track. */
export function sentence(scene, time, visible) {
  const said = scene.tracks
    .map((track, index) => ({ track, index }))
    .filter(({ track, index }) => visible(index) && !track.ghost)
    .map(({ track, index }) => [track.name, valueText(scene, index, time), track.note])
    .map((parts) => parts.filter(Boolean).join(", "));
  return `Step ${Math.round(time)} of ${scene.steps}. ${said.join("; ")}.`;
}

/** Sizes in pixels: side by side in a wide place, one above the other in a narrow one. */
export function sizes(width, height, charts) {
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
