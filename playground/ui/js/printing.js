// A button that prints the page.

/**
 * @typedef {object} Printing
 * @property {HTMLElement} parentElement
 * @property {{ label: string }} data
 */

/** @param {Printing} component */
export default function mount({ parentElement, data }) {
  let button = parentElement.querySelector("button");
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "pgp-print";
    button.onclick = () => print();
    parentElement.append(button);
  }
  button.textContent = data.label;
}
