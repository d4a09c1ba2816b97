import { fullDiff, ResourceImpact } from "@aws-cdk/cloudformation-diff";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLookUps } from "../../src/aws/look-ups.ts";
import { jsonSchemaOf } from "../../src/config/json-schema.ts";
import { PRESETS } from "../../src/config/presets.ts";
import { type EnvironmentInput, environment } from "../../src/config/schema.ts";
import { type ConfigTree, isConfigTree } from "../../src/config/values.ts";
import { AstroError } from "../../src/errors.ts";
import { reachable } from "../../src/operation/checked-templates.ts";
import { BOOTSTRAP_STACK } from "../../src/plan/bootstrap.ts";
import type { DeployedTemplate } from "../../src/plan/deployed.ts";
import { lossesOf } from "../../src/plan/gate.ts";
import { interruptionOf } from "../../src/plan/interruptions.ts";
import type { Plan, PlannedChange, Step } from "../../src/plan/plan.ts";
import { type Rehearsal, startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { fixWords, found } from "../support/preflight.ts";
import { type Workbench, workbench } from "../support/rehearsed.ts";
import { SITE } from "../support/stacks.ts";
import { assemblyOf } from "./app/synth.ts";
import { UPDATES, type Update } from "./updates.ts";

/** Where the environment has stacks. */
const REGIONS = [SITE.region, "us-east-1"];

/** The region of `SITE`. */
const region = "eu-west-1";

const BASES = {
  dev: { region, ...PRESETS.dev.values, database: { ...PRESETS.dev.values.database, storage: 40 } },
  prod: { region, ...PRESETS.prod.values, domain: { name: "example.com", zone: "Z0123456789ABCDEFGHIJ" } },
} as const satisfies { readonly [name: string]: EnvironmentInput };

type Standing = { readonly aws: Workbench; readonly rehearsal: Rehearsal };
const standing = new Map<string, Standing>();

const made = (environment: EnvironmentInput) => assemblyOf(environment, SITE.project, SITE.environment);

beforeAll(async () => {
  for (const [name, base] of Object.entries(BASES)) {
    const start = new Date("2026-03-01T12:00:00Z");
    const { account } = SITE;
    const rehearsal = await startRehearsal({ speed: "max", region, account, clients: "inside", seed: 7, start });
    const aws = workbench(rehearsal);
    standing.set(name, { aws, rehearsal });
    const { result } = await aws.provision(await made(base), { regions: REGIONS });
    expect(result.failed).toEqual([]);
  }
});
afterAll(async () => {
  for (const { rehearsal } of standing.values()) await rehearsal.close();
});

describe("a second deployment is planned as AWS documents it", () => {
  it("for forty of them at least, refused, gated and interrupting ones among them", () => {
    expect(UPDATES.length).toBeGreaterThanOrEqual(40);
    expect(new Set(UPDATES.map(({ what, from }) => `${from} ${what}`)).size).toBe(UPDATES.length);
    for (const kind of ["refused", "gated", "interrupts", "replaces", "inTwo"] as const) {
      expect(UPDATES.filter((update) => update[kind] !== undefined).length, kind).toBeGreaterThan(1);
    }
  });

  it("for every key of an environment in astro.yaml, from both designs", () => {
    const keys = keysIn(jsonSchemaOf(environment));
    expect(keys.length).toBeGreaterThan(40);
    expect(Object.keys(APART).filter((key) => !keys.includes(key))).toEqual([]);
    const covered = (design: Update["from"]) =>
      UPDATES.flatMap(({ from, to }) => (from === design ? Object.entries(to).flatMap(keysOf) : []));
    const isMissing = (design: Update["from"]) => {
      const found = covered(design);
      return (key: string) => !(key in APART || found.includes(key) || found.some((one) => key.startsWith(`${one}.`)));
    };
    expect({ dev: keys.filter(isMissing("dev")), prod: keys.filter(isMissing("prod")) }).toEqual({ dev: [], prod: [] });
  });

  it.each(UPDATES.map((update) => [`${update.from}: ${update.what}`, update] as const))("%s", async (_, update) => {
    const { plan, stacks, deployed, byTemplates } = await planOf(update);
    const words = await refusal(plan, stacks, deployed);
    if (update.refused !== undefined) {
      expect(words).toMatch(update.refused);
      return;
    }
    expect(words).toBe("");
    const { changes, ...told } = fatesIn(plan);
    const { interrupts = [], replaces = [], removes = [], gated = [], makes = [], drops = [], inTwo = false } = update;
    expect(told).toEqual({ interrupts, replaces, removes, gated, makes, drops, inTwo });
    expect(changes).toEqual(expect.arrayContaining([...(update.changes ?? [])]));
    if (update.changes === undefined) expect(changes).toEqual([]);
    // What `cdk diff` makes of the two templates foresees whatever AWS replaces.
    const isForeseen = (id: string) => byTemplates.some((other) => other === id);
    expect([...told.replaces, ...told.gated].filter((id) => !isForeseen(id) && !removedIn(plan, id))).toEqual([]);
  });

  it("dev: another region is refused while it stands in this one, by what holds in all regions, with the way", async () => {
    const { rehearsal } = there("dev");
    const site = { ...SITE, region: "eu-central-1" };
    const stacks = await made({ ...BASES.dev, region: "eu-central-1" });
    const findings = await found("names", stacks, { site, look: openLookUps(rehearsal, site.region) });
    const problems = findings.filter(isProblem);
    // AWS Identity and Access Management User Guide, "IAM identifiers": a role's name is its account's, in all regions; what
    // CloudFront has is in none (Amazon CloudFront API Reference, ARNs without one).
    const stands = (what: string, stack: string) =>
      `${what} is of stack shop-dev-${stack} in eu-west-1: dev is deployed there, and its name is global`;
    expect(problems.map(({ words }) => words)).toEqual([
      stands("Role shop-dev-ecs-execution-role", "service"),
      stands("Role shop-dev-ecs-task-role", "service"),
      stands("OriginAccessControl shop-dev-frontend", "cdn"),
      stands("CachePolicy shop-dev-frontend", "cdn"),
      stands("ResponseHeadersPolicy shop-dev-frontend", "cdn"),
      stands("Function shop-dev-spa", "cdn"),
      stands("Function shop-dev-redirects", "cdn"),
    ]);
    for (const { fix } of problems) {
      expect(fixWords({ fix })).toContain("astro destroy --env dev --region eu-west-1");
      expect(fix?.action).toBeUndefined();
    }
  });

  it("dev: another name is another environment, which nothing of this one is in the way of", async () => {
    const { rehearsal } = there("dev");
    const stacks = await assemblyOf(BASES.dev, "till", SITE.environment);
    const site = { ...SITE, project: "till" };
    const findings = await found("names", stacks, { site, look: openLookUps(rehearsal, region) });
    expect(findings.filter(isProblem)).toEqual([]);
  });

  it("and the whole way from dev to prod is one that AWS goes, and ends there", async () => {
    const { aws } = there("dev");
    const prod = { ...BASES.prod, database: { ...BASES.prod.database, storage: 44 } };
    const stacks = await made(prod);
    const asked: string[] = [];
    const gate = (step: Step, changes: readonly PlannedChange[]) =>
      void asked.push(...lossesOf(step, changes, []).map(({ logicalId }) => logicalId));
    const { result, noticed } = await aws.provision(stacks, { regions: REGIONS, gate });
    expect([result.outcome, result.failed, asked]).toEqual(["done", [], []]);
    expect(noticed).toContain(
      "shop-dev-cache: in two updates: first the replicas of Cache, then failover, which AWS enables only with a running replica",
    );
    const again = await aws.provision(stacks, { regions: REGIONS });
    expect(Object.values(again.outcomes).filter((outcome) => outcome !== "unchanged")).toEqual([]);
  });
});

/** The bootstrap, which stands and is shared, is nothing that is looked at here. */
function isProblem({ outcome, words }: { readonly outcome: string; readonly words: string }): boolean {
  return outcome === "problem" && !words.includes(`stack ${BOOTSTRAP_STACK}`);
}

function there(name: string): Standing {
  const found = standing.get(name);
  if (found === undefined) throw new Error(`${name} was not made`);
  return found;
}

/** The plan, what stands, and what the templates alone replace. */
async function planOf({ from, to }: Update) {
  const stacks = await made(changed(BASES[from], to));
  const { plan, deployed } = await there(from).aws.plan(stacks, REGIONS);
  const byTemplates = stacks.flatMap(({ name, region, template }) => {
    const before = deployed.find((one) => one.name === name && one.region === region);
    if (before === undefined) return [];
    const replaced: string[] = [];
    fullDiff(before.template, template).resources.forEachDifference((id, { changeImpact }) => {
      if (changeImpact === ResourceImpact.WILL_REPLACE || changeImpact === ResourceImpact.MAY_REPLACE) {
        replaced.push(`${shortOf(name)}.${id}`);
      }
    });
    return replaced;
  });
  return { plan, stacks, deployed, byTemplates };
}

/** What AWS would refuse; empty if nothing. */
async function refusal(plan: Plan, stacks: readonly Stack[], deployed: readonly DeployedTemplate[]): Promise<string> {
  try {
    await reachable(plan, stacks, deployed);
    return "";
  } catch (error) {
    if (!(error instanceof AstroError)) throw error;
    expect(error.exit).toBe(5);
    return error.message;
  }
}

const shortOf = (stack: string) => stack.slice("shop-dev-".length);

/** What the plan says of each resource that stands, and of each stack. */
function fatesIn({ steps }: Plan) {
  const fates = { changes: [], interrupts: [], replaces: [], removes: [], gated: [] } as {
    readonly [fate in "changes" | "interrupts" | "replaces" | "removes" | "gated"]: string[];
  };
  const own = steps.filter(({ stack }) => stack !== BOOTSTRAP_STACK);
  for (const step of own.filter(({ action }) => action === "update")) {
    for (const change of step.changes) {
      // What is handed on to other stacks follows what it tells of.
      if (change.action !== "add" && change.type !== "AWS::SSM::Parameter")
        fates[fateOf(step, change)].push(`${shortOf(step.stack)}.${change.logicalId}`);
    }
  }
  const named = (action: Step["action"]) =>
    own.flatMap((step) => (step.action === action ? [shortOf(step.stack)] : [])).sort();
  return {
    ...Object.fromEntries(Object.entries(fates).map(([fate, ids]) => [fate, ids.sort()])),
    changes: fates.changes,
    replaces: fates.replaces,
    gated: fates.gated,
    makes: named("create"),
    drops: named("delete"),
    inTwo: own.some(({ inTwo }) => inTwo !== undefined),
  };
}

function fateOf(step: Step, change: PlannedChange): "changes" | "interrupts" | "replaces" | "removes" | "gated" {
  if (lossesOf(step, [change], []).length > 0) return "gated";
  if (change.action === "remove") return "removes";
  if (interruptionOf(change) !== undefined) return "interrupts";
  return change.action === "replace" ? "replaces" : "changes";
}

function removedIn({ steps }: Plan, id: string): boolean {
  return steps.some(({ stack, changes }) =>
    changes.some(({ logicalId, action }) => action === "remove" && `${shortOf(stack)}.${logicalId}` === id),
  );
}

/** Keys that tests of their own below are about. */
const APART: { readonly [key: string]: string } = { region: "what holds in all regions" };

/** Dotted keys of what holds a value, by its JSON Schema. */
function keysIn({ properties }: ConfigTree): readonly string[] {
  return Object.entries(isConfigTree(properties) ? properties : {}).flatMap(([key, schema]) => {
    const inner = isConfigTree(schema) ? keysIn(schema) : [];
    return inner.length === 0 ? [key] : inner.map((one) => `${key}.${one}`);
  });
}

/** Dotted keys of what an update changes; that of a section which is taken out. */
function keysOf([key, value]: readonly [string, unknown]): readonly string[] {
  return isConfigTree(value) ? Object.keys(value).map((one) => `${key}.${one}`) : [key];
}

/** The environment with other values, as its owner would write it. */
function changed(base: EnvironmentInput, to: Update["to"]): EnvironmentInput {
  const merged = Object.entries(to).map(([key, value]) => {
    const old = base[key as keyof EnvironmentInput];
    return [key, typeof value === "object" && typeof old === "object" ? { ...old, ...value } : value] as const;
  });
  // What is undefined is left out, as in a file.
  return JSON.parse(JSON.stringify({ ...base, ...Object.fromEntries(merged) }));
}
