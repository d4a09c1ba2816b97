import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { hintText } from "../../src/errors.ts";
import { withBootstraps } from "../../src/plan/bootstrap.ts";
import type { DeployedTemplate } from "../../src/plan/deployed.ts";
import { planProvision } from "../../src/plan/provision-plan.ts";
import type { Scene } from "../../src/preflight/check.ts";
import { declaredBy } from "../../src/preflight/declared.ts";
import type { PreflightFinding } from "../../src/preflight/finding.ts";
import type { LookUps } from "../../src/preflight/look-ups.ts";
import { heldBy } from "../../src/preflight/named.ts";
import { preflight } from "../../src/preflight/run.ts";
import type { CheckCode, PreflightWarning } from "../../src/provision/warning.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { findingWords } from "../../src/view/warning-words.ts";
import { SITE } from "./stacks.ts";

export const NOW = new Date("2026-03-01T12:00:00Z");

/** An account in which all is well, but for what is given; `asked` holds every look-up that was made. */
export function lookUps(given: Partial<LookUps>, asked: string[] = []): LookUps {
  const well: LookUps = {
    credentials: async () => ({ temporary: false, renewed: false }),
    time: async () => NOW,
    accountPlan: async () => undefined,
    quota: async () => 5,
    addresses: async () => [],
    vpcs: async () => 0,
    natGateways: async () => [],
    zones: async (region) => ["a", "b", "c"].map((letter) => region + letter),
    zoneIds: async (region) => ["a", "b", "c"].map((letter, at) => ({ name: region + letter, id: `euw1-az${at + 1}` })),
    endpointZones: async (region, services) =>
      services.map((service) => ({ service, zones: ["a", "b", "c"].map((letter) => region + letter) })),
    instanceZones: async () => ["euw1-az1", "euw1-az2", "euw1-az3"],
    linkedRoles: async () => ["ecs", "ecs.application-autoscaling", "rds"].map((name) => `${name}.amazonaws.com`),
    databaseVersion: async (_region, _engine, version) => `${version}.11`,
    databaseOffers: async (region) => [{ zones: [`${region}a`, `${region}b`], multiAz: true }],
    cacheVersions: async () => ["6.2.6", "7.0.7", "7.1.0"],
    hostedZone: async () => undefined,
    zonesNamed: async () => [],
    recordsNamed: async () => [],
    taken: async () => undefined,
    holder: async () => undefined,
    image: async () => ["linux/amd64"],
    secretKeys: async () => [],
    ...given,
  };
  const noted = Object.entries(well).map(([name, look]) => [
    name,
    (...given: readonly unknown[]) => {
      asked.push(name);
      return (look as (...given: readonly unknown[]) => unknown)(...given);
    },
  ]);
  return Object.fromEntries(noted) as LookUps;
}

export type Situation = Partial<Omit<Scene, "look" | "resources">> & {
  readonly look?: Partial<LookUps>;
  readonly deployed?: readonly DeployedTemplate[];
  readonly asked?: string[];
};

/** What preflight finds of a plan that makes `stacks`. */
async function findings(stacks: readonly Stack[], situation: Situation = {}): Promise<readonly PreflightFinding[]> {
  const { look = {}, deployed = [], asked, ...more } = situation;
  const prices = await loadPricesFor([SITE.region]);
  const plan = await planProvision({ site: SITE, stacks, deployed, values: new Map(), prices });
  return preflight({
    site: SITE,
    resources: declaredBy(plan, withBootstraps(SITE.region, stacks), deployed),
    stacks,
    changing: stacks,
    again: ["astro", "provision", "--env", "dev"],
    seconds: 1200,
    real: true,
    nameServers: async () => undefined,
    held: heldBy(SITE.account, deployed),
    yielding: [],
    now: () => NOW,
    ...more,
    look: lookUps(look, asked),
  });
}

/** The same of one check, without the document. */
export async function found(
  code: CheckCode,
  stacks: readonly Stack[],
  situation: Situation = {},
): Promise<readonly Found[]> {
  const all = await findings(stacks, situation);
  return all
    .filter((one) => one.code === code)
    .map((one) => ({
      code,
      outcome: one.outcome,
      words: findingWords(one),
      ...(one.outcome === "warning" && { warning: one.warning }),
      ...(one.fix && { fix: one.fix }),
    }));
}

/** A finding with the words that a person reads. */
type Found = Pick<PreflightFinding, "code" | "outcome" | "fix"> & {
  readonly words: string;
  readonly warning?: PreflightWarning;
};

/** What to do about a finding as a person reads it, a line each. */
export function fixWords({ fix }: { readonly fix?: PreflightFinding["fix"] | undefined } = {}): string {
  return (fix?.hints ?? []).map(hintText).join("\n");
}

/** A stack that stands, or is in another status. */
export function deployedAs(
  stack: Stack,
  status: string,
  outputs: Readonly<Record<string, string>> = {},
): DeployedTemplate {
  const { name, region, tags, terminationProtection, template } = stack;
  return { name, region, id: name, status, outputs, tags, createdAt: NOW, terminationProtection, template };
}
