import type { Value, Values } from "../../template/evaluate.ts";
import { constrained, constraint, first, fits } from "../checks.ts";
import type { Rule, Violation } from "../rule.ts";
import { asBoolean, asList, asNumber, asObject, asText, entry, items, sameValue } from "../values.ts";
import { knownLength, onlyZone, sameZone } from "./zones.ts";

const BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer";
const LISTENER = "AWS::ElasticLoadBalancingV2::Listener";
const TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup";

const ALB = "Elastic Load Balancing User Guide for Application Load Balancers";

const TWO_ZONES = "At least two subnets in two different Availability Zones must be specified";
const ONE_EACH = "A load balancer cannot be attached to multiple subnets in the same Availability Zone";

/** Protocols without encryption, whose listeners have neither certificate nor policy. */
const PLAIN = ["HTTP", "TCP", "UDP", "TCP_UDP"];

/** Numbers that a load balancer's attributes may be (ELBv2 API Reference, LoadBalancerAttribute), in seconds. */
const ATTRIBUTES = { "idle_timeout.timeout_seconds": [1, 4000], "client_keep_alive.seconds": [60, 604_800] } as const;

/** Load balancers and their listeners. */
export const LOAD_BALANCER_RULES: readonly Rule[] = [
  {
    id: "alb-two-zones",
    types: [BALANCER],
    document: `${ALB}, Availability Zones for your Application Load Balancer`,
    check: (subject) => {
      const { properties } = subject;
      if (kindOf(properties) !== "application") return undefined;
      const subnets = subnetsOf(properties);
      const few = knownLength(subnets.value) === 0 || onlyZone(subject, subnets.value) !== undefined;
      return few ? { ...subnets, message: TWO_ZONES } : undefined;
    },
  },
  {
    id: "load-balancer-zones",
    types: [BALANCER],
    document: "ELBv2 API Reference, CreateLoadBalancer (Subnets)",
    check: (subject) => {
      const { property, value } = subnetsOf(subject.properties);
      const index = sameZone(subject, asList(value));
      return index === undefined ? undefined : { property: `${property}/${index}`, value, message: ONE_EACH };
    },
  },
  {
    id: "load-balancer-name",
    types: [BALANCER, TARGETS],
    document: "ELBv2 API Reference, CreateLoadBalancer and CreateTargetGroup (Name)",
    check: ({ type, properties: { Name } }) => nameFault(type === TARGETS ? "Target group" : "Load balancer", Name),
  },
  {
    id: "load-balancer-attribute",
    types: [BALANCER],
    document: `${ALB}, Edit attributes for your Application Load Balancer`,
    check: ({ properties: { LoadBalancerAttributes } }) =>
      numberFault("LoadBalancerAttributes", LoadBalancerAttributes, ATTRIBUTES),
  },
  {
    id: "load-balancer-logs-bucket",
    types: [BALANCER],
    document: `${ALB}, Enable access logs for your Application Load Balancer`,
    approximate: true,
    check: ({ properties: { LoadBalancerAttributes: attributes } }) => {
      const on = asBoolean(entry(attributes, "access_logs.s3.enabled")?.value);
      if (!on || !Array.isArray(attributes) || entry(attributes, "access_logs.s3.bucket")) return undefined;
      const message = "The value of 'access_logs.s3.bucket' must be specified when 'access_logs.s3.enabled' is 'true'";
      return { property: "LoadBalancerAttributes", message };
    },
  },
  {
    id: "listener-certificate",
    types: [LISTENER],
    document: `${ALB}, Create an HTTPS listener for your Application Load Balancer`,
    check: ({ properties: { Protocol, Certificates } }) => {
      const protocol = asText(Protocol);
      const secure = protocol === "HTTPS" || protocol === "TLS";
      const none = Certificates === undefined || (Array.isArray(Certificates) && Certificates.length === 0);
      const message = `A certificate must be specified for ${protocol} listeners`;
      return secure && none ? { property: "Certificates", message } : undefined;
    },
  },
  {
    id: "listener-no-certificate",
    types: [LISTENER],
    document: "ELBv2 API Reference, CreateListener (Certificates)",
    approximate: true,
    check: ({ properties: { Protocol, Certificates } }) => {
      const plain = PLAIN.includes(asText(Protocol) ?? "");
      const message = `You cannot specify certificates for ${asText(Protocol)} listeners`;
      return plain && asList(Certificates).length > 0 ? { property: "Certificates", message } : undefined;
    },
  },
  {
    id: "listener-one-certificate",
    types: [LISTENER],
    document: "CloudFormation Template Reference, AWS::ElasticLoadBalancingV2::Listener (Certificates)",
    check: ({ properties: { Certificates } }) => {
      const given = asList(Certificates).length;
      const message = `Up to '1' certificate ARNs can be specified, but '${given}' were specified`;
      return given > 1 ? { property: "Certificates", message } : undefined;
    },
  },
  {
    id: "listener-certificate-region",
    types: [LISTENER],
    document: `${ALB}, SSL certificates for your Application Load Balancer`,
    check: ({ properties: { Certificates }, region, find }) => {
      for (const [index, { CertificateArn }] of items(Certificates)) {
        const arn = asText(CertificateArn);
        const there = find(CertificateArn, "AWS::CertificateManager::Certificate")?.region ?? arn?.split(":")[3];
        // A server certificate of IAM has no region.
        if (there === undefined || there === "" || there === region) continue;
        const property = `Certificates/${index}/CertificateArn`;
        return { property, value: CertificateArn, message: `Certificate ARN '${arn ?? there}' is not valid` };
      }
      return undefined;
    },
  },
  {
    id: "listener-port",
    types: [LISTENER],
    document: "ELBv2 API Reference, CreateListener (Port)",
    check: constrained("Port", 1, 65_535, "port"),
  },
  {
    id: "listener-port-once",
    types: [LISTENER],
    document: "ELBv2 API Reference, CreateListener (DuplicateListener)",
    code: "AlreadyExists",
    check: ({ properties: { LoadBalancerArn, Port }, before }) => {
      const twice = before(LISTENER).some(
        ({ properties }) => sameValue(properties.LoadBalancerArn, LoadBalancerArn) && sameValue(properties.Port, Port),
      );
      const message = "A listener already exists on this port for this load balancer";
      return twice ? { property: "Port", value: Port, message } : undefined;
    },
  },
  {
    id: "listener-protocol",
    types: [LISTENER],
    document: "ELBv2 API Reference, CreateListener (Protocol)",
    approximate: true,
    check: (subject) => {
      const balancer = subject.find(subject.properties.LoadBalancerArn, BALANCER);
      const kind = balancer && kindOf(balancer.properties);
      if (kind !== "application" && kind !== "network") return undefined;
      const legal = kind === "application" ? ["HTTP", "HTTPS"] : ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"];
      return fits("Protocol", legal, (value) => `Protocol '${value}' must be one of '${legal.join(", ")}'`)(subject);
    },
  },
  {
    id: "listener-security-policy",
    types: [LISTENER],
    document: `${ALB}, Security policies for your Application Load Balancer`,
    approximate: true,
    check: first(
      ({ properties: { Protocol, SslPolicy } }) =>
        SslPolicy !== undefined && PLAIN.includes(asText(Protocol) ?? "")
          ? {
              property: "SslPolicy",
              value: SslPolicy,
              message: `You cannot specify an SSL policy for ${asText(Protocol)} listeners`,
            }
          : undefined,
      fits("SslPolicy", /^ELBSecurityPolicy-/, (value) => `SSL policy '${value}' not found`),
    ),
  },
];

