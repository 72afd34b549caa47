// The grounds that have come, for the players that name them.

const grounds = new Map(); // id -> ground, the newest last
const waitingForGround = new Set();

/** Keep a ground for the players that name it; the last few, for those who go back. */
export function keepGround(ground) {
  grounds.delete(ground.id);
  grounds.set(ground.id, ground);
  while (grounds.size > 6) grounds.delete(grounds.keys().next().value);
  for (const player of waitingForGround) player.refresh();
}
