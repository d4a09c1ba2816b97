import { describe, expect, it } from "vitest";
import type { PreflightFinding } from "../../src/preflight/finding.ts";
import { renderBrief, renderPreflight } from "../../src/view/preflight.ts";
import type { Header } from "../../src/view/view.ts";
import { paper } from "./screen.ts";

const HEADER: Header = { command: "doctor", environment: "dev", region: "us-east-1", account: "123456789012" };
const NEXT = "fix the problems above, then  astro doctor --env dev";
const finding = (
  code: PreflightFinding["code"],
  outcome: PreflightFinding["outcome"],
  words: string,
  fix?: string,
): PreflightFinding => ({
  code,
  outcome,
  words,
  document: "a document",
  ...(fix !== undefined && { fix: { words: fix } }),
});

const FINDINGS: readonly PreflightFinding[] = [
  finding(
    "account",
    "warning",
    "us-east-1 of account 123456789012: any other would do as well",
    "pin it in astro.yaml",
  ),
  finding(
    "names",
    "problem",
    "LogGroup /shop/dev/api is there already, and no stack of this environment knows it",
    "delete it (its log lines are lost):  astro provision --env dev --delete-leftover LogGroup\nor rename it in the app",
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
       ! warning     account       us-east-1 of account 123456789012: any other would
                                   do as well
                                   → pin it in astro.yaml
       ✖ problem     names         LogGroup /shop/dev/api is there already, and no
                                   stack of this environment knows it
                                   → delete it (its log lines are lost):
                                     astro provision --env dev --delete-leftover
                                     LogGroup
                                     or rename it in the app
         Next        fix the problems above, then  astro doctor --env dev
      "
    `);
  });

  it("reads without colour and Unicode too", () => {
    expect(renderPreflight(FINDINGS, HEADER, paper({ unicode: false }), NEXT)).toMatch(/^[ -~\n]*$/);
  });

  it("is one line before a provisioning if all is well", () => {
    const well = FINDINGS.filter(({ outcome }) => outcome === "ok");
    expect(renderBrief(well, paper(), "all of it:  astro doctor", false)).toBe(" ✔ checked: 1 good\n");
  });

  it("is warnings alone then, and problems where one is asked what to do about them", () => {
    const brief = renderBrief(FINDINGS, paper(), "all of it:  astro doctor", false);
    expect(brief.split("\n")[0]).toBe(
      " ✖ checked: 1 problem, 1 warning, 1 not checked, 1 good  (all of it:  astro doctor)",
    );
    expect(brief).toContain("! warning");
    expect(brief).not.toContain("✖ problem");
    expect(renderBrief(FINDINGS, paper(), "", true)).toContain("✖ problem");
  });
});
