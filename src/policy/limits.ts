import type { PolicyResource } from "./resources.ts";
import type { PolicyScope } from "./where.ts";

/** Something IAM cannot keep to one environment, and what is done instead. */
export type PolicyLimit = { readonly about: string; readonly says: string };

/**
 * Types of which IAM can tell resources apart neither by name nor by tag (Service Authorization Reference: no resource type,
 * or one without `aws:ResourceTag`; CloudFormation registry: not tagged as they are made).
 */
const ALIKE: readonly {
  readonly about: string;
  readonly types: readonly string[];
  /** Only those that the templates give no name. */
  readonly nameless?: true;
}[] = [
  { about: "task definitions (to deregister)", types: ["AWS::ECS::TaskDefinition"] },
  {
    about: "CloudFront's cache and header policies and origin access controls",
    types: [
      "AWS::CloudFront::CachePolicy",
      "AWS::CloudFront::OriginAccessControl",
      "AWS::CloudFront::ResponseHeadersPolicy",
    ],
  },
  { about: "scaling targets", types: ["AWS::ApplicationAutoScaling::ScalableTarget"] },
  { about: "hosted zones that a stack makes", types: ["AWS::Route53::HostedZone"] },
];

/** Types that have tags, but not yet as they are made, or names that say nothing of their stack. */
const LATE: typeof ALIKE = [
  { about: "certificates", types: ["AWS::CertificateManager::Certificate"] },
  { about: "distributions", types: ["AWS::CloudFront::Distribution"] },
  { about: "VPC origins", types: ["AWS::CloudFront::VpcOrigin"] },
  { about: "target groups", types: ["AWS::ElasticLoadBalancingV2::TargetGroup"] },
  { about: "VPC endpoints", types: ["AWS::EC2::VPCEndpoint"] },
  { about: "event source mappings", types: ["AWS::Lambda::EventSourceMapping"] },
  { about: "load balancers without a name", types: ["AWS::ElasticLoadBalancingV2::LoadBalancer"], nameless: true },
];

/** What the policies for these resources cannot keep to the environment. */
export function limitsOf(resources: readonly PolicyResource[], boundary: string | undefined): readonly PolicyLimit[] {
  const types = resources.map(({ type }) => type);
  const among = (list: typeof ALIKE) =>
    list
      .filter((one) =>
        resources.some(({ type, lies }) => one.types.includes(type) && (one.nameless !== true || lies.length > 0)),
      )
      .map(({ about }) => about);
  const [alike, late] = [among(ALIKE), among(LATE)];
  return [
    ...(alike.length > 0
      ? [
          {
            about: alike.join(", "),
            says: "neither names nor tags that IAM could go by; changed by way of CloudFormation alone, on this environment's stacks, which may take over none",
          },
        ]
      : []),
    ...(late.length > 0
      ? [
          {
            about: late.join(", "),
            says: "tagged only after they are created; untagged ones are within reach, by way of CloudFormation alone, those with another environment's tags are not",
          },
        ]
      : []),
    ...(types.includes("AWS::IAM::OIDCProvider")
      ? [{ about: "identity providers", says: "an account has one for a URL: what makes it may change it for all" }]
      : []),
    { about: "what is there", says: "names and settings of all that is in these regions are seen, contents are not" },
    ...(types.includes("AWS::IAM::Role") || types.includes("AWS::IAM::Policy") ? [boundaryWords(boundary)] : []),
  ];
}

/** What an operator with these policies is denied although the templates ask for it. */
export function warningsOf(
  resources: readonly PolicyResource[],
  { environment }: PolicyScope,
  boundary: string | undefined,
): readonly PolicyLimit[] {
  const unknown = resources.filter(({ isUnknown }) => isUnknown);
  const unbound = resources.filter(
    ({ type, properties }) => type === "AWS::IAM::Role" && properties.PermissionsBoundary !== boundary,
  );
  const names = (list: readonly PolicyResource[]) => list.map(({ stack, id }) => `${id} of ${stack}`).join(", ");
  return [
    ...(unknown.length > 0
      ? [
          {
            about: names(unknown),
            says: "named by what no template says: name them in the app, or add a policy of your own",
          },
        ]
      : []),
    ...(boundary !== undefined && unbound.length > 0
      ? [
          {
            about: names(unbound),
            says: `roles without the boundary; set boundary: ${boundary} under ${environment} in astro.yaml, which lib/astro-stack.ts hands to every role`,
          },
        ]
      : []),
  ];
}

function boundaryWords(boundary: string | undefined): PolicyLimit {
  return boundary === undefined
    ? {
        about: "roles",
        says: "without a permissions boundary, whoever may write this environment's roles can give them, and so themselves, any right in the account: set boundary in astro.yaml to the ARN of a managed policy",
      }
    : {
        about: "roles",
        says: `made and widened under ${boundary} only; it can be put on, never taken off. Who may change that policy itself is not said here`,
      };
}
