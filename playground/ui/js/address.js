// The one hand that writes the address of the app, and the steps in the browser's history.
//
// Streamlit writes a query on whatever entry of the history is shown when the message arrives, and
// pushes the page of a run that a step in the history has overtaken.  Its writing is switched off
// here.  An order of ours names its page, and the step its run knew of.

/**
 * @typedef {object} Place an address, as the server knows it
 * @property {string} page its name in the path, "" at the root
 * @property {string} query without a question mark
 *
 * @typedef {object} Order what the address shall be
 * @property {Place} to
 * @property {Place | null} step the last step in the history that the run knew of
 * @property {Place} asked what was shown when the run was asked for
 * @property {string} by who of the server gives it: after a restart it is another one
 * @property {number} number counted by that one; what Streamlit shows once more comes late
 * @property {boolean} linked whether that is what a link says, in its own words
 */

const NAME = Symbol.for("optimizer-playground-address");

/** Where the player says whose hand changes something, if it is one that drags. */
const HAND = Symbol.for("optimizer-playground-hand");

/** Milliseconds that an order of another step waits for the one of this step.  It never comes where
 *  something pressed at that moment took the step's place on the way, and its address with it. */
const PATIENCE = 10_000;

export class Address {
  /** @param {Window & Record<symbol, object | null>} view */
  constructor(view) {
    const { history } = view;
    this.view = view;
    this.push = history.pushState.bind(history);
    this.replace = history.replaceState.bind(history);
    history.pushState = () => {};
    history.replaceState = () => {};
    this.step = "";
    this.unheard = false; // no order knows of the step yet
    this.lost = false; // nor will one that does not name it: the server was not told
    this.by = "";
    this.number = 0;
    this.seen = this.here();
    this.waiting = 0;
    /** @type {object | null} */
    this.hand = null; // that brought what was written last
    view.addEventListener("popstate", () => this.stepped());
  }

  here() {
    const { pathname, search } = this.view.location;
    return pathname + search;
  }

  /** @param {Place | null} place */
  written(place) {
    if (!place) return "";
    const { page, query } = place;
    const { pathname, search } = new URL(
      `./${page}${query && `?${query}`}`,
      this.view.location.href,
    );
    return pathname + search;
  }

  /** A step in the history was taken; one from anchor to anchor of a page is none. */
  stepped() {
    const here = this.here();
    if (this.view.location.hash && here === this.seen) return;
    this.view.clearTimeout(this.waiting);
    [this.step, this.unheard, this.lost] = [here, true, false];
    [this.hand, this.seen] = [null, here];
  }

  /** @param {Order} order */
  receive(order) {
    if (order.by === this.by && order.number <= this.number) return;
    this.view.clearTimeout(this.waiting);
    if (order.by !== this.by && !this.lost) this.step = "";
    [this.by, this.number] = [order.by, order.number];
    const places = this.lost ? [order.step] : [order.step, order.asked];
    this.unheard = !places.map((place) => this.written(place)).includes(this.step);
    this.lost &&= this.unheard;
    if (!this.unheard) this.write(order);
    else this.waiting = this.view.setTimeout(() => this.write(order), PATIENCE);
  }

  /** @param {Order} order */
  write({ to, linked }) {
    const next = this.written(to);
    if (next === this.here()) return;
    const spelled = linked && next.split("?")[0] === this.view.location.pathname;
    const hand = this.view[HAND] ?? null;
    const same = hand !== null && hand === this.hand;
    (spelled || same ? this.replace : this.push)({}, "", next);
    [this.hand, this.seen] = [hand, next];
  }
}

/**
 * The line to the server is up again: a step in the history that it was not told of is taken anew.
 * Whether there was one.
 * @param {Window & Record<symbol, any>} view
 */
export function stepAgain(view) {
  const address = view[NAME];
  if (!address.unheard) return false;
  view.dispatchEvent(new PopStateEvent("popstate", { state: view.history.state }));
  address.lost = true;
  return true;
}

/**
 * The one hand of this window takes an order; without one it is made ready.
 * @param {Window & Record<symbol, any>} view
 * @param {Order | null} order
 */
export function receive(view, order) {
  view[NAME] ??= new Address(view);
  if (order) view[NAME].receive(order);
}
