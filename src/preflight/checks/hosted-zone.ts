import { command } from "../../command-line.ts";
import type { PreflightCheck, Scene } from "../check.ts";
import { isMade, plainDomain, wordOf } from "../declared.ts";
import { type CheckVerdict, NotChecked } from "../finding.ts";
import type { ZoneFound } from "../look-ups.ts";

const ZONE = "AWS::Route53::HostedZone";

/**
 * Whether the account has a zone of the name already that is to be made: Route 53 makes another one without a word, which
 * has none of the records of the first, and to which the domain does not lead (aws/copilot-cli#1757).
 */
export const HOSTED_ZONE_CHECK: PreflightCheck = {
  code: "zone",
  document: "Amazon Route 53 API Reference, CreateHostedZone",
  of: async (scene) => {
    const made = scene.resources.filter((one) => one.type === ZONE && isMade(one) && one.properties.VPCs === undefined);
    const names = new Set(made.flatMap(({ properties }) => wordOf(properties, "Name") ?? []).map(plainDomain));
    const verdicts: CheckVerdict[] = [];
    for (const name of names) {
      const found = await scene.look.zonesNamed(name);
      if (found.length === 0) verdicts.push({ outcome: "ok", words: `this account has no zone of ${name} yet` });
      for (const zone of found) verdicts.push(await verdictOf(scene, name, zone));
    }
    return verdicts;
  },
};

async function verdictOf(scene: Scene, name: string, { id, records }: ZoneFound): Promise<CheckVerdict> {
  const { site } = scene;
  const delegated = await leads(scene, name, id);
  const holder = await unlessDenied(() => scene.look.holder(site.region, ZONE, id));
  const owner = holder && { stack: holder.stack, tags: holder.tags, createdAt: holder.createdAt.toISOString() };
  return {
    outcome: "warning",
    warning: { type: "zone-exists", domain: name, zone: id, records, delegated, ...(owner && { owner }) },
    fix: {
      hints: [
        {
          text: "to use the one there",
          command: command`astro init --env ${site.environment} --domain ${name} --zone ${id}`,
        },
      ],
    },
  };
}

/** Whether the DNS that everybody sees names one of the zone's servers. */
async function leads({ look, nameServers }: Scene, name: string, id: string): Promise<boolean> {
  const zone = await unlessDenied(() => look.hostedZone(id));
  const seen = await nameServers(name).catch(() => undefined);
  const ours = new Set(zone?.servers.map(plainDomain));
  return (seen ?? []).some((server) => ours.has(plainDomain(server)));
}

async function unlessDenied<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NotChecked) return undefined;
    throw error;
  }
}
