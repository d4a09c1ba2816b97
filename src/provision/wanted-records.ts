import { type Step, stackFor } from "../plan/plan.ts";
import { isObject } from "../template/json.ts";
import type { Json, Resource } from "../template/types.ts";
import type { DnsRecord, StackEvent } from "./cloud.ts";
import { type Run, stackKey } from "./engine.ts";

const CERTIFICATE = "AWS::CertificateManager::Certificate";

/** A list of the names Route 53 gives its servers, as an output of a zone's stack holds them (Developer Guide, "NS and SOA records"). */
const NAME_SERVERS = /^ns-[\w.-]+\.awsdns-[\w.-]+(?:[\s,]+ns-[\w.-]+)+$/;

/** What somebody has to do before certificates are issued: records to add, or name servers to delegate the domain to. */
type CertificateNeeds = { readonly records?: readonly DnsRecord[]; readonly nameServers?: readonly string[] };

/**
 * What somebody has to do before the certificates of a step are issued, told from its events as they come: all records to
 * add so far, or, where the zone is one of this environment's stacks, the name servers its domain has to lead to.
 */
export function certificateNeeds(
  { deployed, stacks }: Pick<Run, "deployed" | "stacks">,
  step: Step,
): (event: StackEvent) => CertificateNeeds | undefined {
  const template = stackFor(stacks, step)?.template;
  const records = new Map<string, DnsRecord>();
  const named = new Set<string>();
  return (event) => {
    const resource = template?.Resources[event.logicalId];
    const record = wantedRecord(event, resource);
    if (record !== undefined) {
      const key = Object.values(record).join(" ");
      if (records.has(key)) return undefined;
      return { records: [...records.set(key, record).values()] };
    }
    const isBegun = event.type === CERTIFICATE && /^(CREATE|UPDATE)_IN_PROGRESS$/.test(event.status);
    if (!isBegun || resource === undefined || named.has(event.logicalId)) return undefined;
    named.add(event.logicalId);
    const servers = zonesOf(resource).some((id) => typeof id !== "string") ? nameServers(step, deployed) : undefined;
    return servers && { nameServers: servers };
  };
}

/** The servers of the zone that one of the stacks holds which the certificate's stack needs. */
function nameServers({ needs, region }: Step, deployed: Run["deployed"]): readonly string[] | undefined {
  const outputs = needs.flatMap((name) => Object.values(deployed.get(stackKey({ name, region }))?.outputs ?? {}));
  return outputs.find((value) => NAME_SERVERS.test(value))?.split(/[\s,]+/);
}

/** CloudFormation's words for the record a certificate waits for (ACM User Guide, "DNS validation"; one event a name). */
const RECORD = /Content of DNS Record is: \{Name: ?(?<name>[^,]+), ?Type: ?(?<type>[^,]+), ?Value: ?(?<value>[^}]+)\}/;

/**
 * The DNS record that somebody has to add before a certificate is issued; `undefined` for any other event, and where CloudFormation adds the record itself: for this
 * certificate (it knows the hosted zone), or for another of the same name.
 */
export function wantedRecord({ type, reason }: StackEvent, resource: Resource | undefined): DnsRecord | undefined {
  if (type !== CERTIFICATE || zonesOf(resource).length > 0 || resource?.Metadata?.["astro:proven-by"] !== undefined)
    return undefined;
  const found = RECORD.exec(reason ?? "")?.groups;
  const { name, type: kind, value } = found ?? {};
  if (name === undefined || kind === undefined || value === undefined) return undefined;
  return { name: name.trim(), type: kind.trim(), value: value.trim() };
}

/** The zones of a certificate's names: an id, or the function that reads it. */
function zonesOf(resource: Resource | undefined): readonly Json[] {
  const options = resource?.Properties?.DomainValidationOptions;
  if (!Array.isArray(options)) return [];
  return (options as readonly Json[]).flatMap((one) => (isObject(one) ? (one.HostedZoneId ?? []) : []));
}
