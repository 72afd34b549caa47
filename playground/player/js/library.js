// The mount that carries the code: it puts the other mounts' functions on the shelf.

/** @import { Component } from "./mount.js" */

import { Fans } from "./fans.js";
import { Figure } from "./figure.js";
import { Grounds } from "./grounds.js";
import { heardHere, whenGone } from "./leaving.js";
import { Mount } from "./mount.js";
import { Multiples } from "./multiples.js";
import { readGround } from "./payload.js";
import { orderPlotlyBy } from "./plotly.js";
import { shelf } from "./shelf.js";

const fans = new Fans();
const grounds = new Grounds();
/** @type {WeakMap<HTMLElement, Mount>} */
const mounts = new WeakMap();
/** @type {WeakMap<HTMLElement, Figure>} */
const figures = new WeakMap();
/** @type {WeakMap<HTMLElement, Multiples>} */
const multiples = new WeakMap();

/**
 * The mount that carries the surface: keep it for the players that name it.
 * @param {Component} component
 */
async function receiveGround({ data }) {
  grounds.keep(await readGround(data));
}

/**
 * The mount that brings the fans of the knobs.
 * @param {Component} component
 */
function receiveFan(component) {
  void fans.receive(heardHere(component));
  return whenGone(component.parentElement, () => fans.leave(component));
}

/**
 * The mount of a player: the first call makes it, every later one brings new data or a theme.
 * @param {Component} component
 */
function receiveScene(component) {
  const { parentElement } = component;
  const mount = mounts.get(parentElement) ?? new Mount(component, grounds, fans);
  mounts.set(parentElement, mount);
  void mount.receive(heardHere(component));
  return whenGone(parentElement, () => {
    mounts.delete(parentElement);
    mount.destroy();
  });
}

/**
 * The mount of a figure: the first call makes it, every later one brings new data or a theme.
 * @param {Component} component
 */
function receiveFigure(component) {
  const { parentElement } = component;
  const figure = figures.get(parentElement) ?? new Figure(component);
  figures.set(parentElement, figure);
  void figure.receive(heardHere(component));
  return whenGone(parentElement, () => {
    figures.delete(parentElement);
    figure.destroy();
  });
}

/**
 * The mount of small multiples: the first call makes it, every later one brings new data.
 * @param {Component} component
 */
function receiveMultiples(component) {
  const { parentElement } = component;
  const several = multiples.get(parentElement) ?? new Multiples(component, grounds);
  multiples.set(parentElement, several);
  void several.receive(heardHere(component));
  return whenGone(parentElement, () => {
    multiples.delete(parentElement);
    several.destroy();
  });
}

/**
 * The library is there: open the shelf.
 * @param {Component} component
 */
export default function library(component) {
  orderPlotlyBy(() => component.setStateValue("plotly", true));
  const { open } = Object.assign(shelf(), {
    ground: (/** @type {Component} */ bringer) => void receiveGround(bringer),
    fan: receiveFan,
    figure: receiveFigure,
    multiples: receiveMultiples,
    player: receiveScene,
  });
  open();
}
