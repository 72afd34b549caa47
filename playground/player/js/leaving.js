// What a mount does when its page is left, and when it is not.

/**
 * @import { Component } from "./mount.js"
 *
 * @typedef {Event & { navigationType: string, from: { url: string } }} Step
 */

import { tellOnline } from "./online.js";

/**
 * What is to be done when Streamlit has taken an element off the page.  It says so as well of a call
 * that a newer one overtook while it was waiting; then the element is still there, and in use.
 * @param {HTMLElement} element
 * @param {() => void} destroy
 */
export function whenGone(element, destroy) {
  return () => {
    if (!element.isConnected) destroy();
  };
}

// Stepping to another page: what is said from the one that was left would be answered by Streamlit
// with a part of a page that is no longer there, and the one that was come to would be blank.

/** The pages that were left by a step in the browser's history, in that order.
 *  @type {string[]} */
const left = [];

/**
 * The browser's own account of its history, which not every browser gives.
 * @type {EventTarget | undefined}
 */
const account = /** @type {any} */ (globalThis).navigation;
account?.addEventListener("currententrychange", (event) => {
  const { navigationType, from } = /** @type {Step} */ (event);
  const { pathname } = new URL(from.url);
  if (navigationType === "traverse" && pathname !== location.pathname) left.push(pathname);
});

/**
 * The component, which says nothing to Python while its page is left, and waits for a line that is
 * down.
 * @param {Component} component as Streamlit hands it out
 * @returns {Component}
 */
export function heardHere(component) {
  const now = left.length;
  const away = () => now in left && left[now] !== location.pathname;
  /** @type {(say: Component["setStateValue"]) => Component["setStateValue"]} */
  const whileHere = (say) => (name, value) =>
    tellOnline(name, () => void (away() || say(name, value)));
  const { setStateValue, setTriggerValue } = component;
  return {
    ...component,
    setStateValue: whileHere(setStateValue),
    setTriggerValue: whileHere(setTriggerValue),
  };
}
