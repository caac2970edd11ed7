// The signs, drawn here: one line weight, one size of grid. An answer's sign says the same as its word and
// its colour, each by itself.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  // Answers: filled shapes that differ in outline, so that they are told apart without colour.
  valid: '<circle cx="24" cy="24" r="22" class="fill"/><path d="M13.500 24.500l7.200 7.300L35 17" class="cut"/>',
  used: '<path d="M15 2h18l13 13v18L33 46H15L2 33V15z" class="fill"/><path d="M24 12.500V25l8 5" class="cut"/>',
  stop: '<path d="M15 2h18l13 13v18L33 46H15L2 33V15z" class="fill"/><path d="M15.500 15.500l17 17m0-17l-17 17" class="cut"/>',
  door: '<path d="M24 1l23 23-23 23L1 24z" class="fill"/><path d="M15 28v-3.500a4 4 0 014-4h13m-5.500-6l6 6-6 6" class="cut"/>',
  clock: '<rect x="3" y="3" width="42" height="42" rx="9" class="fill"/><path d="M24 12.500V24.500l7.500 5" class="cut"/>',
  unknown: '<path d="M24 2.500L46.500 43h-45z" class="fill"/><path d="M24 17.500v12M24 36v.6" class="cut"/>',
  undone: '<circle cx="24" cy="24" r="22" class="fill"/><path d="M16.500 13.500l-5 5 5 5M12 18.500h15a7.500 7.500 0 010 15h-9" class="cut"/>',
  // Buttons.
  keys: '<rect x="4" y="12" width="40" height="26" rx="4"/><path d="M12 20h.1M20 20h.1M28 20h.1M36 20h.1M12 26h.1M20 26h.1M28 26h.1M36 26h.1M16 32.500h16"/>',
  search: '<circle cx="21" cy="21" r="13"/><path d="M31 31l11 11"/>',
  history: '<path d="M8 10v9h9"/><path d="M9 18.500A17 17 0 117.500 27M24 15v10l7 4"/>',
  more: '<path d="M6 14h21M37 14h5M6 34h5M21 34h21"/><circle cx="32" cy="14" r="5"/><circle cx="16" cy="34" r="5"/>',
  torch: '<path d="M17 4h14l-2 12h7L19 44l4-20h-8z"/>',
  flip: '<path d="M6 18a18.500 18.500 0 0133-5.500M42 30a18.500 18.500 0 01-33 5.500M40 4v9h-9M8 44v-9h9"/>',
  zoom: '<circle cx="21" cy="21" r="13"/><path d="M31 31l11 11M21 15.500v11M15.500 21h11"/>',
  camera: '<path d="M6 15h8l3.500-5h13L34 15h8a2 2 0 012 2v20a2 2 0 01-2 2H6a2 2 0 01-2-2V17a2 2 0 012-2z"/><circle cx="24" cy="26" r="7.500"/>',
  back: '<path d="M29 8L13 24l16 16"/>',
  warn: '<path d="M24 6l20 35H4z"/><path d="M24 19v11M24 35.400v.2"/>',
  lock: '<rect x="9" y="21" width="30" height="22" rx="4"/><path d="M15 21v-6a9 9 0 0118 0v6"/>',
} as const;

/** A sign's name. */
export type Icon = keyof typeof PATHS;

/** A sign, hidden from those who hear the page: the word beside it says it. */
export function icon(name: Icon): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 48 48");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  // Our own constant, never anybody's text.
  svg.innerHTML = PATHS[name];
  return svg;
}
