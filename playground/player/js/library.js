// The mount that carries the code: it puts the other mounts' functions on the shelf.

/** @import { Component } from "./mount.js" */

import { Fans } from "./fans.js";
import { Figure } from "./figure.js";
import { Grounds } from "./grounds.js";
import { learn } from "./language.js";
import { heardHere, whenGone } from "./leaving.js";
import { Mount } from "./mount.js";
import { Multiples } from "./multiples.js";
import { readGround } from "./payload.js";
import { orderPlotlyBy } from "./plotly.js";
import { Residents } from "./residents.js";
import { shelf } from "./shelf.js";

const fans = new Fans();
const grounds = new Grounds();
const mounts = new Residents((component) => new Mount(component, grounds, fans));
const figures = new Residents((component) => new Figure(component));
const multiples = new Residents((component) => new Multiples(component, grounds));

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
 * Speak the language of the visitor: what has come in another one is asked for and made again.
 * @param {Record<string, string> | null} words
 */
function speak(words) {
  if (!learn(words)) return;
  fans.forget();
  for (const kind of [mounts, figures, multiples]) kind.renew();
}

/**
 * The library is there: open the shelf.
 * @param {Omit<Component, "data"> & { data?: Record<string, string> | null }} component
 */
export default function library({ data, setStateValue }) {
  orderPlotlyBy(() => setStateValue("plotly", true));
  speak(data ?? null);
  const { open } = Object.assign(shelf(), {
    ground: (/** @type {Component} */ bringer) => void receiveGround(bringer),
    fan: receiveFan,
    figure: (/** @type {Component} */ component) => figures.receive(component),
    multiples: (/** @type {Component} */ component) => multiples.receive(component),
    player: (/** @type {Component} */ component) => mounts.receive(component),
  });
  open();
}
