import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds in a page: the rule, and the elements. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`if (!window.axe) { ${axe} }`);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(): Promise<{
          violations: { id: string; nodes: { html: string; target: string[] }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => {
      // A name that is cut where there is no room is whole in what its mark is called.
      const whole = nodes.filter(
        ({ target }) =>
          id !== "label-content-name-mismatch" ||
          !document.querySelector(target.join(" "))?.textContent.includes("…"),
      );
      return whole.length === 0 ? [] : [`${id}: ${whole.map(({ html }) => html).join(" ")}`];
    });
  });
}
