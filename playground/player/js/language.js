// The language of the page.  Whatever is read or heard is written in English where it is said, inside
// `tr`; what it is in another language Python sends with the code (texts.py), once a session.

/** @type {Record<string, string> | null} */
let catalogue = null; // in English there is none

/**
 * From here on the page speaks like this.
 * @param {Record<string, string> | null} words a text and what is said instead; null for English
 * @returns {boolean} whether it has spoken otherwise before
 */
export function learn(words) {
  const changed = JSON.stringify(words) !== JSON.stringify(catalogue);
  catalogue = words;
  return changed;
}

/**
 * A text in the language of the page, its values in the places `{}`, or `{0}`, `{1}` in any order.
 * @param {string} text
 * @param {unknown[]} values
 */
export function tr(text, ...values) {
  const said = catalogue?.[text] ?? text;
  if (!values.length) return said;
  let next = 0;
  return said.replace(/\{(\d*)\}/g, (_, place) => String(values[place ? Number(place) : next++]));
}

/**
 * The form of a text that a number of things asks for: in each language one for 1, one for others.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {unknown[]} values
 */
export const trn = (one, many, count, ...values) => tr(count === 1 ? one : many, ...values);

/**
 * A heading as it stands within a sentence: in other languages a noun may have to keep its capital.
 * @param {string} heading
 */
export const inSentence = (heading) => (catalogue ? heading : heading.toLowerCase());
