import type { Diagnosis } from "./diagnosis.ts";
import type { FailedStack } from "./event.ts";
import { type FailedPlace, leftover } from "./leftover.ts";

/** CloudFormation's words for something its stack has and its service has not. */
const GONE = /HandlerErrorCode: NotFound|was not found|does not exist/i;

/** Calls that AWS did not answer as it should, eight times over: the words, what they mean, and what helps. */
const UNHEARD: readonly (readonly [words: RegExp, cause: string, advice: string])[] = [
  [
    /Throttling|Rate exceeded|SlowDown|RequestLimitExceeded/,
    "the account asks AWS too much at once, this run or something else in it; eight tries did not help",
    "wait a minute, or stop what else asks, then go on:",
  ],
  [
    /InternalFailure|InternalError|InternalServerError|ServiceUnavailable/,
    "something is wrong at AWS itself; eight tries did not help",
    "look at https://health.aws.amazon.com, wait some minutes, then go on:",
  ],
  [
    /ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|socket hang up|TimeoutError|cannot be reached/,
    "the connection to AWS breaks off; AWS goes on with what it has begun",
    "check the network, VPN and proxy, then go on:",
  ],
  [
    /is not trusted:/,
    "the certificate that answers is not believed: a proxy may look into the traffic, or the clock may be wrong",
    "set AWS_CA_BUNDLE=FILE to a .pem file with the proxy's certificate authority, or set the clock, then go on:",
  ],
  [
    // aws/aws-cdk#15888, "SSM parameter /cdk-bootstrap/hnb659fds/version not found. Has the environment been bootstrapped?"
    /Unable to fetch parameters \[[^\]]*\/cdk-bootstrap\/|^the app's files are for the bucket .* not there$/,
    "the app counts on what the CDK's bootstrap makes, and that is not there, or was made under other names",
    "make it:  npx cdk bootstrap aws://ACCOUNT/REGION",
  ],
  [
    /CDK bootstrap stack version \d+ required/,
    "the CDK's bootstrap in this account and region is older than the app",
    "renew it:  npx cdk bootstrap aws://ACCOUNT/REGION",
  ],
  [
    /Unable to fetch parameters \[/,
    "the stack reads from Parameter Store what is not there",
    "write what AWS names above (aws ssm put-parameter --name NAME --type String --value VALUE), or name another in the app, then go on:",
  ],
  [
    /^the app's files are for the bucket /,
    "anybody can take a bucket's name before you, and code is published to nobody else's",
    "find out whose it is; if it is another account's, bootstrap the CDK anew under another --qualifier, and name that in the app",
  ],
  [
    /^these credentials may not write to \S+, and not take the role/,
    "files go where the app says, by the role that it names or as who you are, and neither is allowed",
    "ask for sts:AssumeRole on that role, or for s3:PutObject there, then go on:",
  ],
  [/^not allowed:/, "your credentials may not do this", "ask for the permission AWS names above, then go on:"],
];

/** The same where no operation of CloudFormation failed but a call to it. */
function unheard(reason: string, account = "ACCOUNT", region = "REGION"): Diagnosis | undefined {
  const [, cause, advice] = UNHEARD.find(([words]) => words.test(reason)) ?? [];
  if (cause === undefined || advice === undefined) return undefined;
  return { cause, advice: advice.replace("ACCOUNT/REGION", `${account}/${region}`) };
}

/**
 * The way out of a state that CloudFormation does not leave by itself and the engine may not leave unasked, or of what
 * was done by hand, or what the engine found out itself; `again` is the command that goes on from here, `place` where it failed. `undefined` for any other
 * failure.
 */
export function wayOut(
  failed: FailedStack,
  again: string,
  place?: FailedPlace,
  account?: string,
): Diagnosis | undefined {
  const { status, reason, resource, stuck = [], diagnosis } = failed;
  const names = stuck.join(", ");
  const flagged = (flag: string) => stuck.reduce((command, id) => withWords(command, `${flag} ${id}`), again);
  if (diagnosis) {
    if (stuck.length === 0 || status !== "DELETE_FAILED") return diagnosis;
    return { ...diagnosis, advice: `${diagnosis.advice}\nor let it stay behind as it is:  ${flagged("--retain")}` };
  }
  const isGone = resource !== undefined && status.startsWith("UPDATE_") && GONE.test(reason);
  if (stuck.length > 0 && status === "UPDATE_ROLLBACK_FAILED") {
    return isGone
      ? {
          cause: `somebody deleted ${names} by hand, so CloudFormation cannot bring it back to what it was`,
          advice: `take it as it is, then make it anew:  ${withWords(flagged("--skip-resource"), "--revert-drift")}`,
        }
      : {
          cause: `${names} cannot be brought back to what it was, so CloudFormation takes no update`,
          advice: `put right what AWS says above, if it names anything; or let CloudFormation take it as it is:  ${flagged("--skip-resource")}`,
        };
  }
  if (stuck.length > 0 && status === "DELETE_FAILED") {
    return {
      cause: `${names} cannot be deleted, so the stack cannot go either`,
      advice: `put right what AWS says above, if it names anything; or let it stay behind:  ${flagged("--retain")}`,
    };
  }
  if (isGone) {
    return {
      cause: `somebody deleted ${resource}, or something it needs, by hand`,
      advice: `bring back what was changed or deleted by hand:  ${withWords(again, "--revert-drift")}`,
    };
  }
  return status === "UNKNOWN" ? unheard(reason, account, place?.region) : leftover(failed, again, place, account);
}

/** A command with these words, none twice. */
function withWords(command: string, words: string): string {
  return `${command} `.includes(` ${words} `) ? command : `${command} ${words}`;
}
