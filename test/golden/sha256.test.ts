import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/golden/sha256.js";

describe("sha256", () => {
  it("gives the hashes of Node's crypto module, around the edges of a block", () => {
    for (const length of [0, 1, 3, 54, 55, 56, 57, 63, 64, 65, 119, 120, 121, 1000, 4097]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 167 + 13) & 255);
      expect(sha256(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });
});
