import { dependenciesOf } from "../../template/references.ts";
import type { Resource } from "../../template/types.ts";
import type { Check, Scene } from "../check.ts";
import { type Declared, isMade, wordOf } from "../declared.ts";
import type { Verdict } from "../finding.ts";

/**
 * Whether what needs an internet gateway waits for the attachment that is made beside it. Where it does not, CloudFormation
 * makes both at once, and AWS refuses the one that comes first: sometimes.
 */
export const GATEWAY_CHECK: Check = {
  code: "gateway",
  document: 'CloudFormation Template Reference, DependsOn attribute, "VPC-gateway attachment"',
  of: async ({ resources }: Scene) => {
    const attachments = resources.filter(({ type }) => type === "AWS::EC2::VPCGatewayAttachment").filter(isMade);
    return attachments.flatMap((attachment): readonly Verdict[] => {
      const beside = resources.filter(
        ({ stack, region }) => stack === attachment.stack && region === attachment.region,
      );
      const made = beside.filter((one) => isMade(one) && wantsGateway(one));
      const early = made.filter((one) => !waitsFor(one, attachment, beside)).map(({ logicalId }) => logicalId);
      if (early.length > 0) {
        const words = `${early.join(", ")} of ${attachment.stack} may come before the internet gateway that ${early.length === 1 ? "it needs" : "they need"}`;
        const fix = { words: `let ${early.join(", ")} wait for it:  DependsOn: ${attachment.logicalId}` };
        return [{ outcome: "warning", words, fix }];
      }
      return made.length === 0 ? [] : [{ outcome: "ok", words: `${attachment.logicalId} is waited for` }];
    });
  },
};

/** Load balancers that face the internet, and public NAT gateways. */
function wantsGateway({ type, properties }: Declared): boolean {
  if (type === "AWS::EC2::NatGateway") return wordOf(properties, "ConnectivityType") !== "private";
  return (
    /^AWS::ElasticLoadBalancing(V2)?::LoadBalancer$/.test(type) &&
    (wordOf(properties, "Scheme") ?? "internet-facing") === "internet-facing"
  );
}

/** Whether one comes after the other, be it by way of others of the template. */
function waitsFor(one: Declared, other: Declared, beside: readonly Declared[]): boolean {
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
