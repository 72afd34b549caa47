// Pure geometry in pixels: scales, lines cut by the frame, where a path leaves it.
// Points are interleaved: x0, y0, x1, y1, ...

/**
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Frame
 * @typedef {{ to: (value: number) => number, from: (pixel: number) => number }} Scale
 */

/**
 * A linear axis: `to` pixels and back `from` them; `length` is negative for an upward axis.
 * @param {number[]} range
 * @param {number} offset
 * @param {number} length
 * @returns {Scale}
 */
export function scale([low, high], offset, length) {
  return {
    to: (value) => offset + ((value - low) / (high - low)) * length,
    from: (pixel) => low + ((pixel - offset) / length) * (high - low),
  };
}

/**
 * @param {number} x
 * @param {number} y
 * @param {Frame} frame
 */
export function inside(x, y, frame) {
  return x >= frame.left && x <= frame.right && y >= frame.top && y <= frame.bottom;
}

/**
 * The part [t0, t1] of the segment a -> b inside the frame (Liang-Barsky), or null.
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @param {Frame} frame
 * @returns {[number, number] | null}
 */
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

const HUGE = 1e9; // pixels, beyond which a difference of two coordinates is not exact to a pixel

/** @type {(a: number, b: number, t: number) => number} */
export const at = (a, b, t) => (t === 0 ? a : t === 1 ? b : a + t * (b - a));
/** @type {(x: number, y: number) => string} */
export const spot = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/**
 * The place on a segment at the share `t` at which it crosses the border, coming from or going to
 * `far`: on the very edge, where digits of a far coordinate no longer tell one.
 * @param {number} a
 * @param {number} b
 * @param {number} t
 * @param {number} far the one of both that is on this side
 * @param {number} low
 * @param {number} high
 */
function edge(a, b, t, far, low, high) {
  const place = at(a, b, t);
  if (Math.abs(far) < HUGE && place >= low && place <= high) return place;
  return Math.min(Math.max(Math.abs(far) < HUGE ? place : far, low), high);
}

/**
 * The two ends of the part of the segment a -> b that is inside the frame, as texts.
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @param {[number, number]} span
 * @param {Frame} frame
 */
export function cut(ax, ay, bx, by, [from, to], { left, right, top, bottom }) {
  const begin = from
    ? spot(edge(ax, bx, from, ax, left, right), edge(ay, by, from, ay, top, bottom))
    : spot(ax, ay);
  const end =
    to < 1
      ? spot(edge(ax, bx, to, bx, left, right), edge(ay, by, to, by, top, bottom))
      : spot(bx, by);
  return [begin, end];
}

/**
 * Position on a path at the time `t`.
 * @param {Float64Array} points
 * @param {number} last
 * @param {number} t
 * @returns {[number, number]}
 */
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
 * For every step the segment by which the path left the frame for the time being, the one after
 * the last point inside (a step that flies across it was never there):
 * -1 while it is inside, -2 while it was never inside.
 * @param {Float64Array} points
 * @param {number} last
 * @param {Frame} frame
 */
export function exits(points, last, frame) {
  const left = new Int32Array(last + 1);
  let segment = -2;
  for (let k = 0; k <= last; k++) {
    if (inside(points[2 * k], points[2 * k + 1], frame)) segment = -1;
    else if (k > 0 && segment === -1) segment = k - 1;
    left[k] = segment;
  }
  return left;
}

/**
 * Where the segment a -> b crosses the border on its way out, and its direction there.
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @param {Frame} frame
 */
export function crossing(ax, ay, bx, by, frame) {
  const span = clip(ax, ay, bx, by, frame);
  const to = span ? span[1] : 0;
  return { x: at(ax, bx, to), y: at(ay, by, to), angle: Math.atan2(by - ay, bx - ax) };
}

/**
 * An arrow from a to b with a head of `size` pixels as an SVG path; "" when it has no length.
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @param {number} size
 */
export function arrow(ax, ay, bx, by, size = 7) {
  const length = Math.hypot(bx - ax, by - ay);
  if (!(length > 0.5) || !Number.isFinite(length)) return "";
  const far = Math.min(1, 4000 / length);
  const [ex, ey] = [ax + (bx - ax) * far, ay + (by - ay) * far];
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
  const head = Math.min(size, 0.6 * length);
  /** @type {(sign: 1 | -1) => string} */
  const wing = (sign) =>
    spot(ex - head * (ux + sign * 0.5 * uy), ey - head * (uy - sign * 0.5 * ux));
  return `M${spot(ax, ay)}L${spot(ex, ey)}M${wing(1)}L${spot(ex, ey)}L${wing(-1)}`;
}
