import type { Resource } from "../template/types.ts";
import type { StackEvent } from "./cloud.ts";

/** CloudFormation's words for the record a certificate waits for (ACM User Guide, "DNS validation"; one event a name). */
const RECORD = /Content of DNS Record is: \{Name: ?(?<name>[^,]+), ?Type: ?(?<type>[^,]+), ?Value: ?(?<value>[^}]+)\}/;

/**
 * The DNS record that somebody has to add before a certificate is issued, name and type on one line, the value on the
 * next, to fit a screen; `undefined` for any other event, and where CloudFormation adds the record itself (it knows the
 * hosted zone).
 */
export function wantedRecord({ type, reason }: StackEvent, resource: Resource | undefined): string | undefined {
  if (type !== "AWS::CertificateManager::Certificate" || hasZone(resource)) return undefined;
  const found = RECORD.exec(reason ?? "")?.groups;
  return found && `${found.name?.trim()} ${found.type?.trim()}\n${found.value?.trim()}`;
}

function hasZone(resource: Resource | undefined): boolean {
  const options = resource?.Properties?.DomainValidationOptions;
  return Array.isArray(options) && options.some((one) => JSON.stringify(one).includes('"HostedZoneId"'));
}

/** What to do about records that are waited for; each has lines of its own, to be copied. */
export function recordWords(records: readonly string[]): string {
  const what = records.length === 1 ? "this record answers; add it" : "these records answer; add them";
  return [`AWS waits until ${what} where the domain's DNS is:`, ...records].join("\n");
}
