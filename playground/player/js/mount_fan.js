// The mount that brings the fans of the knobs: Streamlit sends these lines with every fan.

/** @import { Component } from "./mount.js" */

import { shelf } from "./shelf.js";

/** @param {Component} component */
export default async function mount(component) {
  const { ready } = shelf();
  await ready;
  return shelf().fan(component);
}
