// The picture of a landscape: a matt block with its level lines, painted from behind to the front.
// It is a canvas of two dimensions, so it needs no WebGL.

/**
 * @import { Camera } from "./camera.js"
 * @import { Relief } from "./relief.js"
 * @import { Theme } from "./theme.js"
 */

import { FLOOR } from "./camera.js";
import { Raster, packed } from "./raster.js";
import { CELLS, DRAWN } from "./relief.js";
import { channels, fade, lightness } from "./theme.js";

const SHADOW = 0.2; // of the text's colour, where the light does not come
const SIDE_SHADE = 0.06; // the same on the sides of the block
const LIGHT = [-0.45, 0.35, 0.82]; // from the left, from behind and from above
const STEEP = 9; // how strongly a slope turns away from the light
const NODES = CELLS + 1; // nodes
const AROUND = [0, 1, 3, 2]; // a side: above, below, below and above

/**
 * The block, without its lines.
 * @param {Relief} relief
 * @param {Camera} camera
 * @param {Theme} theme
 * @param {number} width of the picture
 * @param {number} height
 * @param {number} fine pixels of the block on one of the picture
 */
export function paintBlock(relief, camera, theme, width, height, fine) {
  const raster = new Raster(Math.round(width * fine), Math.round(height * fine));
  const { cell, side } = inks(relief, camera, theme);
  const spots = new Float64Array(2 * relief.nodes.length);
  relief.nodes.forEach((node, k) => {
    const [x, y] = camera.to((k % NODES) / CELLS, Math.floor(k / NODES) / CELLS, node);
    spots.set([fine * x, fine * y], 2 * k);
  });
  const [columns, rows] = [order(camera.eye[0]), order(camera.eye[1])];
  for (const j of rows) {
    for (const i of columns) {
      const corners = relief.corners(i, j);
      if (corners.length < DRAWN) continue;
      raster.fill(spots, corners, cell(i, j, corners));
    }
  }
  paintSides(raster, relief, camera, spots, fine, side);
  return raster;
}

/**
 * The numbers of the cells along an axis, the farthest from the eye first.
 * @param {number} eye the component of its direction along the axis
 */
function order(eye) {
  const cells = Array.from({ length: CELLS }, (_, i) => i);
  return eye > 0 ? cells : cells.reverse();
}

/**
 * The sides of the block that are turned to the eye, from the surface down to the floor.
 * @param {Raster} raster
 * @param {Relief} relief
 * @param {Camera} camera
 * @param {Float64Array} spots of the nodes
 * @param {number} fine
 * @param {number} color
 */
function paintSides(raster, relief, camera, spots, fine, color) {
  const [across, along] = [camera.eye[0] > 0 ? CELLS : 0, camera.eye[1] > 0 ? CELLS : 0];
  /** @type {((i: number) => number)[]} */
  const edges = [(i) => along * NODES + i, (i) => i * NODES + across];
  for (const edge of edges) {
    for (let i = 0; i < CELLS; i++) {
      const [a, b] = [edge(i), edge(i + 1)];
      if (!Number.isFinite(relief.nodes[a] + relief.nodes[b])) continue;
      const side = [a, b].flatMap((k) => {
        const low = camera.to((k % NODES) / CELLS, Math.floor(k / NODES) / CELLS, FLOOR);
        return [spots[2 * k], spots[2 * k + 1], fine * low[0], fine * low[1]];
      });
      raster.fill(side, AROUND, color);
    }
  }
}

/**
 * The pieces of the level lines that are seen.
 * @param {CanvasRenderingContext2D} brush
 * @param {Float64Array} pieces see `linePieces`
 * @param {Relief} relief
 * @param {Camera} camera
 * @param {Theme} theme
 */
export function drawLines(brush, pieces, relief, camera, theme) {
  brush.strokeStyle = fade(theme.text, 0.26);
  brush.lineWidth = 0.8;
  brush.beginPath();
  for (let k = 0; k < pieces.length; k += 4) {
    const [u, v, s, t] = pieces.subarray(k, k + 4);
    const [from, to] = [relief.at(u, v), relief.at(s, t)];
    if (!Number.isFinite(from + to)) continue;
    if (camera.hides(relief, (u + s) / 2, (v + t) / 2, (from + to) / 2)) continue;
    brush.moveTo(...camera.to(u, v, from));
    brush.lineTo(...camera.to(s, t, to));
  }
  brush.stroke();
}

/**
 * The colours of the cells and of the sides: the ground on the page, darker (on a dark page lighter)
 * where it turns away from the light, which stands beside the eye.
 * @param {Relief} relief
 * @param {Camera} camera
 * @param {Theme} theme
 */
function inks(relief, camera, { background, text }) {
  const [page, ink] = [channels(background), channels(text)];
  const dark = lightness(background) < 0.5;
  const { nodes } = relief;
  const turn = (camera.turn * Math.PI) / 180;
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const light = [LIGHT[0] * c - LIGHT[1] * s, LIGHT[0] * s + LIGHT[1] * c, LIGHT[2]];
  /** @type {(height: number, shadow: number) => number} */
  const mixed = (height, shadow) => {
    const cover = relief.cover(height);
    return packed(
      page.map((value, k) => {
        const ground = value + cover * (relief.color[k] - value);
        return ground + shadow * (ink[k] - ground);
      }),
    );
  };
  /** @type {(i: number, j: number, corners: number[]) => number} */
  const cell = (i, j, corners) => {
    const k = j * NODES + i;
    const [a, b, d, e] = [nodes[k], nodes[k + 1], nodes[k + NODES], nodes[k + NODES + 1]];
    const height = corners.reduce((sum, corner) => sum + nodes[corner], 0) / corners.length;
    const [p, q] = [(b - a + e - d) / 2, (d - a + e - b) / 2].map((rise) => STEEP * rise || 0);
    const lit = (light[2] - p * light[0] - q * light[1]) / Math.hypot(p, q, 1);
    const shade = Math.min(Math.max(lit, 0), 1);
    return mixed(height, SHADOW * (dark ? shade : 1 - shade));
  };
  return { cell, side: mixed(0.25, dark ? SHADOW : SIDE_SHADE) };
}
