// The part of a browser's window to which the modules listen, for a place without one.

const target = new EventTarget();

globalThis.addEventListener = target.addEventListener.bind(target);
globalThis.removeEventListener = target.removeEventListener.bind(target);
globalThis.dispatchEvent = target.dispatchEvent.bind(target);