/** Invalid attributes of a listener or a group, with AWS's message. */
export function numberFault(
  property: string,
  attributes: Value | undefined,
  ranges: { readonly [key: string]: readonly [number, number] },
): Violation | undefined {
  for (const [key, [least, most]] of Object.entries(ranges)) {
    const found = entry(attributes, key);
    const value = asNumber(found?.value);
    if (value === undefined || (value >= least && value <= most)) continue;
    const message = `'${key}' value '${value}' must be between '${least}-${most}' inclusive`;
    return { property: `${property}/${found?.path}`, value, message };
  }
  return undefined;
}

function nameFault(what: string, given: Value | undefined): Violation | undefined {
  const name = asText(given);
  if (name === undefined) return undefined;
  const fault = (words: string) => ({ property: "Name", value: name, message: `${what} name '${name}' ${words}` });
  if (name === "") return { property: "Name", value: name, message: constraint(name, "name", "not be empty") };
  if (name.length > 32) return fault("cannot be longer than '32' characters");
  if (!/^[A-Za-z0-9-]+$/.test(name)) {
    return fault("can only contain characters that are alphanumeric characters or hyphens(-)");
  }
  if (/^-|-$/.test(name)) return fault("cannot begin or end with '-'");
  return what === "Load balancer" && name.startsWith("internal-") ? fault("cannot begin with 'internal-'") : undefined;
}

function kindOf({ Type = "application" }: Values): string | undefined {
  return asText(Type);
}

function subnetsOf({ Subnets, SubnetMappings }: Values): {
  readonly property: string;
  readonly value: Value | undefined;
} {
  if (SubnetMappings === undefined) return { property: "Subnets", value: Subnets };
  if (!Array.isArray(SubnetMappings)) return { property: "SubnetMappings", value: undefined };
  const value = (SubnetMappings as readonly Value[]).map((one) => asObject(one).SubnetId ?? null);
  return { property: "SubnetMappings", value };
}
