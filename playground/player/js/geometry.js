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
 * The value at a pixel, with no more digits than tell a tenth of one.
 * @param {Scale} axis
 * @param {number} pixel
 */
export function valueAt(axis, pixel) {
  const size = Math.abs(axis.from(pixel + 1) - axis.from(pixel)) || 1;
  const digits = Math.min(Math.max(1 - Math.floor(Math.log10(size)), 0), 100);
  return Number(axis.from(pixel).toFixed(digits));
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

const BLURRED = 1e7; // pixels: a path comes as float32, which is not exact to a pixel beyond

/**
 * @typedef {object} Flight a step of a path
 * @property {[ax: number, ay: number, bx: number, by: number]} ends
 * @property {(share: number) => number} share of the way between them, at a share of the step
 */

/**
 * The step k of a path as far as it is known where it goes: an end that is far away is taken nearer
 * along the step; null between two of them, for which digits are missing to tell where they cross,
 * and where one is no place.
 * @param {Float64Array} points
 * @param {number} k
 * @param {number} far
 * @returns {Flight | null}
 */
export function flight(points, k, far = BLURRED) {
  const [ax, ay, bx, by] = points.subarray(2 * k, 2 * k + 4);
  const begun = Math.max(Math.abs(ax), Math.abs(ay)) <= far;
  const ended = Math.max(Math.abs(bx), Math.abs(by)) <= far;
  if (begun && ended) return { ends: [ax, ay, bx, by], share: (share) => share };
  const long = Math.hypot(bx - ax, by - ay);
  if (!(begun || ended) || !Number.isFinite(long)) return null;
  const part = Math.min(far / long, 1);
  const [dx, dy] = [part * (bx - ax), part * (by - ay)];
  if (begun) {
    return { ends: [ax, ay, ax + dx, ay + dy], share: (share) => Math.min(share / part, 1) };
  }
  return {
    ends: [bx - dx, by - dy, bx, by],
    share: (share) => Math.max(1 - (1 - share) / part, 0),
  };
}

/** @type {(a: number, b: number, t: number) => number} */
export const at = (a, b, t) => (t === 0 ? a : t === 1 ? b : a + t * (b - a));
/** @type {(x: number, y: number) => string} */
export const spot = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** @type {(place: number, low: number, high: number) => number} */
const within = (place, low, high) => Math.min(Math.max(place, low), high);

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
  /** @param {number} t */
  const place = (t) =>
    t === 0 || t === 1
      ? spot(at(ax, bx, t), at(ay, by, t))
      : spot(within(at(ax, bx, t), left, right), within(at(ay, by, t), top, bottom));
  return [place(from), place(to)];
}

/**
 * The step made last at a time, of those up to `last`; a clock may be a little short of a step.
 * @param {number} time
 * @param {number} last
 */
export const made = (time, last) => Math.floor(Math.min(time, last) + 1e-9);

/**
 * Whether a run whose last step with a value is `stop` has none at a time; null: it has to the end.
 * @param {number | null} stop
 * @param {number} time
 */
export const isOver = (stop, time) => stop !== null && made(time, Infinity) > stop;

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
