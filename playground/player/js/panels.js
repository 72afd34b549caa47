// What is seen of a network beside the map, on the clock of its path: one picture at a time.

/**
 * @import { Learner } from "./learner.js"
 * @import { Theme } from "./theme.js"
 */

import { DecisionView } from "./decision.js";
import { tr } from "./language.js";
import { frameAt } from "./learner.js";
import { html } from "./nodes.js";
import { panelHead } from "./places.js";
import { WiringView } from "./wiring.js";

/** @type {(new (parent: HTMLElement) => DecisionView | WiringView)[]} */
const VIEWS = [DecisionView, WiringView];

/** What they are called. */
export const panelTitles = () => [tr("Decision"), tr("Weights")];

export class Panels {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.box = html("div", { class: "pgp-panel" }, parent);
    this.head = html("p", { class: "pgp-panel-head" }, this.box);
    this.title = html("strong", {}, this.head);
    this.update = html("span", { class: "pgp-update" }, this.head);
    this.words = html("span", {}, this.head);
    this.key = html("span", {}, this.head);
    this.body = html("div", { class: "pgp-panel-body" }, this.box);
    this.views = VIEWS.map((View) => new View(this.body));
    /** @type {DecisionView | WiringView | null} */
    this.view = null;
    this.time = 0;
    this.shown = -1; // the update
  }

  /**
   * @param {Learner | null} learner
   * @param {string} title of the panel that is shown; "" for none
   * @param {Theme} theme
   * @param {number} width
   * @param {number} height
   */
  draw(learner, title, theme, width, height) {
    const place = learner ? panelTitles().indexOf(title) : -1;
    this.view = this.views[place] ?? null;
    this.views.forEach((view) => view.node.toggleAttribute("hidden", view !== this.view));
    this.title.textContent = title;
    this.shown = -1;
    if (!learner || !this.view) return;
    const above = panelHead(width);
    this.head.style.height = `${above}px`;
    this.view.draw(learner, theme, width, height - above);
    this.key.replaceChildren();
    for (const [colour, text] of this.view.key) {
      html("i", { class: "pgp-swatch" }, this.key).style.background = colour;
      this.key.append(text);
    }
    this.show(this.time);
  }

  /**
   * The network as it was at a time; between two updates nothing is drawn.
   * @param {number} time
   */
  show(time) {
    this.time = time;
    if (!this.view?.learner) return;
    const { step, p } = frameAt(this.view.learner, time);
    if (step === this.shown) return;
    this.shown = step;
    this.view.show(p);
    this.update.textContent = tr("update {}", step);
    if (this.words.textContent !== this.view.words) this.words.textContent = this.view.words;
  }

  /** What is shown, in words; "" where nothing is. */
  said() {
    if (!this.view?.learner) return "";
    const parts = [this.update.textContent, this.view.words].filter(Boolean);
    return `${this.title.textContent}: ${parts.join(", ")}.`;
  }
}
