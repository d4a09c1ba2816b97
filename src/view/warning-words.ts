import { roughly } from "../clock.ts";
import { driftWords } from "../plan/drift.ts";
import { ownerWords } from "../plan/ownership.ts";
import type { PreflightFinding } from "../preflight/finding.ts";
import type { PreflightWarning } from "../provision/warning.ts";
import { count } from "./format.ts";

type Words = {
  readonly [Type in PreflightWarning["type"]]: (warning: Extract<PreflightWarning, { readonly type: Type }>) => string;
};

/** Seconds by which a signed request may be off (AWS Identity and Access Management User Guide, "Elements of a request signature"). */
const SKEW = 300;

/** Letters of a digest by which a person knows it again. */
const SHORT = 12;

const WORDS: Words = {
  "account-not-pinned": ({ missingIn }) =>
    `${missingIn === "app" ? "the app names no account: " : ""}not pinned to an account`,
  "clock-off": ({ seconds, clock }) =>
    `${roughly(seconds)} ${clock === "behind" ? "behind" : "ahead of"} AWS's${seconds < SKEW ? "" : "; past 5 minutes AWS refuses what other tools sign"}`,
  "nat-quota": ({ zones, wanted, limit }) =>
    `${wanted} wanted, and ${zones.join(", ")} ${zones.length === 1 ? "has" : "have"} the ${limit} that a zone may have`,
  "vcpu-quota": ({ region, provider, wanted, limit }) =>
    `scaled out it wants ${wanted}, and ${region} gives ${limit} Fargate ${provider === "FARGATE_SPOT" ? "Spot" : "On-Demand"} vCPUs, beside what runs already`,
  "node-type-unlikely": ({ nodeType, zones }) =>
    `${nodeType} is hardly in ${zones.map(({ id, name }) => `${id} (${name})`).join(", ")}: EC2 has none there`,
  "dependency-missing": ({ stack, resources, bucket }) =>
    `${resources.join(", ")} of ${stack} may come before ${bucket === undefined ? "the internet gateway" : `the bucket ${bucket}`} that ${resources.length === 1 ? "it needs" : "they need"}`,
  "linked-roles-missing": ({ services }) =>
    `${services.map((service) => service.replace(/\.amazonaws\.com$/, "")).join(", ")}: not there yet; AWS makes them on first use, which may fail once`,
  "foreign-name-servers": ({ domain, zone, nameServers }) =>
    `${domain} leads to ${nameServers.join(", ")} too, which are not of its zone ${zone}`,
  "zone-not-delegated-yet": ({ domain = "the domain" }) =>
    `the zone of ${domain} is made on the way: its certificates wait until the domain leads to it`,
  "no-zone": ({ domains }) =>
    `no zone on Route 53 for ${domains.join(", ")}: certificates wait until you add the records that prove them`,
  "zone-exists": ({ domain, zone, records, delegated, owner }) => {
    const whose = owner
      ? `, of stack ${owner.stack}, which ${ownerWords({ ...owner, createdAt: new Date(owner.createdAt) })}`
      : "";
    const lead = delegated ? ", and the domain leads to it" : "";
    return `${domain} has a hosted zone here already: ${zone} with ${count(records, "record")}${whose}${lead}; the one that is made has none of them`;
  },
  "image-not-pushed": ({ repository, tag }) =>
    `image ${tag.slice(0, SHORT)} of the app is not in ${repository}, and astro builds none: on AWS no task could start`,
  drift: ({ stack, resource, deployed, ...drift }) =>
    `${resource} of ${stack}: ${driftWords({ ...drift, ...(deployed !== undefined && { given: deployed }) })}`,
};

/** What a check warns of, in words. */
export function warningWords(warning: PreflightWarning): string {
  return (WORDS[warning.type] as (warning: PreflightWarning) => string)(warning);
}

/** What a check found, in words. */
export function findingWords(finding: PreflightFinding): string {
  return finding.outcome === "warning" ? warningWords(finding.warning) : finding.words;
}
