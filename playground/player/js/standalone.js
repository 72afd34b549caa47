// A file of its own: a player to which no server listens, and beside it all that it shows.

/** @import { Component } from "./mount.js" */

import { inflated } from "./bytes.js";
import { Fans } from "./fans.js";
import { Grounds } from "./grounds.js";
import { Mount } from "./mount.js";
import { html } from "./nodes.js";
import { readGround } from "./payload.js";
import { orderPlotlyBy } from "./plotly.js";

const nobody = () => {}; // hears what the visitor does

/**
 * The bytes that the file carries under a name.
 * @param {string} name
 */
function carried(name) {
  const text = document.getElementById(name)?.textContent ?? "";
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

async function bringPlotly() {
  const text = new TextDecoder().decode(await inflated(carried("pgp-plotly")));
  html("script", { text }, document.head);
}

export default async function standalone() {
  const place = document.querySelector("main") ?? document.body;
  /** @type {Component} */
  const component = {
    parentElement: html("div", {}, place),
    data: carried("pgp-scene"),
    setStateValue: nobody,
    setTriggerValue: nobody,
  };
  orderPlotlyBy(() => void bringPlotly());
  const grounds = new Grounds();
  grounds.keep(await readGround(carried("pgp-ground")));
  const mount = new Mount(component, grounds, new Fans());
  const show = () => void mount.receive(component);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  show();
}
