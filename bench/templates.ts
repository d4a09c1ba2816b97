// Puts public templates to `astro cost --template` and to the rehearsal; fetched when this is run, and never kept.
// `npx tsx bench/templates.ts [PATTERN]`: those whose path has it. TEMPLATES_FROM is where the repositories are.
import "./quiet.ts";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
  type StackEvent,
} from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type Rehearsal, startRehearsal } from "../src/rehearsal/rehearsal.ts";
import { isObject } from "../src/template/json.ts";
import { parseTemplate } from "../src/template/parse.ts";
import type { Parameter, Template } from "../src/template/types.ts";
import { run } from "../test/support/cli.ts";
import { table } from "./table.ts";

const REGION = "us-east-1";
const FROM = process.env.TEMPLATES_FROM ?? "https://github.com";

/** Repositories of templates, and the commit that is looked at. */
const REPOSITORIES = {
  "aws-cloudformation/aws-cloudformation-templates": "142ce6f283d285fa370adb7f9d332d7f46dac5fc",
  "widdix/aws-cf-templates": "1a9f04f934179975a3a56c2496d2ed2b27598bd8",
  "awslabs/ecs-refarch-cloudformation": "a257e226b33bd9d2a721e5afd9d7e8b66dbacfdc",
} as const;

type Found = { readonly repository: string; readonly path: string; readonly text: string; readonly template: Template };

/** The templates of a repository; of one that is there as JSON and as YAML only one. */
function templatesOf(repository: string, commit: string, folder: string): readonly Found[] {
  const clone = join(folder, repository.replace("/", "+"));
  const git = (...args: readonly string[]) =>
    execFileSync("git", args, { encoding: "utf8", maxBuffer: 100_000_000, stdio: ["ignore", "pipe", "inherit"] });
  git("clone", "--quiet", "--bare", `${FROM}/${repository}.git`, clone);
  const paths = git("--git-dir", clone, "ls-tree", "-r", "--name-only", commit)
    .split("\n")
    .filter((path) => /\.(ya?ml|json|template)$/.test(path));
  const stem = (path: string) => path.slice(0, -extname(path).length);
  return paths.flatMap((path): readonly Found[] => {
    if (path.endsWith(".json") && paths.some((other) => other !== path && stem(other) === stem(path))) return [];
    const text = git("--git-dir", clone, "show", `${commit}:${path}`);
    try {
      const template = parseTemplate(text);
      const all = isObject(template.Resources) ? Object.values(template.Resources) : [];
      const isOne = all.length > 0 && all.every((one) => isObject(one) && /^\w+(::\w+)+$/.test(String(one.Type)));
      return isOne ? [{ repository, path, text, template }] : [];
    } catch {
      // What looks like one and cannot be read is to be seen; all else is no template: a pipeline's settings, a chart.
      const looks = /^\s*"?Resources"?\s*:/m.test(text) && /"?Type"?\s*:\s*["']?AWS::/.test(text);
      return looks ? [{ repository, path, text, template: { Resources: {} } }] : [];
    }
  });
}

const POLICY = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" },
  ],
};

