// The mount of small multiples: Streamlit sends these lines with every change, so they are few.

/** @import { Component } from "./mount.js" */

import { shelf } from "./shelf.js";

/** @param {Component} component */
export default async function mount(component) {
  const { ready } = shelf();
  await ready;
  return shelf().multiples(component);
}
