const terms: Readonly<Record<string, string>> = {
  query: "query",
  queries: "query",
  key: "key",
  keys: "key",
  value: "value",
  values: "value",
};

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * A paragraph as HTML: `*query*`, `*key*` and `*value*` get their colours, other `*…*` are words of the sentence,
 * `**…**` is strong. All else is text, whatever is in it.
 */
export function proseOf(text: string): string {
  const parts = text.split(/(\*\*[^*]+\*\*|\*[^*]+\*)/).map((part) => {
    const strong = /^\*\*([^*]+)\*\*$/.exec(part);
    if (strong) return `<strong>${escaped(strong[1])}</strong>`;
    const word = /^\*([^*]+)\*$/.exec(part);
    if (!word) return escaped(part);
    const term = terms[word[1].toLowerCase()];
    return term
      ? `<em class="${term}">${escaped(word[1])}</em>`
      : `<em dir="auto">${escaped(word[1])}</em>`;
  });
  return `<p>${parts.join("")}</p>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (it) => escapes[it]);
}
