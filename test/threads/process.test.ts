import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { builtFolder } from "./build.js";

let entry: string;
beforeAll(async () => {
  const file = join(await builtFolder(), "threads.node.js");
  entry = JSON.stringify(pathToFileURL(file).href);
});

/** Runs a program that has made an engine; returns what it prints, and how it ends. */
async function run(program: string): Promise<{ stdout: string; code: number }> {
  const code = `
    const { createThreadedEngine } = await import(${entry});
    const create = (threads) => createThreadedEngine({ threads });
    const x = [[1, 0], [0, 2]];
    ${program}`;
  const args = ["--input-type=module", "--eval", code];
  const options = { timeout: 20_000 };
  return promisify(execFile)(process.execPath, args, options).then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: { stdout: string; code: number }) => ({ stdout: error.stdout, code: error.code }),
  );
}

describe("a program", () => {
  it("ends without close()", async () => {
    const program = `
      const engine = await create(2);
      console.log((await engine.attention(x, x, x)).data[3].toFixed(2));`;
    expect(await run(program)).toEqual({ stdout: "1.89\n", code: 0 });
  });

  it("ends without a call", async () => {
    expect(await run(`await create(2); console.log("made");`)).toEqual({
      stdout: "made\n",
      code: 0,
    });
  });

  it("stays for calls that are not done", async () => {
    const program = `
      const engine = await create(2);
      const data = new Float32Array(400 * 64);
      const q = { data, shape: [400, 64], stride: [64, 1], offset: 0 };
      engine.attention(q, q, q).then(() => console.log("done"));`;
    expect(await run(program)).toEqual({ stdout: "done\n", code: 0 });
  });

  it("has no worker left after close()", async () => {
    const program = `
      const engine = await create(3);
      const handles = () => process.getActiveResourcesInfo().filter((name) => name === "MessagePort" || name === "Worker").length;
      const data = new Float32Array(4000 * 64);
      const q = { data, shape: [4000, 64], stride: [64, 1], offset: 0 };
      const call = engine.attention(q, q, q).catch(({ message }) => message);
      const during = handles();
      await engine.close();
      console.log(during > 0, handles(), (await call).split(";")[0]);`;
    expect(await run(program)).toEqual({
      stdout: "true 0 attention(): engine: expected an open one\n",
      code: 0,
    });
  });

  it("ends with the error of a call", async () => {
    const program = `
      const engine = await create(1);
      await engine.attention(x, x, x, { isCausal: true });`;
    expect((await run(program)).code).toBe(1);
  });
});
