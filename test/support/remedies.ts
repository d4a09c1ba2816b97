import { execFileSync } from "node:child_process";
import * as cloudformation from "@aws-sdk/client-cloudformation";
import * as ec2 from "@aws-sdk/client-ec2";
import * as ecr from "@aws-sdk/client-ecr";
import * as route53 from "@aws-sdk/client-route-53";
import * as s3 from "@aws-sdk/client-s3";

type Config = {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};
type Send = (name: string, input: object) => Promise<unknown>;
type Sdk = { readonly [name: string]: unknown };

/** How each service of the `aws` client is reached without it. */
const SERVICES: { readonly [service: string]: (config: Config) => Send } = {
  cloudformation: (config) => sender(cloudformation, new cloudformation.CloudFormationClient(config)),
  ec2: (config) => sender(ec2, new ec2.EC2Client(config)),
  ecr: (config) => sender(ecr, new ecr.ECRClient(config)),
  route53: (config) => sender(route53, new route53.Route53Client(config)),
  s3api: (config) => sender(s3, new s3.S3Client({ ...config, forcePathStyle: true })),
};

/**
 * Carries out an `aws` command that a screen offered, as it stands there: a shell takes it apart, and its words become
 * the call that the `aws` client would make of them. Rejects if the command is none, or AWS refuses it.
 */
export async function carriedOut(config: Config, command: string): Promise<void> {
  const script = `aws() { printf '%s\\0' "$@"; }; ${command}`;
  const words = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
  const [service = "", operation = "", ...flags] = words;
  const send = SERVICES[service]?.({ ...config, region: valueAfter(flags, "--region") ?? config.region });
  if (send === undefined) throw new Error(`not a command of aws: ${command}`);
  await send(pascal(operation), inputOf(flags));
}

const pascal = (words: string) => words.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const valueAfter = (flags: readonly string[], name: string) =>
  flags.includes(name) ? flags[flags.indexOf(name) + 1] : undefined;

function inputOf(flags: readonly string[]): object {
  const input: { [name: string]: unknown } = {};
  flags.forEach((flag, at) => {
    if (!flag.startsWith("--") || flag === "--region") return;
    const value = flags[at + 1];
    const isSwitch = value === undefined || value.startsWith("--");
    // Which members begin with a capital, the service's protocol decides; both are taken where only one is read.
    const name = pascal(flag.replace(/^--(no-)?/, ""));
    const given = isSwitch ? !flag.startsWith("--no-") : parsed(value);
    input[name] = given;
    input[(name[0] ?? "").toLowerCase() + name.slice(1)] = given;
  });
  return input;
}

/** A value as the `aws` client takes it: JSON, or its shorthand of `name=value` pairs. */
function parsed(value: string): unknown {
  if (value.startsWith("{")) return JSON.parse(value);
  const pairs = value.split(",").map((pair) => pair.split("="));
  if (!/^\w+=/.test(value)) return value;
  const structure = Object.fromEntries(pairs);
  return value.startsWith("imageDigest=") ? [structure] : structure;
}

function sender(sdk: Sdk, client: object): Send {
  return async (name, input) => {
    const Command = sdk[`${name}Command`] as (new (input: object) => unknown) | undefined;
    if (Command === undefined) throw new Error(`no such operation: ${name}`);
    await (client as { send: (command: unknown) => Promise<unknown> }).send(new Command(input));
  };
}
