import { isUnresolved, type Value } from "../../template/evaluate.ts";
import type { PreflightCheck, Scene } from "../check.ts";
import { type Declared, isMade, plainDomain, pointedAt, rowsOf, wordOf } from "../declared.ts";
import { type CheckVerdict, NotChecked } from "../finding.ts";

/** Entered at the registrar, the name servers of a part of a domain would take all of it along. */
const BELOW = ", or as NS records where it is part of another domain";
const CERTIFICATE = "AWS::CertificateManager::Certificate";
const ZONE = "AWS::Route53::HostedZone";

/** Whether the domains of certificates lead to the zones that prove them: otherwise AWS waits for three days. */
export const DELEGATION_CHECK: PreflightCheck = {
  code: "delegation",
  document: "AWS Certificate Manager User Guide, AWS Certificate Manager DNS validation",
  of: async (scene) => {
    const certificates = scene.resources.filter((one) => one.type === CERTIFICATE && isMade(one));
    const verdicts = new Map<string, CheckVerdict>();
    const elsewhere: string[] = [];
    // The record that proves a name to one certificate proves it to all of the account, in every region.
    const provenHere = new Set(
      scene.resources
        .filter(({ type }) => type === CERTIFICATE)
        .flatMap(({ properties }) => rowsOf(properties.DomainValidationOptions))
        .flatMap((option) => (option.HostedZoneId === undefined ? [] : (wordOf(option, "DomainName") ?? []))),
    );
    for (const { properties, deployed } of certificates) {
      const [option] = rowsOf(deployed.DomainValidationOptions);
      const zone = option?.HostedZoneId;
      const [planned] = rowsOf(properties.DomainValidationOptions);
      const host = wordOf(properties, "DomainName") ?? "";
      const names = [host, ...textsOf(properties.SubjectAlternativeNames)];
      const key = typeof zone === "string" ? zone : host;
      if (verdicts.has(key)) continue;
      if (typeof zone === "string") verdicts.set(key, await zoneVerdict(scene, zone, names));
      else if (isUnresolved(zone)) {
        const made = pointedAt(planned?.HostedZoneId, scene.resources);
        const standing = made && !isMade(made) ? await idOf(scene, made) : undefined;
        verdicts.set(key, standing === undefined ? madeVerdict(made) : await zoneVerdict(scene, standing, names));
      } else elsewhere.push(...names.filter((name) => !provenHere.has(name)));
    }
    return [...unique([...verdicts.values()]), ...(elsewhere.length > 0 ? [elsewhereVerdict(elsewhere)] : [])];
  },
};

function textsOf(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one: Value) => typeof one === "string") : [];
}

/** The id of a zone that an earlier run made: Parameter Store has it, which the templates do not tell of. */
async function idOf({ look }: Scene, { stack, region, properties }: Declared): Promise<string | undefined> {
  for (const { id } of await look.zonesNamed(plainDomain(wordOf(properties, "Name") ?? ""))) {
    if ((await look.holder(region, ZONE, id))?.stack === stack) return id;
  }
  return undefined;
}

async function zoneVerdict(
  { look, nameServers, site, real }: Scene,
  id: string,
  hosts: readonly string[],
): Promise<CheckVerdict> {
  const zone = await look.hostedZone(id);
  if (zone === undefined && real) {
    return {
      outcome: "problem",
      words: `this account has no hosted zone ${id}`,
      fix: {
        hints: [
          { text: `put the zone's id, create or elsewhere into domain.zone of ${site.environment} in astro.yaml` },
        ],
      },
    };
  }
  // Where nothing is real a zone may be anybody's.
  const { name, isPrivate, servers } = zone ?? { name: hosts[0] ?? "", isPrivate: false, servers: [] };
  const isIn = (host: string) => `.${plainDomain(host)}`.endsWith(`.${plainDomain(name)}`);
  const outside = zone && hosts.find((host) => !isIn(host));
  if (outside !== undefined) {
    const hints = [
      { text: `put the id of the zone of ${outside} into domain.zone of ${site.environment} in astro.yaml` },
    ];
    return { outcome: "problem", words: `${id} is the zone of ${name}, which ${outside} is not in`, fix: { hints } };
  }
  if (isPrivate) {
    const fix = { hints: [{ text: "name a public hosted zone in domain.zone of astro.yaml" }] };
    return { outcome: "problem", words: `${id} (${name}) is a private zone, which ACM cannot validate against`, fix };
  }
  const found = await serversOf(nameServers, name);
  if (found === undefined) return { outcome: "ok", words: `no DNS to ask here: ${name} is taken for delegated` };
  const [ours, theirs] = [plain(servers), plain(found)];
  const shared = ours.filter((server) => theirs.includes(server));
  const entries = ours.length === 0 ? `the name servers of ${id}` : ours.join(" ");
  const fix = { hints: [{ text: `enter these at the registrar of ${name}${BELOW}, and no others: ${entries}` }] };
  if (theirs.length === 0) return { outcome: "problem", words: `the DNS knows no name servers of ${name}`, fix };
  if (shared.length === 0) {
    return { outcome: "problem", words: `${name} leads to ${theirs.join(", ")}: not to its zone ${id}`, fix };
  }
  if (shared.length < theirs.length) {
    const nameServers = theirs.filter((server) => !ours.includes(server));
    return { outcome: "warning", warning: { type: "foreign-name-servers", domain: name, zone: id, nameServers }, fix };
  }
  return { outcome: "ok", words: `${name} leads to its zone ${id}` };
}

async function serversOf(nameServers: Scene["nameServers"], name: string): Promise<readonly string[] | undefined> {
  try {
    return await nameServers(name);
  } catch (error) {
    throw new NotChecked(`no DNS tells of ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Lower case, without the root's dot. */
function plain(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => name.toLowerCase().replace(/\.$/, "")))].sort();
}

function madeVerdict(zone: ReturnType<typeof pointedAt>): CheckVerdict {
  const domain = zone && wordOf(zone.properties, "Name");
  return {
    outcome: "warning",
    warning: { type: "zone-not-delegated-yet", ...(domain !== undefined && { domain }) },
    fix: { hints: [{ text: `astro provision shows them while it waits: enter them at the registrar${BELOW}` }] },
  };
}

function elsewhereVerdict(hosts: readonly string[]): CheckVerdict {
  return {
    outcome: "warning",
    warning: { type: "no-zone", domains: [...new Set(hosts)] },
    fix: { hints: [{ text: "astro provision shows the records while it waits: add them where the domain's DNS is" }] },
  };
}

function unique(verdicts: readonly CheckVerdict[]): readonly CheckVerdict[] {
  const told = verdicts.map((one) => JSON.stringify(one));
  return verdicts.filter((_, index) => told.indexOf(told[index] ?? "") === index);
}