/** What templates ask of an account that has things: a network, a zone, a key pair, a bucket. */
const AROUND = {
  Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16", EnableDnsHostnames: true } },
  Gateway: { Type: "AWS::EC2::InternetGateway" },
  Attachment: {
    Type: "AWS::EC2::VPCGatewayAttachment",
    Properties: { VpcId: { Ref: "Vpc" }, InternetGatewayId: { Ref: "Gateway" } },
  },
  ...Object.fromEntries(
    ["a", "b", "c", "d", "e", "f"].map((letter, at) => [
      `Subnet${letter}`,
      {
        Type: "AWS::EC2::Subnet",
        Properties: { VpcId: { Ref: "Vpc" }, CidrBlock: `10.0.${100 + at}.0/24`, AvailabilityZone: REGION + letter },
      },
    ]),
  ),
  Group: { Type: "AWS::EC2::SecurityGroup", Properties: { GroupDescription: "any", VpcId: { Ref: "Vpc" } } },
  Table: { Type: "AWS::EC2::RouteTable", Properties: { VpcId: { Ref: "Vpc" } } },
  Key: { Type: "AWS::EC2::KeyPair", Properties: { KeyName: "any" } },
  Zone: { Type: "AWS::Route53::HostedZone", Properties: { Name: "example.com" } },
  Topic: { Type: "AWS::SNS::Topic" },
  Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "any" } },
  Secret: { Type: "AWS::KMS::Key", Properties: { KeyPolicy: POLICY } },
  Role: {
    Type: "AWS::IAM::Role",
    Properties: {
      RoleName: "any",
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "sts:AssumeRole" }],
      },
    },
  },
  Cluster: { Type: "AWS::ECS::Cluster" },
} as const;

type Around = { readonly [id: string]: string };

/** A value for a parameter that has none, as an owner of such an account would give it. */
function answerTo(name: string, { Type, AllowedValues, ...limits }: Parameter, around: Around, nth: number) {
  const { MinValue = 1, MinLength = 0 } = limits as { readonly [limit: string]: unknown };
  const subnets = ["a", "b", "c", "d", "e", "f"].map((letter) => around[`Subnet${letter}`] ?? "");
  const fits = (type: RegExp, called: RegExp) => type.test(Type) || called.test(name);
  if (AllowedValues?.[0] !== undefined) return String(AllowedValues[0]);
  if (fits(/List<AWS::EC2::Subnet::Id>/, /subnet(id)?s|subnetlist/i))
    return [...subnets.slice(nth), ...subnets.slice(0, nth)].slice(0, 4).join(",");
  if (fits(/Subnet::Id/, /subnet/i)) return subnets[nth % subnets.length] ?? "";
  if (fits(/VPC::Id/, /^(peer)?vpc(id)?$/i)) return around.Vpc ?? "";
  if (fits(/SecurityGroup::Id/, /securitygroup/i)) return around.Group ?? "";
  if (fits(/KeyPair::KeyName/, /key(pair|name)$/i)) return "any";
  if (/AvailabilityZone::Name/.test(Type)) return Type.startsWith("List") ? `${REGION}a,${REGION}b` : `${REGION}a`;
  if (fits(/HostedZone::Id/, /zoneid/i)) return around.Zone ?? "";
  if (fits(/Image::Id/, /^ami/i)) return "ami-0123456789abcdef0";
  if (/^AWS::SSM::Parameter/.test(Type)) return "/any";
  if (Type === "Number") return String(MinValue);
  const known = KNOWN.find(([called]) => called.test(name));
  if (known !== undefined) return known[1](around);
  return "anything".padEnd(Number(MinLength), "x");
}

/** Values of texts, by what the parameter is called. */
const KNOWN: readonly (readonly [called: RegExp, value: (around: Around) => string])[] = [
  [/snstopickmskey/i, ({ Secret }) => Secret?.split("/")[1] ?? ""],
  [/password|passphrase/i, () => "Passw0rdPassw0rd"],
  [/joinuser/i, () => "joiner"],
  [/directoryname/i, () => "corp.example.com"],
  [/kmskey/i, ({ Secret }) => Secret ?? ""],
  [/topic.*arn$/i, ({ Topic }) => Topic ?? ""],
  [/ownerids?$|account(id)?s?$/i, () => "123456789012"],
  [/peeringconnectionid/i, () => "pcx-0123456789abcdef0"],
  [/directoryid/i, () => "d-0123456789"],
  [/ipaddress|dnsserver|^ip$/i, () => "10.0.0.53"],
  [/subscriptionendpoint/i, () => `arn:aws:sqs:${REGION}:123456789012:any`],
  [/arn$/i, () => "arn:aws:iam::123456789012:role/any"],
  [/cluster/i, ({ Cluster }) => Cluster ?? ""],
  [/routetable/i, ({ Table }) => Table ?? ""],
  [/bucket/i, () => "a-bucket-of-mine"],
  [/mail/i, () => "someone@example.com"],
  [/netbios/i, () => "EXAMPLE"],
  [/zonename/i, () => "example.com."],
  [/domain|host|fqdn/i, () => "www.example.com"],
  [/cidr|location|range/i, () => "10.1.0.0/16"],
  [/url|uri|endpoint/i, () => "https://www.example.com/"],
];

