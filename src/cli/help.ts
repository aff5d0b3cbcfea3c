import { laws } from "../testing/index.js";

export const overview = `Usage: npx qkv <command>

  check <file>   checks the attention function of a file against the laws of attention
  selftest       checks qkv itself on this machine: every engine, and the bits of its results
  laws           lists the laws

  --help, --version; npx qkv <command> --help tells more. https://www.npmjs.com/package/qkv
`;

const reporters = `  --reporter <name>      pretty (default), json, junit or github; name=file writes to a file,
                         and may be repeated: --reporter github --reporter junit=qkv.xml`;

const exitCodes = `Exit code: 0 all laws that apply hold, 1 one is broken, 2 it could not be checked.`;

export const checkHelp = `Usage: npx qkv check <file> [flags]

Calls the function of a module (ESM, CommonJS, or TypeScript where Node runs it) with small problems, and
says which laws of attention it breaks, with a small counterexample as code.

  // my-attention.js
  export function attention(query, key, value, { mask, causal }) { … }  // { data, shape, stride }
  export const supports = { mask: "allow", causal: "square" };          // what may be asked of it

  --export <name>        the function, where the module has several
  --supports <json>      goes before the module's own supports: --supports '{"causal":"square"}'
  --only <ids>           laws to check, with commas between them; npx qkv laws lists them
  --skip <ids>           laws to leave out
  --dtype <names>        float32, float64, or both with a comma
  --seed <n>             other numbers; default 1
  --runs <n>             cases of each law, the smallest first; default 60
  --budget <time>        for everything, such as 30s; default no limit
  --timeout <time>       for one call; default 5s
${reporters}

It runs in a process of its own: a call that hangs, throws, or ends the process is a finding.
${exitCodes}
`;

export const selftestHelp = `Usage: npx qkv selftest [flags]

Checks every engine of qkv that runs on this machine against all laws, and compares the bits of its golden
problems with the published hashes.

  --seed <n>             other numbers; default 1
  --runs <n>             cases of each law; default 60
${reporters}

${exitCodes}
`;

export const lawsHelp = `Usage: npx qkv laws [ids]

Lists the laws with their equations: all, or those that are named.
`;

/** The laws with their equations. */
export function lawsText(ids: readonly string[]): string {
  return laws
    .filter(({ id }) => ids.includes(id))
    .map(({ id, name, equation }) => `${id}\n  ${name}\n  ${equation}\n`)
    .join("\n");
}
