import type { Value, Values } from "../../template/evaluate.ts";
import { constraint, firstFault, fits } from "../checks.ts";
import type { Rule, RuleCheck, RuleSubject, Violation } from "../rule.ts";
import { asList, asNumber, asText, items, sameValue } from "../values.ts";

const RECORD = "AWS::Route53::RecordSet";
const GROUP = "AWS::Route53::RecordSetGroup";
const ZONE = "AWS::Route53::HostedZone";

const API = "Amazon Route 53 API Reference";
const TYPES = "Amazon Route 53 Developer Guide, Supported DNS record types";

const IPV4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const IPV6 = /^[0-9a-f:]*:[0-9a-f:.]*$/i;

/** An invalid value of a record type, with Route 53's message. */
const problem = (name: string, words: string, value: string) =>
  `[Invalid Resource Record: 'FATAL problem: ${name} (${words}) encountered with '${value}'']`;

/** Hosted zones and their records. */
export const RECORD_RULES: readonly Rule[] = [
  {
    id: "record-kind",
    types: [RECORD, GROUP],
    document: `${API}, ResourceRecordSet`,
    check: eachRecord((record, path) => {
      const { AliasTarget, TTL, ResourceRecords } = record;
      const plain = TTL !== undefined && ResourceRecords !== undefined;
      const any = TTL !== undefined || ResourceRecords !== undefined;
      if (AliasTarget === undefined ? plain : !any) return undefined;
      const found = AliasTarget === undefined ? "none" : "more than one";
      const message = `[Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found ${found} in Change with [Action=CREATE, Name=${nameOf(record) ?? ""}., Type=${asText(record.Type)}, SetIdentifier=${asText(record.SetIdentifier) ?? "null"}]]`;
      const missing = TTL === undefined && ResourceRecords !== undefined ? "TTL" : "ResourceRecords";
      return { property: `${path}${AliasTarget === undefined ? missing : "AliasTarget"}`, message };
    }),
  },
  {
    id: "record-ttl",
    types: [RECORD, GROUP],
    document: `${API}, ResourceRecordSet (TTL)`,
    check: eachRecord(({ TTL }, path) => {
      const seconds = asNumber(TTL);
      if (seconds === undefined || (seconds >= 0 && seconds <= 2_147_483_647)) return undefined;
      const message = constraint(seconds, "tTL", "have value between 0 and 2147483647");
      return { property: `${path}TTL`, value: seconds, message };
    }),
    approximate: true,
  },
  {
    id: "record-cname-apex",
    types: [RECORD, GROUP],
    document: `${TYPES}: CNAME`,
    check: eachRecord((record, path, subject) => {
      const [name, zone] = [nameOf(record), zoneOf(record, subject)];
      const message = `[RRSet of type CNAME with DNS name ${name}. is not permitted at apex in zone ${zone}.]`;
      return asText(record.Type) === "CNAME" && name !== undefined && name === zone
        ? { property: `${path}Name`, value: name, message }
        : undefined;
    }),
  },
  {
    id: "record-in-zone",
    types: [RECORD, GROUP],
    document: `${API}, ChangeResourceRecordSets`,
    check: eachRecord((record, path, subject) => {
      const [name, zone] = [nameOf(record), zoneOf(record, subject)];
      if (name === undefined || zone === undefined || `.${name}`.endsWith(`.${zone}`)) return undefined;
      const message = `[RRSet with DNS name ${name}. is not permitted in zone ${zone}.]`;
      return { property: `${path}Name`, value: name, message };
    }),
  },
  {
    id: "record-once",
    types: [RECORD],
    document: `${API}, ChangeResourceRecordSets`,
    check: ({ properties, before }) => {
      const [name, type] = [nameOf(properties), asText(properties.Type)];
      const twice = before(RECORD).some(
        (other) =>
          name !== undefined &&
          nameOf(other.properties) === name &&
          sameValue(other.properties.Type, properties.Type) &&
          other.properties.SetIdentifier === undefined &&
          properties.SetIdentifier === undefined &&
          (sameValue(other.properties.HostedZoneId, properties.HostedZoneId) ||
            sameValue(other.properties.HostedZoneName, properties.HostedZoneName)),
      );
      const message = `[Tried to create resource record set [name='${name}.', type='${type}'] but it already exists]`;
      return twice ? { property: "Name", value: name, message } : undefined;
    },
  },
  {
    id: "record-value",
    types: [RECORD, GROUP],
    document: TYPES,
    check: eachRecord(({ Type, ResourceRecords }, path) => {
      for (const [index, value] of asList(ResourceRecords).entries()) {
        const written = asText(value);
        const message = written === undefined ? undefined : wordsOnValue(asText(Type) ?? "", written);
        if (message !== undefined) return { property: `${path}ResourceRecords/${index}`, value, message };
      }
      return undefined;
    }),
  },
  {
    id: "record-cname-single",
    types: [RECORD, GROUP],
    document: `${TYPES}: CNAME`,
    approximate: true,
    check: eachRecord(({ Type, ResourceRecords }, path) => {
      const several = asText(Type) === "CNAME" && asList(ResourceRecords).length > 1;
      const message = "[Invalid Resource Record Set: a CNAME record set must have exactly one value]";
      return several ? { property: `${path}ResourceRecords`, message } : undefined;
    }),
  },
  {
    id: "record-set-identifier",
    types: [RECORD, GROUP],
    document: `${API}, ResourceRecordSet (SetIdentifier)`,
    approximate: true,
    check: eachRecord((record, path) => {
      const routed = ["Weight", "Region", "Failover", "GeoLocation", "MultiValueAnswer"].find(
        (name) => record[name] !== undefined,
      );
      const message = `[Invalid request: Missing field 'SetIdentifier' in Change with [Action=CREATE, Name=${nameOf(record) ?? ""}., Type=${asText(record.Type)}, SetIdentifier=null]]`;
      return routed !== undefined && record.SetIdentifier === undefined
        ? { property: `${path}SetIdentifier`, message }
        : undefined;
    }),
  },
  {
    id: "zone-name",
    types: [ZONE],
    document: "Amazon Route 53 Developer Guide, DNS domain name format",
    approximate: true,
    check: fits(
      "Name",
      (name) => name.length <= 255 && /^([^\s.]{1,63}\.)*[^\s.]{1,63}\.?$/.test(name),
      (name) => `${name} is not a valid domain name`,
    ),
  },
];

