import { dependenciesOf } from "../../template/references.ts";
import type { Resource } from "../../template/types.ts";
import type { PreflightCheck, Scene } from "../check.ts";
import { type Declared, isMade, pointedAt, wordOf } from "../declared.ts";
import type { CheckVerdict } from "../finding.ts";

/** Something that others of its stack need without naming it by a reference. */
type Needed = { readonly it: Declared; readonly bucket?: string; readonly by: readonly Declared[] };

/**
 * Whether what needs another thing of its stack waits for it. Where it does not, CloudFormation makes both at once, and AWS
 * refuses the one that comes first: sometimes. Nothing is said where all wait: nobody looked at the account.
 */
export const ORDER_CHECK: PreflightCheck = {
  code: "order",
  document: "CloudFormation Template Reference, DependsOn attribute; Amazon S3 API Reference, PutBucketPolicy",
  of: async ({ resources }: Scene) => {
    const made = resources.filter(isMade);
    const needed = [...attachmentsIn(made), ...bucketsIn(made)];
    return needed.flatMap((one): readonly CheckVerdict[] => {
      const by = one.by.filter((other) => !waitsFor(other, one.it, resources));
      return by.length > 0 ? [verdictOf({ ...one, by })] : [];
    });
  },
};

function verdictOf({ it, bucket, by }: Needed): CheckVerdict {
  const resources = by.map(({ logicalId }) => logicalId);
  return {
    outcome: "warning",
    warning: {
      ...({ type: "dependency-missing", stack: it.stack, resources, on: it.logicalId } as const),
      ...(bucket !== undefined && { bucket }),
    },
    fix: { hints: [{ text: `let ${resources.join(", ")} wait for it with DependsOn: ${it.logicalId}` }] },
  };
}

/** Attachments of internet gateways, and what faces the internet in their stacks. */
function attachmentsIn(made: readonly Declared[]): readonly Needed[] {
  const attachments = made.filter(({ type }) => type === "AWS::EC2::VPCGatewayAttachment");
  return attachments.map((it) => ({
    it,
    by: made.filter((one) => isBeside(one, it) && wantsGateway(one, made)),
  }));
}

/** Load balancers that face the internet, public NAT gateways, and routes to an internet gateway of the stack. */
function wantsGateway({ type, properties }: Declared, all: readonly Declared[]): boolean {
  if (type === "AWS::EC2::Route") {
    return pointedAt(properties.GatewayId, all)?.type === "AWS::EC2::InternetGateway";
  }
  if (type === "AWS::EC2::NatGateway") return wordOf(properties, "ConnectivityType") !== "private";
  return (
    /^AWS::ElasticLoadBalancing(V2)?::LoadBalancer$/.test(type) &&
    (wordOf(properties, "Scheme") ?? "internet-facing") === "internet-facing"
  );
}

/** Buckets with a name, and policies of their stacks that say this name. */
function bucketsIn(made: readonly Declared[]): readonly Needed[] {
  return made
    .filter(({ type }) => type === "AWS::S3::Bucket")
    .flatMap((it) => {
      const name = wordOf(it.properties, "BucketName");
      const isNamed = ({ type, properties }: Declared) =>
        type === "AWS::S3::BucketPolicy" && wordOf(properties, "Bucket") === name;
      if (name === undefined) return [];
      return [{ it, bucket: name, by: made.filter((one) => isBeside(one, it) && isNamed(one)) }];
    });
}

function isBeside(one: Declared, other: Declared): boolean {
  return one.stack === other.stack && one.region === other.region;
}

/** Whether one comes after the other, be it by way of others of the template. */
function waitsFor(one: Declared, other: Declared, all: readonly Declared[]): boolean {
  const beside = all.filter((another) => isBeside(another, one));
  const Resources = Object.fromEntries(beside.map(({ logicalId, source }) => [logicalId, source]));
  const seen = new Set<string>();
  const waiting: Resource[] = [one.source];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const id of dependenciesOf({ Resources }, next)) {
      if (id === other.logicalId) return true;
      const source = Resources[id];
      if (source !== undefined && !seen.has(id)) waiting.push(source);
      seen.add(id);
    }
  }
  return false;
}
