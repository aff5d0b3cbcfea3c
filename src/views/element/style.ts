/// <reference lib="dom" />

import { themable } from "../theme.js";
import { fontFamily } from "../toSvg.js";

const [ink, soft, line, ground, query] = (["ink", "soft", "line", "ground", "query"] as const).map(
  themable,
);

const rules = `
:host {
  display: block;
  padding: 1rem;
  font: 1rem/1.5 ${fontFamily};
  color: ${ink};
  background: ${ground};
  border-radius: .5rem;
}
:host([hidden]), [hidden] { display: none !important }
* { box-sizing: border-box }
figure, ul, p { margin: 0; padding: 0 }
[part="title"] { font-size: 1.25rem; font-weight: 600; line-height: 1.3 }
[part="subtitle"] { color: ${soft} }
[part="badges"] { display: flex; flex-wrap: wrap; gap: .4rem; margin-top: .4rem; list-style: none }
[part="badges"] li { padding: 0 .6rem; border: 1px solid ${line}; border-radius: 1rem; font-size: .875rem }
/* It takes the room that there is, and asks for none. */
[part="picture"] { margin-top: 1rem; contain: inline-size }
svg { display: block; max-inline-size: 100%; block-size: auto; overflow: visible }
.wide { overflow-x: auto }
.wide svg { max-inline-size: none }
[part="pointed"] { min-height: 1.5em; color: ${soft}; font-size: .875rem }
[part="caption"] { max-width: 38rem }
[part="error"] { padding: .5rem 1rem; border-inline-start: .25rem solid }
details { margin-top: .75rem }
summary { width: max-content; color: ${soft}; cursor: pointer }
[part="numbers"] { max-block-size: 24rem; overflow: auto }
table { margin-top: .5rem; border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums }
th, td { padding: .25rem 1rem .25rem 0; border-bottom: 1px solid ${line}; text-align: start; font-weight: 400 }
thead th { color: ${soft} }
.controls { display: grid; gap: .75rem; margin-bottom: 1.25rem }
.tablist, .radiogroup, .menus { display: flex; flex-wrap: wrap; gap: .4rem }
.tablist { border-bottom: 1px solid ${line} }
.menus { gap: 1rem }
.menus:not(:has(label:not([hidden]))) { display: none }
button, select { min-height: 2rem; font: inherit; color: inherit; background: ${ground}; border: 1px solid ${line}; border-radius: .375rem }
button { padding: 0 .7rem; cursor: pointer }
select { padding: 0 .4rem }
[role="tab"] { margin-bottom: -1px; background: none; border-color: transparent; border-radius: 0; color: ${soft} }
[role="tab"][aria-selected="true"] { color: inherit; font-weight: 600; border-bottom: 3px solid ${query} }
[role="radio"][aria-checked="true"] { font-weight: 600; border-color: ${query}; box-shadow: inset 0 0 0 1px ${query} }
:focus-visible { outline: 2px solid ${query}; outline-offset: 2px }
@media (forced-colors: active) {
  /* Before the page's own colours: a reader asked for these. */
  :host {
    color-scheme: light dark;
    --qkv-ink: CanvasText !important;
    --qkv-soft: CanvasText !important;
    --qkv-line: CanvasText !important;
    --qkv-ground: Canvas !important;
    --qkv-query: Highlight !important;
    border: 1px solid;
  }
  svg { forced-color-adjust: none }
  [role="tab"][aria-selected="true"], [role="radio"][aria-checked="true"] {
    forced-color-adjust: none;
    color: HighlightText;
    background: Highlight;
  }
}
`;

let sheet: CSSStyleSheet | undefined;

/** Made once, by the script: a policy without 'unsafe-inline' allows that. */
export function style(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
  }
  return sheet;
}
