// How it looks. The box begins anew (`all: initial`), so that no rule of the host's page reaches inside
// by inheritance; only the typeface and the colour of text are the page's own, because what lies behind
// them is. Everything that a host may want otherwise is a custom property. Sizes are in `em` of the box, because pages make `rem` what they like.

const STYLES = `
:host { display: inline-block; max-inline-size: 100%; margin-block: .25rem; }
:host(jugnu-tickets-list) { display: block; }
:host([hidden]), :host(:not(:defined)) { display: none; }
.box, .box * { box-sizing: border-box; }
.box {
  all: initial;
  display: block;
  color: var(--jugnu-ink, inherit);
  font: 400 max(1rem, 16px)/1.4 system-ui, sans-serif;
  font-family: var(--jugnu-font, inherit);
  text-align: start;
  overflow-wrap: anywhere;
}
a { color: inherit; -webkit-tap-highlight-color: transparent; }
a:focus-visible { outline: 3px solid var(--jugnu-focus, currentColor); outline-offset: 3px; }
small { font-size: .8125em; font-weight: 400; white-space: nowrap; }
[part=button] {
  display: inline-flex; flex-wrap: wrap; align-items: center; gap: .125em 1em;
  min-block-size: 3em; padding: .5em 1.25em; border: 2px solid transparent;
  border-radius: var(--jugnu-radius, .75em);
  background: var(--jugnu-accent, #f6a91c); color: var(--jugnu-on-accent, #231a08);
  text-decoration: none; transition: background-color .15s, box-shadow .15s;
}
[part=button]:focus-visible { outline-color: var(--jugnu-focus, #7f4c00); box-shadow: 0 0 0 3px #fffdfa; }
[part=action] { font-weight: 650; }
[part=list] { list-style: none; margin: 0; padding: 0; }
[part=item] {
  position: relative; display: grid; grid-template-columns: 1fr auto; gap: .125em 1em;
  padding: .875em 0; border-block-end: 1px solid color-mix(in srgb, currentColor 18%, transparent);
}
[part=item]:last-child { border-block-end: 0; }
[part=link] { font-weight: 650; text-decoration: none; border-radius: .25em; }
[part=link]::after { content: ""; position: absolute; inset: 0; }
[part=facts] { grid-column: 1; font-size: .9375em; }
[part=when], [part=place] { display: block; }
[part=item] [part=price] { grid-area: 1 / 2 / span 2; text-align: end; font-weight: 600; font-variant-numeric: tabular-nums; }
[part=item] small { display: block; }
.heard { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (hover: hover) {
  [part=button]:hover { background: var(--jugnu-accent-hover, #ffb938); box-shadow: 0 2px 8px rgb(60 45 20 / 18%); }
  [part=item]:hover [part=title] { text-decoration: underline; text-underline-offset: .2em; }
}
@media (forced-colors: active) { [part=button] { border-color: LinkText; } }
@media (prefers-reduced-motion: reduce) { [part=button] { transition: none; } }
`;

let sheet: CSSStyleSheet | undefined;

/** Dresses a shadow root. A browser too old for style sheets made by a script shows plain links. */
export function look(root: ShadowRoot): void {
  if (!("adoptedStyleSheets" in root)) return;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
  }
  root.adoptedStyleSheets = [sheet];
}
