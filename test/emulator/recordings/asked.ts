import * as cloudformation from "@aws-sdk/client-cloudformation";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as ec2 from "@aws-sdk/client-ec2";
import * as iam from "@aws-sdk/client-iam";
import * as route53 from "@aws-sdk/client-route-53";
import * as s3 from "@aws-sdk/client-s3";
import * as secretsmanager from "@aws-sdk/client-secrets-manager";
import type { Rehearsal } from "../../../src/rehearsal/rehearsal.ts";

type Client = { readonly send: (command: unknown) => Promise<object> };
type Sdk = { readonly [name: string]: unknown };

/** Services that an SDK of ours speaks; the others are called by hand, JSON in and out. */
const SDKS: { readonly [service: string]: readonly [sdk: Sdk, client: string] } = {
  cloudformation: [cloudformation, "CloudFormationClient"],
  dynamodb: [dynamodb, "DynamoDBClient"],
  ec2: [ec2, "EC2Client"],
  iam: [iam, "IAMClient"],
  logs: [logs, "CloudWatchLogsClient"],
  route53: [route53, "Route53Client"],
  s3: [s3, "S3Client"],
  secretsmanager: [secretsmanager, "SecretsManagerClient"],
};

const TARGETS: { readonly [service: string]: string } = {
  monitoring: "GraniteServiceVersion20100801",
  events: "AWSEvents",
  kms: "TrentService",
  sqs: "AmazonSQS",
  ssm: "AmazonSSM",
};

/** What a call gave: its answer, or `Code: message` of its refusal. */
export type Answer = { readonly answer?: unknown; readonly refused?: string };

/** Calls of one account of a rehearsal. */
export function asker(rehearsal: Rehearsal, account: string): (call: string, input: object) => Promise<Answer> {
  const { endpoint, region } = rehearsal;
  const credentials = { accessKeyId: account, secretAccessKey: "x" };
  const clients = new Map<string, Client>();
  const clientOf = (service: string, [sdk, name]: readonly [Sdk, string]): Client => {
    const known = clients.get(service);
    if (known) return known;
    const made = new (sdk[name] as new (config: object) => Client)({
      endpoint,
      region,
      credentials,
      maxAttempts: 1,
      forcePathStyle: true,
    });
    clients.set(service, made);
    return made;
  };
  return async (call, input) => {
    const [service = "", operation = ""] = call.split(":");
    const spoken = SDKS[service];
    if (!spoken) return byHand(endpoint, `${account}/20260301/${region}/${service}`, service, operation, input);
    const command = spoken[0][`${operation}Command`] as new (input: object) => unknown;
    try {
      return { answer: await clientOf(service, spoken).send(new command(input)) };
    } catch (error) {
      return { refused: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
    }
  };
}

async function byHand(
  endpoint: string,
  scope: string,
  service: string,
  operation: string,
  input: object,
): Promise<Answer> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}/aws4_request, SignedHeaders=host, Signature=0`;
  const target = TARGETS[service];
  if (target === undefined) {
    const body = new URLSearchParams({ Action: operation, Version: "2010-03-31", ...input });
    const answer = await fetch(endpoint, { method: "POST", headers: { authorization }, body });
    return { answer: { text: await answer.text() } };
  }
  const headers = {
    authorization,
    "x-amz-target": `${target}.${operation}`,
    "content-type": "application/x-amz-json-1.1",
  };
  const answer = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(input) });
  const told = (await answer.json()) as { readonly __type?: string; readonly message?: string };
  return answer.ok ? { answer: told } : { refused: `${told.__type}: ${told.message ?? ""}` };
}
