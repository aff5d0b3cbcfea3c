import { foreignNames, type ForeignNames } from "./foreignNames.js";
import { table, type WrongCall } from "./table.js";

const intro = `# Errors

Wrong input is refused before any arithmetic, with an error that says which function, which argument,
what was expected, what came (all shapes), and where there is one the way out:

> function(): argument: expected …; got …. Fix: ….

A \`TypeError\` is the wrong kind of thing: no tensor, a numeric mask, mixed precisions, an option that
does not exist. A \`RangeError\` is the right kind with an impossible value: shapes that do not fit,
lengths out of range, \`causal: true\` with L ≠ S. Nothing that several libraries read differently is
guessed: the message shows the readings and what to write for each.

Surplus arguments are an error, like options that do not exist: they would be ignored, and what they ask for
with them. A function of one argument may be given to \`map\`, which passes an index and a list behind each
element: \`tensors.map(toNested)\`. All others need a function around them; in \`tensors.map(splitHeads)\` the
index would be the number of heads. \`masks.and\`, \`masks.or\` and \`biases.sum\` take any number.

Of options only own properties count, as in \`{ ...options }\`: what \`Object.prototype\` or a class holds is no option.

Values are no errors: NaN and ±Infinity in inputs have a defined meaning, and in blocked keys and
values they are not even read. Only \`emptyRow: "throw"\`, and a function of \`masks.where\` or \`biases.where\`
whose answer is no boolean or number, are met on the way.

The calls below are run by a test, which compares the whole message. They mention

\`\`\`text
x      zeros([5, 4])          one head: L = S = 5, D = 4
q      zeros([2, 3, 5, 4])    B = 2 batch entries, H = 3 heads, L = 5 queries
k, v   zeros([2, 3, 7, 4])    S = 7 keys
layer  { heads: 2, inProjWeight: zeros([12, 4]), outWeight: zeros([4, 4]) }
state  { in_proj_weight: zeros([12, 4]), "out_proj.weight": zeros([4, 4]) }
\`\`\`
`;

/** docs/errors.md, written from the table. */
export function errorsPage(): string {
  const sections = table.map(({ title, rows }) =>
    [
      `## ${title}\n`,
      "<!-- prettier-ignore -->",
      "| you wrote | it says | because |",
      "| --- | --- | --- |",
      ...rows.map(tableRow),
      "",
    ].join("\n"),
  );
  return [intro, ...sections, foreignIntro, ...foreignNames.map(foreignTable)].join("\n");
}

const foreignIntro = `## Names of other libraries

An option of another library is refused with what it is here. A name counts in any spelling: \`isCausal\` is
\`is_causal\`. Where a name is close to one that the function has, that one is named.
`;

function foreignTable({ fn, argument, names }: ForeignNames): string {
  return [
    `### ${fn}, ${code(argument)}\n`,
    "<!-- prettier-ignore -->",
    "| elsewhere | here |",
    "| --- | --- |",
    ...Object.entries(names).map(([hint, list]) => {
      return `| ${list.split(" ").map(code).join(", ")} | ${hint.replaceAll("|", "\\|")} |`;
    }),
    "",
  ].join("\n");
}

function tableRow({ wrote, type, message, why }: WrongCall): string {
  return `| ${code(wrote)} | ${type.name}: ${code(message)} | ${why} |`;
}

/** Text as code of a table cell; double backticks where it contains one. */
function code(text: string): string {
  const escaped = text.replaceAll("|", "\\|");
  return escaped.includes("`") ? `\`\` ${escaped} \`\`` : `\`${escaped}\``;
}
