// The cells of a map: a pointer that rests on one shows its run, a click keeps it; by keyboard a frame
// that arrows move, the cell's words, Enter to choose it.

import { enlargement, fill, html } from "./nodes.js";
import { arrows } from "./keys.js";
import { tr } from "./language.js";

/**
 * Who shows the runs of the cell that is chosen.
 * @type {Set<(kept: boolean) => void>} kept: a hand has chosen it, and did not only pass
 */
export const cellChosen = new Set();

const RESTS = 250; // milliseconds: a pointer on its way somewhere else does not mean the cell

export class Cells {
  /**
   * @param {HTMLElement} parent where the figure is
   * @param {HTMLElement} graph
   * @param {(cell: string) => void} choose row and column
   */
  constructor(parent, graph, choose) {
    this.graph = graph;
    this.tell = choose;
    const look = { type: "button", class: "pgp-cell", "aria-live": "polite" };
    this.frame = html("button", look, parent);
    this.columns = this.rows = 1;
    this.column = this.row = -1; // not yet placed
    this.kept = false; // what a pointer passes does not take the place of what was chosen
    this.rest = 0;
    this.frame.addEventListener("keydown", (event) => this.key(event));
    this.frame.addEventListener("focus", () => this.show());
    this.frame.addEventListener("click", () => this.choose(this.row, this.column));
  }

  /**
   * A cell is chosen and kept; chosen again, it is let go.
   * @param {number} row
   * @param {number} column
   */
  choose(row, column) {
    this.kept = !(this.kept && row === this.row && column === this.column);
    this.watch(row, column);
  }

  /**
   * A pointer is over a cell.
   * @param {number} row
   * @param {number} column
   */
  pass(row, column) {
    clearTimeout(this.rest);
    if (this.kept || (row === this.row && column === this.column)) return;
    this.rest = setTimeout(() => this.watch(row, column), RESTS);
  }

  /** It is over none. */
  leave() {
    clearTimeout(this.rest);
  }

  /**
   * The run of a cell is wanted; the frame stays around it.
   * @param {number} row
   * @param {number} column
   */
  watch(row, column) {
    clearTimeout(this.rest);
    Object.assign(this, { row, column });
    this.frame.classList.add("pgp-chosen");
    this.move();
    this.tell(`${row},${column}`);
  }

  /** They are the cells of something else: none of them is chosen. */
  forget() {
    this.leave();
    this.kept = false;
    this.frame.classList.remove("pgp-chosen");
  }

  /**
   * The figure was drawn, with so many cells.
   * @param {number} columns
   * @param {number} rows
   */
  place(columns, rows) {
    if (this.column < 0) [this.column, this.row] = [columns >> 1, rows >> 1];
    Object.assign(this, { columns, rows });
    this.column = Math.min(this.column, columns - 1);
    this.row = Math.min(this.row, rows - 1);
    this.move();
  }

  /** The frame stands around its cell. */
  move() {
    const plot = this.graph.querySelector(".nsewdrag");
    const host = this.frame.parentElement;
    if (!plot || !host) return;
    const [area, home] = [plot.getBoundingClientRect(), host.getBoundingClientRect()];
    const scale = enlargement(host);
    const [wide, high] = [area.width / scale / this.columns, area.height / scale / this.rows];
    Object.assign(this.frame.style, {
      left: `${(area.left - home.left) / scale + this.column * wide}px`,
      top: `${(area.bottom - home.top) / scale - (this.row + 1) * high}px`,
      width: `${wide}px`,
      height: `${high}px`,
    });
    const { column, columns, row, rows } = this;
    const label = tr(
      "Cell in column {} of {}, row {} of {}: arrow keys move, Enter chooses",
      ...[column + 1, columns, row + 1, rows],
    );
    fill(this.frame, { "aria-label": label });
  }

  /** Plotly says what it says of a cell under a pointer. */
  show() {
    const { left, top, width, height } = this.frame.getBoundingClientRect();
    const place = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true };
    const plot = this.graph.querySelector(".nsewdrag");
    for (const kind of ["mouseover", "mousemove"]) plot?.dispatchEvent(new MouseEvent(kind, place));
  }

  focused() {
    return document.activeElement === this.frame;
  }

  /** What is shown of the cell becomes its name. */
  said() {
    const lines = [...this.graph.querySelectorAll(".hoverlayer .nums tspan")];
    const words = lines.map((line) => line.textContent).join(", ");
    if (words) fill(this.frame, { "aria-label": words });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const by = arrows(event);
    if (!by) return;
    event.preventDefault();
    this.column = Math.min(Math.max(this.column + by[0], 0), this.columns - 1);
    this.row = Math.min(Math.max(this.row - by[1], 0), this.rows - 1);
    this.move();
    this.show();
  }
}
