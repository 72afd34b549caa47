// The three mounts of component.py and how they find each other.

const instances = new WeakMap(); // the element of a mount -> its player

/** The mount that carries the surface: keep it for the players that name it. */
function receiveGround({ data }) {
  keepGround(readGround(data));
}

/** The mount of a player: the first call makes it, every later one brings new data or a theme. */
function receiveScene(component) {
  const { parentElement } = component;
  if (!instances.has(parentElement)) instances.set(parentElement, new Player(parentElement));
  const player = instances.get(parentElement);
  player.receive(component);
  return () => {
    instances.delete(parentElement);
    player.destroy();
  };
}

/** The library's mount: open the shelf on which the other mounts find their code. */
export default function library() {
  const shelf = (globalThis[Symbol.for("optimizer-playground")] ??= {});
  shelf.ready ??= new Promise((resolve) => {
    shelf.open = resolve;
  });
  shelf.ground = receiveGround;
  shelf.player = receiveScene;
  shelf.open();
}
