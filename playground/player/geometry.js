// Pure geometry in pixels: scales, lines cut by the frame, where a path leaves it.
// A frame is { left, top, right, bottom }; points are interleaved: x0, y0, x1, y1, ...

/** A linear axis: `to` pixels and back `from` them; `length` is negative for an upward axis. */
export function scale([low, high], offset, length) {
  return {
    to: (value) => offset + ((value - low) / (high - low)) * length,
    from: (pixel) => low + ((pixel - offset) / length) * (high - low),
  };
}

export function inside(x, y, frame) {
  return x >= frame.left && x <= frame.right && y >= frame.top && y <= frame.bottom;
}

/** The part [t0, t1] of the segment a -> b inside the frame (Liang-Barsky), or null. */
export function clip(ax, ay, bx, by, frame) {
  let from = 0;
  let to = 1;
  const edges = [
    [ax - bx, ax - frame.left],
    [bx - ax, frame.right - ax],
    [ay - by, ay - frame.top],
    [by - ay, frame.bottom - ay],
  ];
  for (const [along, room] of edges) {
    if (along === 0 && room < 0) return null;
    if (along < 0) from = Math.max(from, room / along);
    if (along > 0) to = Math.min(to, room / along);
  }
  return from <= to ? [from, to] : null;
}

const at = (a, b, t) => (t === 0 ? a : t === 1 ? b : a + t * (b - a));
const spot = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/**
 * An SVG path of all steps up to `last`, cut by the frame, of which every beginning can be shown:
 * the path up to step k is `text.slice(0, ends[k])`.  `joined[k]` says whether the next piece can
 * go on from point k without lifting the pen (lifting restarts a dash pattern).
 */
export function trail(points, last, frame) {
  let text = "";
  let down = false;
  const ends = new Int32Array(last + 1);
  const joined = new Uint8Array(last + 1);
  for (let k = 0; k < last; k++) {
    const [ax, ay, bx, by] = points.subarray(2 * k, 2 * k + 4);
    const span = clip(ax, ay, bx, by, frame);
    if (span) {
      const [from, to] = span;
      if (!down || from > 0) text += `M${spot(at(ax, bx, from), at(ay, by, from))}`;
      text += `L${spot(at(ax, bx, to), at(ay, by, to))}`;
    }
    down = span !== null && span[1] === 1;
    ends[k + 1] = text.length;
    joined[k + 1] = down ? 1 : 0;
  }
  return { text, ends, joined };
}

/** The beginning of a trail up to the time `t` (a fractional step). */
export function trailUntil({ text, ends, joined }, points, t, frame) {
  const k = Math.min(Math.floor(t), ends.length - 1);
  const whole = text.slice(0, ends[k]);
  if (t === k || k === ends.length - 1) return whole;
  const [ax, ay, bx, by] = points.subarray(2 * k, 2 * k + 4);
  const span = clip(ax, ay, bx, by, frame);
  if (!span || t - k <= span[0]) return whole;
  const to = Math.min(span[1], t - k);
  const end = `L${spot(at(ax, bx, to), at(ay, by, to))}`;
  if (joined[k] && span[0] === 0) return whole + end;
  return `${whole}M${spot(at(ax, bx, span[0]), at(ay, by, span[0]))}${end}`;
}

/** A dot at every step as one path of zero-length strokes, to be sliced like a trail. */
export function dots(points, last, frame) {
  let text = "";
  const ends = new Int32Array(last + 1);
  let count = 0;
  for (let k = 0; k <= last; k++) {
    if (inside(points[2 * k], points[2 * k + 1], frame)) {
      text += `M${spot(points[2 * k], points[2 * k + 1])}h0`;
      count++;
    }
    ends[k] = text.length;
  }
  return { text, ends, count };
}

/** Position on a path at the time `t`. */
export function headAt(points, last, t) {
  const time = Math.min(t, last);
  const k = Math.min(Math.floor(time), Math.max(last - 1, 0));
  if (last === 0) return [points[0], points[1]];
  return [
    at(points[2 * k], points[2 * k + 2], time - k),
    at(points[2 * k + 1], points[2 * k + 3], time - k),
  ];
}

/**
 * For every step the segment through which the path left the frame for the time being:
 * -1 while it is inside, -2 while it was never inside.
 */
export function exits(points, last, frame) {
  const left = new Int32Array(last + 1);
  let segment = -2;
  for (let k = 0; k <= last; k++) {
    if (k > 0) {
      const span = clip(...points.subarray(2 * k - 2, 2 * k + 2), frame);
      if (span && span[1] < 1) segment = k - 1;
    }
    if (inside(points[2 * k], points[2 * k + 1], frame)) segment = -1;
    left[k] = segment;
  }
  return left;
}

/** Where the segment a -> b crosses the border on its way out, and its direction there. */
export function crossing(ax, ay, bx, by, frame) {
  const span = clip(ax, ay, bx, by, frame);
  const to = span ? span[1] : 0;
  return { x: at(ax, bx, to), y: at(ay, by, to), angle: Math.atan2(by - ay, bx - ax) };
}

/** The corners of an arrow from a to b with a head of `size` pixels; "" when it has no length. */
export function arrow(ax, ay, bx, by, size = 7) {
  const length = Math.hypot(bx - ax, by - ay);
  if (!(length > 0.5) || !Number.isFinite(length)) return "";
  const far = Math.min(1, 4000 / length);
  const [ex, ey] = [ax + (bx - ax) * far, ay + (by - ay) * far];
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
  const head = Math.min(size, 0.6 * length);
  const wing = (sign) =>
    spot(ex - head * (ux + sign * 0.5 * uy), ey - head * (uy - sign * 0.5 * ux));
  return `M${spot(ax, ay)}L${spot(ex, ey)}M${wing(1)}L${spot(ex, ey)}L${wing(-1)}`;
}

/**
 * The range of a chart's axis (of the logarithms on a log axis), with a margin.  A series that runs
 * away (`calm` false) shows where it starts to leave: it may stretch the others' range by half a
 * range (two decades on a log axis), its line leaves through the top.
 */
export function chartRange(lines, thresholds, log) {
  const seen = (values) => {
    let low = Infinity;
    let high = -Infinity;
    for (const raw of values) {
      const value = log ? (raw > 0 ? Math.log10(raw) : NaN) : raw;
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return [low, high];
  };
  const join = (spans) => [
    Math.min(...spans.map((span) => span[0])),
    Math.max(...spans.map((span) => span[1])),
  ];
  const calm = [seen(thresholds), ...lines.filter((line) => line.calm).map((line) => seen(line.y))];
  const wild = lines.filter((line) => !line.calm).map((line) => line.y);
  let [low, high] = join([...calm, ...wild.map((y) => seen([y[0]])), [Infinity, -Infinity]]);
  const [wildLow, wildHigh] = join([...wild.map(seen), [Infinity, -Infinity]]);
  const spare = log ? 2 : 0.5 * (high - low || Math.abs(high) || 1);
  if (wildHigh > high) high = Math.min(wildHigh, high + spare);
  if (wildLow < low) low = Math.max(wildLow, low - spare);
  if (!(low <= high)) return [0, 1];
  const margin = 0.06 * (high - low) || (log ? 0.5 : 0.5 * Math.abs(high) || 0.5);
  return [low - margin, high + margin];
}
