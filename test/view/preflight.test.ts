import { describe, expect, it } from "vitest";
import { command } from "../../src/command-line.ts";
import type { Hint } from "../../src/errors.ts";
import type { PreflightFinding } from "../../src/preflight/finding.ts";
import { renderBrief, renderPreflight } from "../../src/view/preflight.ts";
import type { Header } from "../../src/view/view.ts";
import { paper } from "./screen.ts";

const HEADER: Header = { command: "doctor", environment: "dev", region: "us-east-1", account: "123456789012" };
const NEXT = { text: "fix the problems above, then run", command: command`astro doctor --env dev` };
const MORE = { text: "all of it", command: command`astro doctor` };
const finding = (
  code: PreflightFinding["code"],
  outcome: "ok" | "problem" | "not-checked",
  words: string,
  ...hints: readonly Hint[]
): PreflightFinding => ({
  code,
  outcome,
  words,
  document: "a document",
  ...(hints.length > 0 && { fix: { hints } }),
});

const FINDINGS: readonly PreflightFinding[] = [
  {
    code: "clock",
    outcome: "warning",
    warning: { type: "clock-off", seconds: 720, clock: "behind" },
    document: "a document",
    fix: { hints: [{ text: "synchronise the system clock (NTP)" }] },
  },
  finding(
    "names",
    "problem",
    "LogGroup /shop/dev/api is there already, and no stack of this environment knows it",
    {
      text: "delete it (its log lines are lost)",
      command: command`astro provision --env dev --delete-leftover LogGroup`,
    },
    { text: "or rename it in the app" },
  ),
  finding("clock", "ok", "agrees with AWS's"),
  finding("image", "not-checked", "these credentials do not allow ecr:BatchGetImage"),
];

describe("what preflight found", () => {
  it("is what needs doing last, each with its fix below, then the next command", () => {
    expect(renderPreflight(FINDINGS, HEADER, paper(), NEXT)).toMatchInlineSnapshot(`
      " dev in us-east-1: 1 problem, 1 warning, 1 not checked, 1 good
         account 1234…9012
       ✔ good        clock         agrees with AWS's
       ? not checked image         these credentials do not allow ecr:BatchGetImage
       ! warning     clock         12 min behind AWS's; past 5 minutes AWS refuses
                                   what other tools sign
                                   → synchronise the system clock (NTP)
       ✖ problem     names         LogGroup /shop/dev/api is there already, and no
                                   stack of this environment knows it
                                   → delete it (its log lines are lost):
                                     astro provision --env dev --delete-leftover
                                     LogGroup
                                     or rename it in the app
         Next        fix the problems above, then run:  astro doctor --env dev
      "
    `);
  });

  it("reads without colour and Unicode too", () => {
    expect(renderPreflight(FINDINGS, HEADER, paper({ unicode: false }), NEXT)).toMatch(/^[ -~\n]*$/);
  });

  it("is one line before a provisioning if all is well", () => {
    const well = FINDINGS.filter(({ outcome }) => outcome === "ok");
    expect(renderBrief(well, paper(), MORE, false)).toBe(" ✔ checked: 1 good\n");
  });

  it("is warnings alone then, and problems where one is asked what to do about them", () => {
    const brief = renderBrief(FINDINGS, paper(), MORE, false);
    expect(brief.split("\n")[0]).toBe(
      " ✖ checked: 1 problem, 1 warning, 1 not checked, 1 good  (all of it:  astro doctor)",
    );
    expect(brief).toContain("! warning");
    expect(brief).not.toContain("✖ problem");
    expect(renderBrief(FINDINGS, paper(), MORE, true)).toContain("✖ problem");
  });
});
