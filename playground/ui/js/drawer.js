// The drawer of a phone, which covers the page: it closes when a page is chosen in it.

const DRAWER = Symbol.for("optimizer-playground-drawer");
const COVERS = 768; // pixels: up to so wide a window the drawer lies over the page
const LINK = "[data-testid=stSidebarNavLink]";
const CLOSE = "[data-testid=stSidebarCollapseButton] button";

/** @param {Window & Record<symbol, boolean>} view */
export function closeWithChoice(view) {
  if (view[DRAWER]) return;
  view[DRAWER] = true;
  view.document.addEventListener("click", (event) => {
    const pressed = /** @type {HTMLElement | null} */ (event.target);
    if (view.innerWidth > COVERS || !pressed?.closest?.(LINK)) return;
    const button = /** @type {HTMLElement | null} */ (view.document.querySelector(CLOSE));
    view.setTimeout(() => button?.click()); // the choice first
  });
}