/** Refusals by the rehearsal that are AWS's as well, or that no rehearsal can do without: what it says, and why. */
const EXPLAINED: readonly (readonly [words: RegExp, why: string])[] = [
  [/^Transform .* is not one that a rehearsal can run/, "a transform or macro, which nobody runs here: said so"],
  [/No export named/, "reads the export of another template's stack"],
  [
    /TemplateURL must|Access Denied|S3 error|S3 Error Code/,
    "its nested templates, or code, lie in a bucket that is elsewhere",
  ],
  [/can't find the specified secret/, "reads a secret that is not there"],
  [/invalid principals/, "names a role that is not there (KMS Developer Guide, key policies)"],
  [/Invalid storage size for engine name \w+ and storage type gp2: 5/, "5 GB: gp2 begins at 20 (RDS API Reference)"],
  [/Unresolved resource dependencies/, "refers to what its conditions leave out (CloudFormation's own words for it)"],
  [/must be in ARN format/, "grants rights on a name that is no ARN (IAM User Guide, Resource element)"],
  [
    /InstanceAZ.*parameter availabilityZone is invalid/,
    "a zone that its own function chooses, and no function runs here",
  ],
  [/the certificate was not validated/, "nobody shows whose its domain is"],
];

/** Why a refusal is no fault; `undefined` for one that may be. */
const whyOf = (words: string, path: string) =>
  path.startsWith("RainModules/") ? MODULE : EXPLAINED.find(([pattern]) => pattern.test(words))?.[1];
const MODULE = "a part of a template, of AWS's rain modules";

/** What becomes of a template, and in which words. */
type Outcome = { readonly said: string; readonly words?: string };

const PRICED = "cost: priced";

/** What `astro cost --template` makes of it: or the code of its error. */
async function priced({ path, text }: Found, folder: string): Promise<Outcome> {
  const file = join(folder, `template${extname(path)}`);
  writeFileSync(file, text);
  const astro = join(process.cwd(), "bin", "run.js");
  const done = await run(process.execPath, [astro, "cost", "--template", file, "--region", REGION, "--json"], {
    cwd: folder,
  });
  if (done.code === 0) return { said: PRICED };
  return { said: `cost: exit ${done.code}`, words: `${done.stdout}${done.stderr}` };
}

/** Makes and removes a stack of the template in an account of its own. */
async function rehearsed({ text, template }: Found): Promise<Outcome> {
  const rehearsal = await startRehearsal({ speed: "max", region: REGION, clients: "inside", seed: 7 });
  try {
    return await lived(rehearsal, text, template);
  } catch (error) {
    if (error instanceof Error && "$metadata" in error) return { said: "refused", words: error.message };
    throw error;
  } finally {
    await rehearsal.close();
  }
}

async function lived({ endpoint, credentials, clock }: Rehearsal, text: string, template: Template): Promise<Outcome> {
  const client = new CloudFormationClient({ endpoint, region: REGION, credentials, maxAttempts: 1 });
  const s3 = new S3Client({ endpoint, region: REGION, credentials, maxAttempts: 1, forcePathStyle: true });
  const settled = async (StackName: string): Promise<Stack> => {
    // A certificate that nobody validates is waited for three days.
    for (let wait = 5000; ; wait = Math.min(wait * 2, 3_600_000)) {
      const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
      const [stack] = Stacks ?? [];
      if (stack && !stack.StackStatus?.endsWith("_IN_PROGRESS")) return stack;
      await clock.sleep(wait);
    }
  };
  await client.send(
    new CreateStackCommand({
      StackName: "around",
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      TemplateBody: JSON.stringify({
        Resources: AROUND,
        Outputs: Object.fromEntries(
          Object.entries(AROUND).map(([id, { Type }]) => [
            id,
            { Value: Type === "AWS::KMS::Key" ? { "Fn::GetAtt": [id, "Arn"] } : { Ref: id } },
          ]),
        ),
      }),
    }),
  );
  const made = await settled("around");
  if (made.StackStatus !== "CREATE_COMPLETE") throw new Error(`what is around was not made: ${made.StackStatus}`);
  const around = Object.fromEntries(
    (made.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]),
  );
  await s3.send(new CreateBucketCommand({ Bucket: "templates" }));
  await s3.send(new PutObjectCommand({ Bucket: "templates", Key: "one", Body: text }));
  const given = Object.entries(template.Parameters ?? {}).filter(([, { Default }]) => Default === undefined);
  const isSubnet = (name: string, { Type }: Parameter) => /Subnet::Id/.test(Type) || /subnet/i.test(name);
  const subnets = given.filter((one) => isSubnet(...one)).map(([name]) => name);
  await client.send(
    new CreateStackCommand({
      StackName: "one",
      TemplateURL: `https://templates.s3.${REGION}.amazonaws.com/one`,
      Parameters: given.map(([ParameterKey, parameter]) => ({
        ParameterKey,
        ParameterValue: answerTo(ParameterKey, parameter, around, subnets.indexOf(ParameterKey)),
      })),
      Capabilities: ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    }),
  );
  const { StackStatus, StackId = "" } = await settled("one");
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: StackId }));
  if (StackStatus !== "CREATE_COMPLETE") {
    const ended = ({ ResourceStatus }: StackEvent) => /_FAILED$|^ROLLBACK_IN_PROGRESS$/.test(ResourceStatus ?? "");
    return { said: "rolled back", words: wordsOf(StackEvents.findLast(ended)) };
  }
  await client.send(new DeleteStackCommand({ StackName: StackId }));
  const gone = await settled(StackId);
  if (gone.StackStatus === "DELETE_COMPLETE") return { said: "made and removed" };
  const { StackEvents: after = [] } = await client.send(new DescribeStackEventsCommand({ StackName: StackId }));
  return { said: "made", words: wordsOf(after.find(({ ResourceStatus }) => ResourceStatus === "DELETE_FAILED")) };
}

