// What a network decides: every place of its inputs in the colour of the class that leads there.

/**
 * @import { Learner } from "./learner.js"
 * @import { Theme } from "./theme.js"
 *
 * @typedef {{ x: number, y: number, width: number, height: number }} Box
 */

import { tr } from "./language.js";
import { answers, leads, Oracle } from "./learner.js";
import { enlargement, fill, html } from "./nodes.js";
import { channels, fade } from "./theme.js";
import { zeros } from "./zeros.js";

const FINEST = 56; // places along the longer side
const COARSEST = 28;
const WORK = 8e5; // products for one picture
const FAINT = [0.04, 0.42]; // of a place where no class leads, and where one leads by all
const SHAPES = [disc, square, diamond]; // of the classes

export class DecisionView {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    const name = tr(
      "The plane of the inputs: each place in the colour of the class that leads there",
    );
    this.node = html("canvas", { role: "img", "aria-label": name }, parent);
    this.parent = parent;
    this.field = document.createElement("canvas");
    /** @type {Learner | null} */
    this.learner = null;
    /** @type {Theme} */
    this.theme = { text: "#000", background: "#fff", font: "" };
    this.size = [0, 0]; // pixels
    this.words = "";
    /** @type {[string, string][]} */
    this.key = [];
  }

  /**
   * @param {Learner} learner
   * @param {Theme} theme
   * @param {number} width
   * @param {number} height
   */
  draw(learner, theme, width, height) {
    const [x0, x1, y0, y1] = learner.facts.window;
    const scale = Math.min(width / (x1 - x0), height / (y1 - y0));
    this.size = [Math.floor(scale * (x1 - x0)), Math.floor(scale * (y1 - y0))];
    const sharp = (devicePixelRatio || 1) * enlargement(this.parent);
    fill(this.node, { width: this.size[0] * sharp, height: this.size[1] * sharp });
    Object.assign(this.node.style, { width: `${this.size[0]}px`, height: `${this.size[1]}px` });
    this.sharp = sharp;
    this.theme = theme;
    if (learner !== this.learner) this.learn(learner);
  }

  /**
   * Ask another network: about a grid as fine as it is quick, and about its points.
   * @param {Learner} learner
   */
  learn(learner) {
    this.learner = learner;
    const { facts, steps, weights, points } = learner;
    const [x0, x1, y0, y1] = facts.window;
    const long = Math.max(x1 - x0, y1 - y0);
    const size = weights.length / steps.length;
    const most = Math.sqrt((WORK / size) * (long / Math.min(x1 - x0, y1 - y0)));
    const side = Math.round(Math.min(Math.max(most, COARSEST), FINEST));
    const columns = Math.max(Math.round((side * (x1 - x0)) / long), 2);
    const rows = Math.max(Math.round((side * (y1 - y0)) / long), 2);
    const places = new Float64Array(2 * columns * rows);
    for (let i = 0; i < columns * rows; i++) {
      const [column, row] = [i % columns, Math.floor(i / columns)];
      places[2 * i] = x0 + ((x1 - x0) * column) / (columns - 1);
      places[2 * i + 1] = y1 + ((y0 - y1) * row) / (rows - 1); // the first row is on top
    }
    this.columns = columns;
    fill(this.field, { width: columns, height: rows });
    this.grid = new Oracle(learner, places);
    this.examples = new Oracle(learner, points);
  }

  /**
   * Show the network with these parameters.
   * @param {Float32Array} p
   */
  show(p) {
    const { grid, examples, node } = this;
    const ink = node.getContext("2d");
    if (!grid || !examples || !ink) return;
    const lead = leads(grid.ask(p), grid.classes);
    const said = answers(examples.ask(p), examples.classes);
    ink.setTransform(1, 0, 0, 1, 0, 0);
    ink.clearRect(0, 0, node.width, node.height);
    this.paint(lead, ink);
    ink.setTransform(this.sharp ?? 1, 0, 0, this.sharp ?? 1, 0, 0);
    this.border(lead, ink);
    this.count(said);
    this.mark(said, ink);
  }

  /**
   * @param {Float64Array[]} lead
   * @param {CanvasRenderingContext2D} ink
   */
  paint(lead, ink) {
    const { field, learner } = this;
    const brush = field.getContext("2d");
    if (!brush || !learner) return;
    const colours = learner.facts.colours.map(channels);
    const image = brush.createImageData(field.width, field.height);
    lead.forEach((values, k) => {
      const [red, green, blue] = colours[k];
      values.forEach((value, i) => {
        if (!(value > 0)) return;
        const alpha = 255 * (FAINT[0] + (FAINT[1] - FAINT[0]) * Math.min(value, 1));
        image.data.set([red, green, blue, alpha], 4 * i);
      });
    });
    brush.putImageData(image, 0, 0);
    ink.imageSmoothingEnabled = true;
    ink.imageSmoothingQuality = "high";
    const [across, down] = [field.width - 1, field.height - 1]; // its places are where pixels end
    ink.drawImage(field, 0.5, 0.5, across, down, 0, 0, this.node.width, this.node.height);
  }

  /**
   * Where two classes score the same.
   * @param {Float64Array[]} lead
   * @param {CanvasRenderingContext2D} ink
   */
  border(lead, ink) {
    const { columns = 2, field, theme, size } = this;
    const [sx, sy] = [size[0] / (field.width - 1), size[1] / (field.height - 1)];
    ink.beginPath();
    for (const values of lead.length === 2 ? lead.slice(1) : lead) {
      const ends = zeros(values, columns);
      for (let i = 0; i < ends.length; i += 4) {
        ink.moveTo(ends[i] * sx, ends[i + 1] * sy);
        ink.lineTo(ends[i + 2] * sx, ends[i + 3] * sy);
      }
    }
    ink.lineCap = "round";
    ink.lineWidth = 2;
    ink.strokeStyle = fade(theme.text, 0.6);
    ink.stroke();
  }

  /** @param {Int8Array} said */
  count(said) {
    const { learner } = this;
    if (!learner) return;
    const { training, count } = learner.facts;
    const wrong = [0, 0];
    said.forEach((answer, i) => {
      if (answer !== learner.classes[i]) wrong[i < training ? 0 : 1] += 1;
    });
    const told = [wrong[0], training, wrong[1], count - training];
    this.words = tr("wrong: {} of {}, test {} of {}", ...told);
  }

  /**
   * The examples: those learnt are filled, the others open; wrong ones are larger.
   * @param {Int8Array} said
   * @param {CanvasRenderingContext2D} ink
   */
  mark(said, ink) {
    const { facts, classes } = /** @type {Learner} */ (this.learner);
    for (const learnt of [false, true]) {
      for (const wrong of [false, true]) {
        facts.colours.forEach((_, k) => {
          ink.beginPath(); // one for all that look alike, which is many times quicker
          for (let i = 0; i < facts.count; i++) {
            const alike = i < facts.training === learnt && classes[i] === k;
            if (alike && (said[i] !== k) === wrong) this.point(i, ink, learnt, wrong);
          }
          this.stroke(k, ink, learnt, wrong);
        });
      }
    }
  }

  /**
   * @param {number} i
   * @param {CanvasRenderingContext2D} ink
   * @param {boolean} learnt
   * @param {boolean} wrong
   */
  point(i, ink, learnt, wrong) {
    const { facts, points, classes } = /** @type {Learner} */ (this.learner);
    const [x0, x1, y0, y1] = facts.window;
    const x = ((points[2 * i] - x0) / (x1 - x0)) * this.size[0];
    const y = ((y1 - points[2 * i + 1]) / (y1 - y0)) * this.size[1];
    const r = (learnt ? 2.6 : 1.7) + (wrong ? 1.2 : 0);
    SHAPES[classes[i] % SHAPES.length](ink, x, y, r);
  }

  /**
   * @param {number} k the class
   * @param {CanvasRenderingContext2D} ink
   * @param {boolean} learnt
   * @param {boolean} wrong
   */
  stroke(k, ink, learnt, wrong) {
    const { text, background } = this.theme;
    const colour = /** @type {Learner} */ (this.learner).facts.colours[k];
    ink.lineWidth = learnt && wrong ? 1.6 : 0.8;
    ink.fillStyle = colour;
    ink.strokeStyle = learnt ? (wrong ? text : background) : fade(colour, 0.75);
    if (learnt) ink.fill();
    ink.stroke();
  }
}

/** @typedef {(ink: CanvasRenderingContext2D, x: number, y: number, r: number) => void} Shape */

/** @type {Shape} */
function disc(ink, x, y, r) {
  ink.moveTo(x + r, y);
  ink.arc(x, y, r, 0, 2 * Math.PI);
}

/** @type {Shape} */
function square(ink, x, y, r) {
  ink.rect(x - 0.89 * r, y - 0.89 * r, 1.78 * r, 1.78 * r); // as large as the disc
}

/** @type {Shape} */
function diamond(ink, x, y, r) {
  const side = 1.25 * r;
  ink.moveTo(x, y - side);
  for (const [dx, dy] of [[side, 0], [0, side], [-side, 0]]) ink.lineTo(x + dx, y + dy); // prettier-ignore
  ink.closePath();
}
