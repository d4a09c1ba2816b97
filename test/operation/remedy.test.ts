import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AstroError } from "../../src/errors.ts";
import type { EnvironmentOperation } from "../../src/operation/open.ts";
import { remedy } from "../../src/operation/remedy.ts";
import type { Action, PreflightFinding } from "../../src/preflight/finding.ts";
import { contextWith } from "../support/context.ts";

const YAML = `name: shop
environments:
  dev: # where we try things
    region: eu-west-1
`;

let folder: string;
let said: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-remedy-"));
  said = "";
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const finding = (action: Action): PreflightFinding => ({
  code: "names",
  document: "",
  outcome: "problem",
  words: "",
  fix: { hints: [], action },
});

/** Does what can be done of `actions`; AWS makes every role but that of `denied`. */
function mend(actions: readonly Action[], may: "harmless" | "nothing") {
  const base = contextWith(() => Promise.reject(new Error("there is nothing to run")));
  const write = (text: string) => {
    said += text;
  };
  const context = { ...base, stderr: { ...base.stderr, write } };
  const createLinkedRole = async (service: string) => {
    if (service === "denied") throw new AstroError("failed", "not allowed", "ask for iam:CreateServiceLinkedRole");
  };
  // What a remedy does not touch is left out.
  const operation = {
    project: { directory: folder, text: YAML },
    site: { environment: "dev" },
    target: {
      lookUps: async () => ({ createLinkedRole }),
      cloud: { clearLeftover: () => Promise.reject(new Error()) },
    },
  } as unknown as EnvironmentOperation;
  return remedy(context, operation, actions.map(finding), may);
}

const PIN: Action = { type: "pin-account", account: "111122223333" };
const ROLES = (service: string): Action => ({ type: "create-roles", services: [service] });
const DELETE: Action = {
  type: "delete-leftover",
  of: "AWS::Logs::LogGroup",
  name: "/shop/dev/api",
  region: "eu-west-1",
};

describe("a remedy", () => {
  it("pins the account in astro.yaml, and leaves all else there as it is", async () => {
    expect(await mend([PIN], "harmless")).toEqual([PIN]);
    expect(readFileSync(join(folder, "astro.yaml"), "utf8")).toBe(`${YAML}    account: "111122223333"\n`);
    expect(said).toBe(" ✔ astro.yaml names account 111122223333\n");
  });

  it("names zones there, and what was written a moment before stays", async () => {
    const zones: Action = { type: "choose-zones", zones: ["euw1-az2", "euw1-az3"] };
    expect(await mend([PIN, zones], "harmless")).toEqual([PIN, zones]);
    expect(readFileSync(join(folder, "astro.yaml"), "utf8")).toBe(
      `${YAML}    account: "111122223333"\n    network:\n      zones: [euw1-az2, euw1-az3]\n`,
    );
    expect(said).toContain(" ✔ astro.yaml names the zones euw1-az2, euw1-az3\n");
  });

  it("that AWS refuses says so, and the others are done all the same", async () => {
    expect(await mend([ROLES("denied"), ROLES("ecs.amazonaws.com")], "harmless")).toEqual([ROLES("ecs.amazonaws.com")]);
    expect(said).toMatch(
      /✖ failed: not allowed\n.*iam:CreateServiceLinkedRole\n ✔ created the service-linked roles of ecs/s,
    );
  });

  it("that takes something away is not done unless a person says so", async () => {
    expect(await mend([DELETE], "harmless")).toEqual([]);
  });

  it("is not done where nobody may decide", async () => {
    expect(await mend([PIN, ROLES("ecs.amazonaws.com")], "nothing")).toEqual([]);
    expect(said).toBe("");
  });
});