/** A name as Route 53 stores it, without the last dot. */
function nameOf({ Name }: Values): string | undefined {
  return bare(Name);
}

function zoneOf({ HostedZoneId, HostedZoneName }: Values, { find }: RuleSubject): string | undefined {
  return bare(HostedZoneName) ?? bare(find(HostedZoneId, ZONE)?.properties.Name);
}

function bare(name: Value | undefined): string | undefined {
  return asText(name)?.toLowerCase().replace(/\.$/, "");
}

function wordsOnValue(type: string, value: string): string | undefined {
  if (type === "A" && !IPV4.test(value)) {
    return problem("ARRDATAIllegalIPv4Address", "Value is not a valid IPv4 address", value);
  }
  if (type === "AAAA" && !IPV6.test(value)) {
    return problem("AAAARRDATAIllegalIPv6Address", "Value is not a valid IPv6 address", value);
  }
  if (type !== "TXT" && type !== "SPF") return undefined;
  const parts = value.trim().match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  if (parts.join("") === "" || value.replace(/"(?:[^"\\]|\\.)*"/g, "").trim() !== "") {
    return problem("InvalidCharacterString", "Value should be enclosed in quotation marks", value);
  }
  const long = parts.some((part) => part.length > 257);
  return long ? problem("CharacterStringTooLong", "Value is too long", value) : undefined;
}

type Judge = (record: Values, path: string, subject: RuleSubject) => Violation | undefined;

function eachRecord(check: Judge): RuleCheck {
  return (subject) => {
    const { type, properties } = subject;
    if (type === RECORD) return check(properties, "", subject);
    const { HostedZoneId, HostedZoneName } = properties;
    const zone: Values = {
      ...(HostedZoneId !== undefined && { HostedZoneId }),
      ...(HostedZoneName !== undefined && { HostedZoneName }),
    };
    return firstFault(items(properties.RecordSets), ([index, record]) =>
      check({ ...zone, ...record }, `RecordSets/${index}/`, subject),
    );
  };
}
