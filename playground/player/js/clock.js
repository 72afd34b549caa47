// Pure time: what a clock shows, and how it goes on.

/**
 * @typedef {object} Clock
 * @property {number} position where it stands, in steps; beyond the end while a loop rests there
 * @property {number} steps the length of the run
 * @property {number} seconds how long the run lasts at speed 1
 * @property {number} speed
 * @property {boolean} playing
 * @property {boolean} loop
 */

const PAUSE_AT_END = 0.9; // seconds a looping run rests at its end, so that it can be seen

/**
 * The clock `elapsed` seconds later.
 * @param {Clock} clock
 * @param {number} elapsed
 * @returns {Clock}
 */
export function advance(clock, elapsed) {
  if (!clock.playing) return clock;
  const rate = (clock.steps / clock.seconds) * clock.speed;
  const position = clock.position + elapsed * rate;
  if (position < clock.steps) return { ...clock, position };
  if (!clock.loop) return { ...clock, position: clock.steps, playing: false };
  const rested = position - clock.steps > PAUSE_AT_END * rate;
  return { ...clock, position: rested ? 0 : position };
}

/**
 * The clock of new data: the same fraction of the run, still playing if it was playing.
 * @param {Clock} clock
 * @param {number} steps
 * @param {number} seconds
 * @returns {Clock}
 */
export function carry(clock, steps, seconds) {
  const fraction = clock.steps > 0 ? Math.min(clock.position / clock.steps, 1) : 0;
  const place = fraction * steps;
  const position = clock.playing ? place : Math.round(place);
  return { ...clock, steps, seconds, position };
}

/**
 * Playing from where it stands, or from the start when it stands at the end.
 * @param {Clock} clock
 * @returns {Clock}
 */
export function play(clock) {
  return { ...clock, playing: true, position: clock.position >= clock.steps ? 0 : clock.position };
}

/**
 * Paused on a whole step: what is shown is a point the optimizer was at.
 * @param {Clock} clock
 * @returns {Clock}
 */
export function pause(clock) {
  return seek(clock, reached(clock));
}

/**
 * Paused at `step`, held inside the run.
 * @param {Clock} clock
 * @param {number} step
 * @returns {Clock}
 */
export function seek(clock, step) {
  const position = Math.min(Math.max(Math.round(step), 0), clock.steps);
  return { ...clock, playing: false, position };
}

/**
 * What is on screen, a fraction of a step included: a looping clock rests beyond the end.
 * @param {Clock} clock
 */
export function shown(clock) {
  return Math.min(clock.position, clock.steps);
}

/**
 * The last whole step that has been reached, sums of rounded frames forgiven.
 * @param {Clock} clock
 */
export function reached(clock) {
  return Math.floor(shown(clock) + 1e-9);
}
