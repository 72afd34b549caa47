// Pure time: a clock is { position, steps, seconds, speed, playing, loop }; position is in steps.

const PAUSE_AT_END = 0.9; // seconds a looping run rests at its end, so that it can be seen

/** The clock `elapsed` seconds later. */
export function advance(clock, elapsed) {
  if (!clock.playing) return clock;
  const rate = (clock.steps / clock.seconds) * clock.speed;
  const position = clock.position + elapsed * rate;
  if (position < clock.steps) return { ...clock, position };
  if (!clock.loop) return { ...clock, position: clock.steps, playing: false };
  const rested = position - clock.steps > PAUSE_AT_END * rate;
  return { ...clock, position: rested ? 0 : position };
}

/** The clock of new data: the same fraction of the run, still playing if it was playing. */
export function carry(clock, steps, seconds) {
  const fraction = clock.steps > 0 ? Math.min(clock.position / clock.steps, 1) : 0;
  const place = fraction * steps;
  const position = clock.playing ? place : Math.round(place);
  return { ...clock, steps, seconds, position };
}

/** Playing from where it stands, or from the start when it stands at the end. */
export function play(clock) {
  return { ...clock, playing: true, position: clock.position >= clock.steps ? 0 : clock.position };
}

/** Paused on a whole step: what is shown is a point the optimizer was at. */
export function pause(clock) {
  return seek(clock, Math.floor(shown(clock) + 1e-9));
}

/** Paused at `step`, held inside the run. */
export function seek(clock, step) {
  const position = Math.min(Math.max(Math.round(step), 0), clock.steps);
  return { ...clock, playing: false, position };
}

/** What is on screen: a looping clock rests beyond the end. */
export function shown(clock) {
  return Math.min(clock.position, clock.steps);
}
