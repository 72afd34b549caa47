// The picture of a landscape: a matt block with its level lines, painted from behind to the front.
// It is a canvas of two dimensions, so it needs no WebGL.

/**
 * @import { Camera } from "./camera.js"
 * @import { Relief } from "./relief.js"
 * @import { Theme } from "./theme.js"
 *
 * @typedef {[number, number]} Pixel
 */

import { FLOOR } from "./camera.js";
import { CELLS, DRAWN } from "./relief.js";
import { channels, fade, lightness } from "./theme.js";

const SHADOW = 0.2; // of the text's colour, where the light does not come
const SIDE = 0.06; // the same on the sides of the block
const LIGHT = [-0.45, 0.35, 0.82]; // from the left, from behind and from above
const STEEP = 9; // how strongly a slope turns away from the light

/**
 * @param {CanvasRenderingContext2D} brush
 * @param {Relief} relief
 * @param {Camera} camera
 * @param {Float64Array} lines see `linePieces`
 * @param {Theme} theme
 */
export function paintBlock(brush, relief, camera, lines, theme) {
  const colors = inks(relief, camera, theme);
  brush.lineJoin = "round";
  const pixels = relief.nodes.length;
  const spots = Array.from({ length: pixels }, (_, k) =>
    camera.to((k % (CELLS + 1)) / CELLS, Math.floor(k / (CELLS + 1)) / CELLS, relief.nodes[k]),
  );
  for (const j of order(camera.eye[1])) {
    for (const i of order(camera.eye[0])) {
      const corners = relief.corners(i, j);
      if (corners.length < DRAWN) continue;
      brush.fillStyle = brush.strokeStyle = colors.cell(i, j, corners);
      brush.lineWidth = 1; // or the page shines through between two cells
      polygon(
        brush,
        corners.map((corner) => spots[corner]),
      );
    }
  }
  paintSides(brush, relief, camera, spots, colors.side);
  brush.strokeStyle = fade(theme.text, 0.26);
  drawLines(brush, lines, relief, camera);
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
 * @param {CanvasRenderingContext2D} brush
 * @param {Pixel[]} corners
 */
function polygon(brush, corners) {
  brush.beginPath();
  corners.forEach(([x, y], k) => (k ? brush.lineTo(x, y) : brush.moveTo(x, y)));
  brush.closePath();
  brush.fill();
  brush.stroke();
}

/**
 * The pieces of lines that are seen.
 * @param {CanvasRenderingContext2D} brush
 * @param {Float64Array} pieces u0, v0, u1, v1 ...
 * @param {Relief} relief
 * @param {Camera} camera
 */
function drawLines(brush, pieces, relief, camera) {
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
 * The sides of the block that are turned to the eye, from the surface down to the floor.
 * @param {CanvasRenderingContext2D} brush
 * @param {Relief} relief
 * @param {Camera} camera
 * @param {Pixel[]} spots of the nodes
 * @param {string} color
 */
function paintSides(brush, relief, camera, spots, color) {
  const row = CELLS + 1;
  const [across, along] = [camera.eye[0] > 0 ? CELLS : 0, camera.eye[1] > 0 ? CELLS : 0];
  /** @type {((i: number) => number)[]} */
  const edges = [(i) => along * row + i, (i) => i * row + across];
  brush.fillStyle = brush.strokeStyle = color;
  brush.lineWidth = 1;
  for (const edge of edges) {
    for (let i = 0; i < CELLS; i++) {
      const [a, b] = [edge(i), edge(i + 1)];
      if (!Number.isFinite(relief.nodes[a] + relief.nodes[b])) continue;
      const [low, high] = [b, a].map((k) =>
        camera.to((k % row) / CELLS, Math.floor(k / row) / CELLS, FLOOR),
      );
      polygon(brush, [spots[a], spots[b], low, high]);
    }
  }
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
  /** @type {(height: number, shadow: number) => string} */
  const mixed = (height, shadow) => {
    const cover = relief.cover(height);
    const part = page.map((value, k) => {
      const ground = value + cover * (relief.color[k] - value);
      return Math.round(ground + shadow * (ink[k] - ground));
    });
    return `rgb(${part.join(",")})`;
  };
  /** @type {(i: number, j: number, corners: number[]) => string} */
  const cell = (i, j, corners) => {
    const k = j * (CELLS + 1) + i;
    const [a, b, d, e] = [nodes[k], nodes[k + 1], nodes[k + CELLS + 1], nodes[k + CELLS + 2]];
    const height = corners.reduce((sum, corner) => sum + nodes[corner], 0) / corners.length;
    const [p, q] = [(b - a + e - d) / 2, (d - a + e - b) / 2].map((rise) => STEEP * rise || 0);
    const lit = (light[2] - p * light[0] - q * light[1]) / Math.hypot(p, q, 1);
    const shade = Math.min(Math.max(lit, 0), 1);
    return mixed(height, SHADOW * (dark ? shade : 1 - shade));
  };
  return { cell, side: mixed(0.25, dark ? SHADOW : SIDE) };
}
