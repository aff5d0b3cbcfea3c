import { select } from "d3-selection";
import { clip, inside, percent } from "../format.js";
import { textWidth, type Context, type Picture } from "./context.js";

/** Marks the row of the word that looks, in a picture that is there. */
export function markRow(svg: SVGSVGElement, word: number): void {
  select(svg)
    .selectAll<SVGGElement, { index: number }>("g.query")
    .attr("class", ({ index }) => (index === word ? "query chosen" : "query"))
    .attr("aria-pressed", ({ index }) => String(index === word));
}

/** All pairs: a row for each word that looks, a column for each word that is looked at. */
export function matrix({ svg, width, reading, state, choose, tell }: Context): Picture {
  const { words, where } = reading;
  const { queries, keys, weights, entropy, normalizedEntropy } = reading.matrix;
  const count = keys.length;
  const longest = Math.max(...queries.map(({ text }) => textWidth(text, 14)));
  const left = Math.min(width * 0.3, longest + 14);
  const right = Math.min(118, width * 0.3);
  const cell = Math.max(16, Math.min(104, (width - left - right) / count));
  const high = Math.min(56, Math.max(cell, Math.min(28, 12 + cell)));
  const top = cell >= 40 && longest < cell + 18 ? 30 : Math.min(longest, 110) + 16;
  const slanted = top !== 30;
  const whole = Math.max(width, left + cell * count + right);
  const height = top + high * count + 10;
  svg.attr("viewBox", `0 0 ${whole} ${height}`).attr("width", whole).attr("height", height);
  const most = Math.max(...weights.flat().filter((weight) => !Number.isNaN(weight)), 1e-9);

  svg
    .selectAll("text.column")
    .data(keys)
    .join("text")
    .attr("class", slanted ? "column slanted" : "column")
    .attr("transform", (_, j) => {
      const x = left + (j + 0.5) * cell;
      return slanted
        ? `translate(${x + 4}, ${top - 8}) rotate(-60)`
        : `translate(${x}, ${top - 10})`;
    })
    .text(({ text }) => clip(text, 14));
  svg
    .append("text")
    .attr("class", "column entropy")
    .attr("x", left + cell * count + 10)
    .attr("y", top - 10)
    .text("spread");

  const rows = svg
    .selectAll("g.query")
    .data(queries)
    .join("g")
    .attr("class", ({ index }) => (index === state.word ? "query chosen" : "query"))
    .attr("transform", (_, i) => `translate(0, ${top + i * high})`)
    .attr("role", "button")
    .attr("tabindex", 0)
    .attr("aria-pressed", ({ index }) => String(index === state.word))
    .attr("aria-description", ({ index }) => {
      const row = weights[index];
      const first = row.indexOf(Math.max(...row));
      const mostly = first < 0 ? "nothing" : `${keys[first].text}, ${percent(row[first])}`;
      return `mostly ${mostly}; spread ${percent(normalizedEntropy[index])}`;
    })
    .on("click", (_, { index }) => choose(index))
    .on("keydown", (event: KeyboardEvent, { index }) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(index);
    });
  rows
    .append("rect")
    .attr("class", "hit")
    .attr("width", left + cell * count + right)
    .attr("height", high);
  rows
    .append("text")
    .attr("class", "label")
    .attr("x", left - 10)
    .attr("y", high / 2)
    .text(({ text }) => clip(text, Math.floor((left - 10) / 9.5)));
  const pairs = (query: (typeof queries)[number]) =>
    keys.map((key) => ({ query, key, weight: weights[query.index][key.index] }));
  rows
    .selectAll("rect.cell")
    .data(pairs)
    .join("rect")
    .attr("class", "cell")
    .attr("x", ({ key }) => left + key.index * cell)
    .attr("width", cell - 1.5)
    .attr("height", high - 1.5)
    .attr("rx", Math.min(3, cell / 8))
    .attr("fill-opacity", ({ weight }) => (weight / most) * 0.96 + 0.02);
  if (cell >= 38) {
    rows
      .selectAll("text.share")
      .data(pairs)
      .join("text")
      .attr("class", ({ weight }) => (weight / most > 0.72 ? "share strong" : "share"))
      .attr("x", ({ key }) => left + (key.index + 0.5) * cell)
      .attr("y", high / 2)
      .text(({ weight }) => (weight === 0 ? "·" : Math.round(weight * 100)));
  }
  // One listener for all pairs: there may be 16384.
  svg.on("pointerover", ({ target }: PointerEvent) => {
    const pair = select<Element, Partial<ReturnType<typeof pairs>[number]>>(
      target as Element,
    ).datum();
    const { query, key, weight } = pair ?? {};
    if (query === undefined || key === undefined) return;
    tell(
      `${inside(query.text)} → ${inside(key.text)}: ${percent(weight!)}${reasonOf(query.index, key.index)}`,
    );
  });
  const spread = rows.append("g").attr("transform", `translate(${left + cell * count + 10}, 0)`);
  spread
    .append("rect")
    .attr("class", "spread")
    .attr("y", high / 2 - 4)
    .attr("height", 8)
    .attr("width", ({ index }) => Math.max(1, (right - 58) * normalizedEntropy[index]));
  spread
    .append("text")
    .attr("class", "number")
    .attr("x", ({ index }) => (right - 58) * normalizedEntropy[index] + 6)
    .attr("y", high / 2)
    .text(({ index }) => percent(normalizedEntropy[index]));

  return {
    title: "What every word attends to",
    caption:
      `In ${where}. ${cell >= 38 ? "Numbers are per cent; a" : "A"} row adds up to 100 %. Beside each row how widely ` +
      `it is spread: its entropy, 100 % if the row is even on all its words and 0 % if it is on one. Choose a row to ` +
      `make it the word that looks.`,
    table: () => ({
      columns: ["Word", ...keys.map(({ text }) => text), "Entropy", "Spread"],
      rows: queries.map(({ text, index }) => [
        text,
        ...weights[index].map(percent),
        `${entropy[index].toFixed(2)} bit`,
        percent(normalizedEntropy[index]),
      ]),
    }),
    data: () => ({ where, rows: words.tidy(), entropy, normalizedEntropy }),
  };

  function reasonOf(i: number, j: number): string {
    const { blocked, reasons } = words.why(i, j);
    return blocked ? `, blocked: ${reasons[0].text}` : "";
  }
}
