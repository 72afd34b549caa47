// The mistakes that a reader overlooks.  The globals are those the player really uses: a browser has
// hundreds more (`name`, `event`, `top` ...), and each of them hides a forgotten variable.

import js from "@eslint/js";

const known = (...names) => Object.fromEntries(names.map((name) => [name, "readonly"]));

const SHARED = known(
  "clearTimeout",
  "performance",
  "setTimeout",
  "TextDecoder",
  "atob",
  "btoa",
  "structuredClone",
);
const FRAME = [
  ...["AbortController", "URL", "document", "location", "navigator", "setTimeout"],
  ...["localStorage", "print", "window"],
  ...["Element", "Event", "MutationObserver", "PopStateEvent"],
];
const STREAMS = known("Blob", "DecompressionStream", "Response");
const BROWSER = known(
  ...["document", "getComputedStyle", "matchMedia", "HTMLElement", "innerHeight", "MouseEvent"],
  ...["cancelAnimationFrame", "requestAnimationFrame", "IntersectionObserver", "ResizeObserver"],
  ...["ImageData", "MutationObserver", "devicePixelRatio"],
  ...["AbortController", "URL", "addEventListener", "location", "removeEventListener"],
);

export default [
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "consistent-return": "error",
      "default-case-last": "error",
      eqeqeq: "error",
      "max-lines": ["error", 250],
      "max-lines-per-function": ["error", 45],
      "no-else-return": "error",
      "no-implicit-coercion": "error",
      "no-param-reassign": "error",
      "no-shadow": ["error", { builtinGlobals: true }],
      "no-unused-expressions": ["error", { allowShortCircuit: true }],
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "one-var": ["error", "never"],
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  {
    files: ["playground/player/js/*.js"],
    languageOptions: { globals: { ...SHARED, ...BROWSER, ...STREAMS } },
  },
  {
    files: ["playground/ui/js/*.js"],
    languageOptions: { globals: known(...FRAME) },
  },
  {
    files: ["tests/js/*.mjs"],
    languageOptions: {
      globals: {
        ...SHARED,
        ...known("Buffer", "Event", "EventTarget", "location", "process", "URL"),
      },
    },
  },
];
