import { command } from "../../command-line.ts";
import type { ErrorCode } from "../../errors.ts";
import type { Diagnoses, Diagnosis, Facts } from "./code.ts";

/** What whoever found the failure says of it is all there is to say. */
const AS_SAID = ({ hints }: Facts): Diagnosis => ({ hints });

/**
 * Of a resource's failure that is not known, AWS's words are all there is to go by; the same command alone would end
 * as it did (pulumi/pulumi-awsx#905).
 */
const unknown = ({ hints, source, resource }: Facts): Diagnosis => {
  if (hints.length > 0 || source !== "aws" || resource === undefined) return { hints };
  return { hints: [{ text: "fix what AWS says above, in the app or in the account" }] };
};

const bootstrap = ({ site, step }: Facts) =>
  command`npx cdk bootstrap aws://${site.account}/${step?.region ?? site.region}`;

/** What failures of calls, and of astro's own, mean where they stop one stack. */
export const OF_CALLS: Diagnoses<ErrorCode> = {
  failed: unknown,
  unreachable: ({ again }) => ({
    cause: "the connection to AWS is lost; the deployment continues in AWS",
    hints: [{ text: "check the network, VPN and proxy, then continue with", command: again }],
  }),
  "no-answer": ({ again }) => ({
    cause: "the connection to AWS broke off or timed out; the deployment continues in AWS",
    hints: [{ text: "check the network, VPN and proxy, then continue with", command: again }],
  }),
  untrusted: ({ again }) => ({
    cause: "the server's certificate is not trusted: a proxy may inspect the traffic, or the clock may be wrong",
    hints: [
      {
        text: "set AWS_CA_BUNDLE=FILE to a .pem file with the proxy's certificate authority, or set the clock, then continue with",
        command: again,
      },
    ],
  }),
  proxy: AS_SAID,
  denied: ({ again, call, hints }) => ({
    cause: "your credentials do not allow this",
    hints: [
      ...(call === undefined ? hints : [{ text: `ask for the permission ${call}` }]),
      { text: "then continue with", command: again },
    ],
  }),
  throttled: ({ again }) => ({
    cause: "API rate limit exceeded: this run or something else in the account calls AWS too often; eight tries failed",
    hints: [{ text: "wait a minute, or stop what else calls AWS, then continue with", command: again }],
  }),
  "aws-fault": ({ again }) => ({
    cause: "AWS itself has a problem; eight tries failed",
    hints: [{ text: "look at https://health.aws.amazon.com, wait some minutes, then continue with", command: again }],
  }),
  quota: ({ again }) => ({
    cause: "a quota of the account is used up",
    hints: [
      { text: "raise the quota that AWS names, or delete what is not needed, then continue with", command: again },
    ],
  }),
  "not-enabled": AS_SAID,
  conflict: ({ again }) => ({
    cause: "something else is changing the same resource",
    hints: [
      { text: "see what is going on", command: command`astro status` },
      { text: "wait until that is done, then continue with", command: again },
    ],
  }),
  "parameter-missing": ({ again, step, site }) => ({
    cause: "the stack reads a parameter from Parameter Store that does not exist",
    hints: [
      {
        text: "create the parameter, or name another in the app",
        command: command`aws ssm put-parameter --name NAME --type String --value VALUE --region ${step?.region ?? site.region}`,
      },
      { text: "then continue with", command: again },
    ],
  }),
  "cdk-bootstrap-missing": (facts) => ({
    cause:
      "the app needs the CDK's bootstrap in this account and region, and that does not exist, or has another qualifier",
    hints: [{ text: "create it", command: bootstrap(facts) }],
  }),
  "cdk-bootstrap-outdated": (facts) => ({
    cause: "the CDK's bootstrap in this account and region is older than the app needs",
    hints: [{ text: "update it", command: bootstrap(facts) }],
  }),
  "bucket-not-ours": {
    cause: "anybody can create a bucket of a name first, and code is published to no other account's",
    hints: [
      {
        text: "find out whose it is; if it is another account's, bootstrap the CDK again with another --qualifier, and use that in the app",
      },
    ],
  },
  locked: AS_SAID,
  preflight: AS_SAID,
  "not-ours": AS_SAID,
  elsewhere: AS_SAID,
  usage: AS_SAID,
  declined: AS_SAID,
  interrupted: AS_SAID,
  cancelled: AS_SAID,
  credentials: AS_SAID,
  "wrong-account": AS_SAID,
  config: AS_SAID,
  synthesis: AS_SAID,
  template: AS_SAID,
  "stacks-failed": AS_SAID,
  "migration-failed": AS_SAID,
};
