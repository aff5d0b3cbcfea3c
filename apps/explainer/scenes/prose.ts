const terms: Readonly<Record<string, string>> = {
  query: "query",
  queries: "query",
  key: "key",
  keys: "key",
  value: "value",
  values: "value",
};

/** A paragraph: `*query*`, `*key*` and `*value*` get their colours, other `*…*` are words, `**…**` is strong. */
export function paragraph(text: string): HTMLParagraphElement {
  const result = document.createElement("p");
  for (const part of text.split(/(\*\*[^*]+\*\*|\*[^*]+\*)/)) {
    const strong = /^\*\*([^*]+)\*\*$/.exec(part);
    const term = /^\*([^*]+)\*$/.exec(part);
    if (strong) result.append(element("strong", strong[1]));
    else if (term) result.append(element("em", term[1], terms[term[1].toLowerCase()]));
    else result.append(part);
  }
  return result;
}

function element(name: string, text: string, kind = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind !== "") made.className = kind;
  return made;
}