function wordsOf(event: StackEvent | undefined): string {
  return `${event?.LogicalResourceId} ${event?.ResourceType}: ${event?.ResourceStatusReason}`;
}

const pattern = process.argv[2] ?? "";
const folder = mkdtempSync(join(tmpdir(), "astro-templates-"));
try {
  const found = Object.entries(REPOSITORIES).flatMap(([repository, commit]) => templatesOf(repository, commit, folder));
  const tally = new Map<string, number>();
  let unexplained = 0;
  for (const at of found.filter(({ path }) => path.includes(pattern))) {
    const [cost, life] = await Promise.all([priced(at, folder), rehearsed(at)]);
    const why = life.words === undefined ? "" : whyOf(life.words, at.path);
    const outcome = `${life.said}${why === undefined ? ", unexplained" : why && `: ${why}`}`;
    tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
    tally.set(cost.said, (tally.get(cost.said) ?? 0) + 1);
    if (why !== undefined && cost.said === PRICED) continue;
    unexplained += 1;
    process.stderr.write(
      `${at.repository} ${at.path}: ${cost.said}, ${outcome}\n  ${cost.words ?? ""} ${life.words ?? ""}\n`,
    );
  }
  const rows = [...tally]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([what, count]) => [what, String(count)]);
  process.stdout.write(`${table(["what became of it", "templates"], rows)}\n`);
  process.exitCode = unexplained === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
