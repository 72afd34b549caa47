// The messages from Python: ground.py and scene.py write what this reads.

/**
 * @import { Learner } from "./learner.js"
 *
 * @typedef {[number, number]} Point
 *
 * @typedef {object} Vectors an arrow, or the sides of a square, at every step
 * @property {string} name
 * @property {string} color
 * @property {boolean} square
 * @property {number} count
 * @property {Float32Array} xy count pairs
 *
 * @typedef {object} Ending how a descent ended
 * @property {string} noun
 * @property {string} words
 * @property {string} colour
 *
 * @typedef {object} KnobFacts a parameter that can be turned
 * @property {string} param
 * @property {string} symbol
 * @property {string} label
 * @property {number} value
 * @property {[number, number]} ends
 * @property {string} scale
 * @property {number} count of its positions
 * @property {number} digits of a position
 * @property {[number, number, boolean, boolean]} valid the ends, and whether they are allowed
 * @property {string} allowed the same in words
 * @property {string} fan the name of the fan that answers it
 *
 * @typedef {object} Turned what has knobs
 * @property {string} slot
 * @property {string} name
 * @property {KnobFacts[]} knobs
 *
 * @typedef {object} Track
 * @property {string} slot what the page calls it
 * @property {string} short its name beside its knob, which says the rest
 * @property {Ending | null} ending
 * @property {KnobFacts[]} knobs
 * @property {[first: number, last: number, label: string][]} events what happened on the way
 * @property {[first: number, end: number][]} hot the updates above the stability limit
 * @property {string} name
 * @property {string} color
 * @property {string} dash a dash name of Plotly's
 * @property {boolean} ghost
 * @property {string} note
 * @property {number | null} stop the step at which the descent is over for good
 * @property {number} count points of the path, one more than its steps
 * @property {Float64Array} path count pairs; not finite from some step on, if it leaves the numbers
 * @property {number} last the last step a head can reach
 * @property {Vectors[]} vectors
 *
 * @typedef {object} Series
 * @property {number | null} track
 * @property {string} name
 * @property {boolean} dashed
 * @property {number} first the step of the first value
 * @property {number} count
 * @property {Float64Array} y
 *
 * @typedef {{ value: number, label: string, id: string }} Threshold
 *
 * @typedef {object} Chart
 * @property {string} title
 * @property {string} short what the switch calls it, if not that
 * @property {boolean} log
 * @property {boolean} wide its values are doubles
 * @property {[number, number] | null} range of the axis, if it is not that of the values
 * @property {string} hint
 * @property {[number, string][]} flags step and label
 * @property {Threshold[]} thresholds
 * @property {Series[]} series
 *
 * @typedef {object} Scene
 * @property {string} ground the id of the ground it stands on
 * @property {number} steps
 * @property {number} seconds
 * @property {boolean} autoplay
 * @property {number | null} step where the page wants the player to stand
 * @property {number | null} heard the step that it was told in this run
 * @property {Point | null} start
 * @property {boolean} startable
 * @property {boolean} sketched the map is drawn without Plotly
 * @property {number} height
 * @property {boolean} reportStep
 * @property {Turned} dials of the ground
 * @property {Track[]} tracks
 * @property {Chart[]} charts
 *
 * @typedef {object} Ground
 * @property {string} id
 * @property {[number, number, number, number]} window x0, x1, y0, y1
 * @property {[number, number, string][]} marks x, y and kind of the critical points
 * @property {[string, string]} labels of the axes
 * @property {{ x: (number | null)[], y: (number | null)[] }} levels lines with a gap after each
 * @property {string} picture
 * @property {Learner | null} learner the network whose loss it is
 * @property {Uint8Array} png the same as bytes
 * @property {string} height what grows with its shades, in words; empty if that is not known
 */

import { inflated, reader, unpack, unsqueezed } from "./bytes.js";
import { readLearner } from "./learner.js";

const ROUNDED = 0.01; // of the window: so far Python may round the start it was sent

/**
 * A ground: level lines as x and y lists with gaps (null) between them, the picture as a URL.
 * @param {Uint8Array} bytes
 * @returns {Promise<Ground>}
 */
export async function readGround(bytes) {
  const { header, take } = unpack(bytes);
  /** @type {{ lengths: number[], low: Point, size: Point, bytes: number }} */
  const { lengths, low, size, bytes: packed } = header.levels;
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const changes = reader(await inflated(take(Uint8Array, packed)));
  const [across, up] = [changes(Uint16Array, total), changes(Uint16Array, total)];
  for (const fractions of [across, up])
    for (let k = 1; k < total; k++) fractions[k] += fractions[k - 1];
  /** @type {Ground["levels"]} */
  const levels = { x: [], y: [] };
  let point = 0;
  for (const length of lengths) {
    for (let end = point + length; point < end; point++) {
      levels.x.push(low[0] + (size[0] * across[point]) / 65535);
      levels.y.push(low[1] + (size[1] * up[point]) / 65535);
    }
    levels.x.push(null);
    levels.y.push(null);
  }
  const png = take(Uint8Array, header.picture);
  const { learner: facts } = header;
  const learner = facts && (await readLearner(facts, take(Uint8Array, facts.bytes)));
  return { ...header, levels, picture: dataUrl(png), png, learner };
}

/**
 * A PNG as a data URL: unlike a blob URL it survives Plotly's picture download.
 * @param {Uint8Array} bytes
 */
function dataUrl(bytes) {
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return `data:image/png;base64,${btoa(text)}`;
}

/**
 * A scene: its tracks get `path` and `last`, its vectors `xy`, its series `y` (as doubles).
 * @param {Uint8Array} bytes
 * @returns {Promise<Scene>}
 */
export async function readScene(bytes) {
  const { header, take } = await unsqueezed(bytes);
  for (const track of header.tracks) {
    track.path = Float64Array.from(take(Float32Array, 2 * track.count));
    track.last = lastStep(track);
    for (const vectors of track.vectors) vectors.xy = take(Float32Array, 2 * vectors.count);
  }
  for (const chart of header.charts) {
    for (const series of chart.series) {
      const { count } = series;
      const values = Float64Array.from(
        chart.wide ? take(Float64Array, count) : take(Float32Array, count),
      );
      series.y = chart.log ? values.map((logarithm) => 10 ** logarithm) : values;
    }
  }
  return header;
}

/**
 * The last step a head can reach: before the first point that is not finite, and its `stop`.
 * @param {Track} track
 */
function lastStep({ path, stop }) {
  const points = path.length / 2;
  let step = 0;
  while (step < points && Number.isFinite(path[2 * step]) && Number.isFinite(path[2 * step + 1])) {
    step++;
  }
  return Math.max(0, Math.min(step - 1, stop ?? points - 1));
}

/**
 * Where the first track begins.
 * @param {Scene} scene
 * @returns {Point | null}
 */
export function firstPoint({ tracks }) {
  return tracks.length ? [tracks[0].path[0], tracks[0].path[1]] : null;
}

/**
 * Whether a start is the one that was asked for.
 * @param {Point} asked
 * @param {Point | null} start
 * @param {Ground["window"]} window
 */
export function near([x, y], start, [x0, x1, y0, y1]) {
  if (!start) return false;
  const [dx, dy] = [start[0] - x, start[1] - y];
  return Math.abs(dx) <= ROUNDED * (x1 - x0) && Math.abs(dy) <= ROUNDED * (y1 - y0);
}
