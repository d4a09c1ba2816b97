import * as wafv2 from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";
import { AstroStack, type Place } from "../lib/astro-stack";
import { CDN_REGION } from "./certificate";

/** AWS's managed rule groups, in the order they are tried. */
const GROUPS = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesCommonRuleSet",
] as const;

/** The web ACL in front of the CDN; one for CloudFront lives in us-east-1 (AWS WAF Developer Guide, "CloudFront"). */
export class WafStack extends AstroStack {
  readonly webAclArn: string;

  constructor(scope: Construct, place: Place) {
    super(scope, place, {
      name: "waf",
      phase: "dns",
      description: "Web ACL of the CDN",
      region: CDN_REGION,
      optional: true,
    });
    const metrics = (metricName: string) => ({
      metricName: `${place.prefix}-${metricName}`,
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
    });
    const webAcl = new wafv2.CfnWebACL(this, "WebAcl", {
      name: place.prefix,
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      visibilityConfig: metrics("all"),
      rules: GROUPS.map((name, priority) => ({
        name,
        priority,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: "AWS", name, ...exceptions(name) } },
        visibilityConfig: metrics(name),
      })),
    });
    this.webAclArn = this.share("WebAclArn", webAcl.attrArn);
  }
}

/** The core rules refuse bodies above 8 KB, which every uploaded PDF is (AWS WAF Developer Guide, "Core rule set"). */
function exceptions(group: (typeof GROUPS)[number]) {
  if (group !== "AWSManagedRulesCommonRuleSet") return {};
  return { ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }] };
}
