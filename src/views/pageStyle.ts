/** The style of a page that is saved: on a screen, and on paper. */
export const pageStyle = `
:root { color-scheme: light dark }
* { box-sizing: border-box }
body { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem; color: var(--qkv-ink); background: var(--qkv-ground) }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25 }
h2 { margin: 0; font-size: 1.2rem; line-height: 1.3 }
h1 + article > h2 { margin-top: 1.25rem }
article + article { margin-top: 2.5rem; padding-top: 2rem; border-top: 1px solid var(--qkv-line) }
.of { margin: .25rem 0; color: var(--qkv-soft) }
.badges { display: flex; flex-wrap: wrap; gap: .4rem; margin: .5rem 0; padding: 0; list-style: none }
.badges li { padding: 0 .6rem; border: 1px solid var(--qkv-line); border-radius: 1rem; font-size: .875rem }
figure { margin: 1.25rem 0 }
svg { display: block; max-width: 100%; height: auto }
figcaption { max-width: 38rem; margin-top: 1rem }
summary { width: max-content; color: var(--qkv-soft); cursor: pointer }
.numbers { overflow-x: auto }
table { margin-top: .5rem; border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums }
th, td { padding: .25rem 1rem .25rem 0; border-bottom: 1px solid var(--qkv-line); text-align: start; font-weight: 400 }
thead th { color: var(--qkv-soft) }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--qkv-line); font-size: .875rem; color: var(--qkv-soft) }
footer p { margin: .25rem 0; overflow-wrap: anywhere }
a { color: var(--qkv-query) }
:focus-visible { outline: 2px solid var(--qkv-query); outline-offset: 3px }
@page { margin: 18mm }
@media print {
  :root { color-scheme: light }
  body { max-width: none; padding: 0; font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact }
  h1, h2 { break-after: avoid }
  figure, tr { break-inside: avoid }
  article + article { break-before: page; margin: 0; padding: 0; border: 0 }
  summary { list-style: none }
  .numbers { overflow: visible }
  a::after { content: " (" attr(href) ")"; color: var(--qkv-soft) }
}
`;
