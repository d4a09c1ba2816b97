import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PRESETS } from "../../src/config/presets.ts";
import { environment } from "../../src/config/schema.ts";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { priceChoices } from "../../src/cost/choices.ts";
import { COMPONENTS } from "../../src/cost/finding.ts";

/** The cost summary of the architecture document (2025-12-26), USD a month: dev, prod. */
const DOCUMENT = [
  ["~$6", "~$50-100"],
  ["~$13", "~$100-200"],
  ["~$12", "~$50-100"],
  ["~$35", "~$105"],
  ["~$20", "~$20"],
  ["~$2", "~$20-50"],
  ["~$10", "~$20"],
  ["~$98", "~$365-595"],
];

const prices = await loadPricesFor(["us-east-1"]);

/** What astro says of a preset in us-east-1: a figure a component, then the total. */
function ours(preset: "dev" | "prod"): readonly string[] {
  const cost = priceChoices(preset, environment.parse({ region: "us-east-1", ...PRESETS[preset].values }), prices);
  return [...cost.components.map(({ monthly }) => monthly), cost.monthlyTotal].map((usd) => `$${usd.toFixed(2)}`);
}

/** The rows of the README's table: component, document and astro for dev, then for prod, and why they differ. */
const rows = readFileSync("README.md", "utf8")
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.replaceAll("*", "").trim()))
  .filter(([, name = ""]) => [...COMPONENTS, "Total"].includes(name))
  .map((cells) => cells.slice(1, -1));

describe("the README's comparison with the architecture document", () => {
  it("has a row for each component and the total, with the document's figures and why ours differ", () => {
    expect(rows.map(([name]) => name)).toEqual([...COMPONENTS, "Total"]);
    expect(rows.map(([, dev, , prod]) => [dev, prod])).toEqual(DOCUMENT);
    expect(rows.slice(0, -1).filter(([, , , , , why = ""]) => why.length < 10)).toEqual([]);
  });

  it("has the figures that astro cost prints today", () => {
    expect(rows.map(([, , dev]) => dev)).toEqual(ours("dev"));
    expect(rows.map(([, , , , prod]) => prod)).toEqual(ours("prod"));
  });

  it("ends near the document's dev total, and inside or below its range for prod", () => {
    const [dev = "", prod = ""] = [ours("dev").at(-1), ours("prod").at(-1)].map((text = "") => text.slice(1));
    expect(Math.abs(Number(dev) - 98)).toBeLessThan(5);
    expect(Number(prod)).toBeLessThan(595);
  });
});
