// A page that does nothing but keep what is written on it, and a language in which every letter of
// what was marked wears an accent.

const PLAIN = "aceginorsuyzACEGINORSUYZ";
const WORN = "àćèĝîñôŕśùýžÀĆÈĜÎÑÔŔŚÙÝŽ";
const READ = ["aria-label", "aria-valuetext", "aria-description", "title"];

/** @param {string} text in the other language; where its values go stays */
const dressed = (text) => text.replace(/\{\d*\}|./gs, (part) => WORN[PLAIN.indexOf(part)] ?? part);

/** The other language: it knows every text that is asked for. */
export const PSEUDO = new Proxy({}, { get: (_, text) => dressed(String(text)) });

/** The letters of a text that wear no accent, in words. */
export const plainWords = (text) => text.match(new RegExp(`\\S*[${PLAIN}]\\S*`, "g")) ?? [];

/** A node, of which only what can be read of it is kept. */
class Sheet {
  constructor() {
    this.attributes = {};
    this.children = [];
    this.dataset = {};
    this.style = { setProperty: () => {} };
    this.classList = { add: () => {}, remove: () => {}, toggle: () => {} };
    this.own = "";
  }

  set textContent(text) {
    this.children = [];
    this.own = text;
  }

  get textContent() {
    return this.own;
  }

  get childNodes() {
    return this.children;
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  replaceChildren(...nodes) {
    this.own = "";
    this.children = nodes;
  }

  append(...nodes) {
    this.children.push(...nodes);
  }

  prepend(...nodes) {
    this.children.unshift(...nodes);
  }

  insertBefore(node) {
    this.children.push(node);
  }

  after() {}
  remove() {}
  addEventListener() {}
  toggleAttribute() {}
  reportValidity() {}

  setCustomValidity(words) {
    this.refusal = words;
  }

  closest() {
    return null;
  }

  querySelector() {
    return this;
  }

  getBoundingClientRect() {
    return { left: 0, top: 0, right: 0, bottom: 0, width: 0, height: 0 };
  }

  getComputedTextLength() {
    return 0;
  }

  /** Everything that is read or heard, from the top. */
  read() {
    const named = READ.flatMap((name) => [this.attributes[name], this[name]]);
    const here = [this.own, this.refusal, ...named].filter(Boolean).map(String);
    return [...here, ...this.children.flatMap((child) => child.read())];
  }
}

/** A blank sheet. */
export const sheet = () => new Sheet();

globalThis.document = {
  createElement: sheet,
  createElementNS: sheet,
  addEventListener: () => {},
};
