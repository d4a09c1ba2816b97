import * as wafv2 from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";
import { AstroStack, type Settings } from "../lib/astro-stack";
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

  constructor(scope: Construct, settings: Settings) {
    super(scope, settings, {
      name: "waf",
      phase: "dns",
      description: "Web ACL of the CDN",
      region: CDN_REGION,
      optional: true,
    });
    const metrics = (metricName: string) => ({
      metricName: `${settings.prefix}-${metricName}`,
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
    });
    const webAcl = new wafv2.CfnWebACL(this, "WebAcl", {
      name: settings.prefix,
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      visibilityConfig: metrics("all"),
      rules: [
        ...GROUPS.map((name, priority) => ({
          name,
          priority,
          overrideAction: { none: {} },
          statement: { managedRuleGroupStatement: { vendorName: "AWS", name, ...exceptions(name) } },
          visibilityConfig: metrics(name),
        })),
        {
          name: "BodiesElsewhere",
          priority: GROUPS.length,
          action: { block: {} },
          statement: {
            andStatement: {
              statements: [
                { orStatement: { statements: UPLOAD_RULES.map(wasCounted) } },
                { notStatement: { statement: beginsWith(settings.config.cdn.uploadPath) } },
              ],
            },
          },
          visibilityConfig: metrics("bodies-elsewhere"),
        },
      ],
    });
    this.webAclArn = this.share("WebAclArn", webAcl.attrArn);
  }
}

/**
 * Rules of the core rule set that look into a body, and see in an uploaded file what they look for (AWS WAF Developer Guide,
 * "Baseline rule groups"). They count, and a rule of ours after them blocks what they have marked anywhere but at uploads.
 */
const UPLOAD_RULES = ["CrossSiteScripting", "EC2MetaDataSSRF", "GenericLFI", "GenericRFI"];

/** The one that blocks bodies above 8 KB counts everywhere: that is no attack, and much of an API's own JSON is larger. */
const SIZE_RULE = "SizeRestrictions";

function exceptions(group: (typeof GROUPS)[number]) {
  if (group !== "AWSManagedRulesCommonRuleSet") return {};
  const counted = [SIZE_RULE, ...UPLOAD_RULES].map((rule) => ({
    name: `${rule}_BODY`,
    actionToUse: { count: {} },
  }));
  return { ruleActionOverrides: counted };
}

/** The mark that a rule of the core rule set leaves, counting or not (the same page: its label). */
function wasCounted(rule: string): wafv2.CfnWebACL.StatementProperty {
  return { labelMatchStatement: { scope: "LABEL", key: `awswaf:managed:aws:core-rule-set:${rule}_Body` } };
}

/** A path as the application will read it, so that `/api/uploads/../login` does not begin with `/api/uploads`. */
function beginsWith(searchString: string): wafv2.CfnWebACL.StatementProperty {
  return {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: "STARTS_WITH",
      searchString,
      textTransformations: ["URL_DECODE", "NORMALIZE_PATH"].map((type, priority) => ({ type, priority })),
    },
  };
}
