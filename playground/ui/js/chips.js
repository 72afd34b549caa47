// A row of places to go to: each is pressed, none is held; the lit one is where the visitor is.

/**
 * @typedef {object} Row
 * @property {HTMLElement} parentElement
 * @property {{ label: string, titles: Record<string, string>, lit: string | null }} data
 * @property {(name: string, value: string) => void} setTriggerValue tells Python
 */

/** @param {Row} component */
export default function mount({ parentElement, data, setTriggerValue }) {
  let row = /** @type {HTMLElement | null} */ (parentElement.querySelector(".pgp-chips"));
  if (!row) {
    row = document.createElement("div");
    row.className = "pgp-chips";
    row.setAttribute("role", "group");
    parentElement.append(row);
  }
  row.setAttribute("aria-label", data.label);
  const places = Object.entries(data.titles);
  while (row.childElementCount > places.length) row.lastElementChild?.remove();
  places.forEach(([name, title], i) => {
    const old = /** @type {HTMLButtonElement | undefined} */ (row.children[i]);
    const chip = old ?? row.appendChild(document.createElement("button"));
    chip.type = "button";
    chip.textContent = title;
    chip.onclick = () => setTriggerValue("go", name);
    if (name === data.lit) chip.setAttribute("aria-current", "true");
    else chip.removeAttribute("aria-current");
  });
}
