import {
  CloudFormationClient,
  type CloudFormationClientConfig,
  CreateStackCommand,
  type CreateStackCommandInput,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  type Stack,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from "@aws-sdk/client-cloudformation";
import { S3Client } from "@aws-sdk/client-s3";
import { onTestFinished } from "vitest";
import { type Rehearsal, type RehearsalOptions, startRehearsal } from "../../../src/rehearsal/rehearsal.ts";
import type { Host } from "../../../src/rehearsal/storage/state-lock.ts";
import { keptIn } from "../../support/kept.ts";

/** A rehearsal in jump mode, with the SDK's own clients on it; stopped when the test is over. */
export type Driver = {
  readonly rehearsal: Rehearsal;
  readonly cloudformation: CloudFormationClient;
  readonly s3: S3Client;
  /** A CloudFormation client of another region or account. */
  readonly elsewhere: (region: string, account?: string) => CloudFormationClient;
  /** Waits until the stack's operation is over. */
  readonly settled: (stackName: string) => Promise<Stack>;
  readonly create: (stackName: string, template: object, more?: Partial<CreateStackCommandInput>) => Promise<Stack>;
  readonly update: (stackName: string, template: object, more?: Partial<UpdateStackCommandInput>) => Promise<Stack>;
  /** `LogicalId STATUS` lines, oldest first; the stack itself by its name. */
  readonly history: (stackName: string) => Promise<readonly string[]>;
  /** Physical ids by logical id. */
  readonly ids: (stackName: string) => Promise<{ readonly [logicalId: string]: string }>;
  /** Calls a Query service (RDS, STS, …) and returns its answer's text, refusals too. */
  readonly query: (service: string, version: string, form: { readonly [name: string]: string }) => Promise<string>;
  /** Calls a JSON service (DynamoDB, ECR, …) and returns its answer, refusals too. */
  readonly json: (service: string, target: string, input: object) => Promise<JsonAnswer>;
};

export type JsonAnswer = { readonly status: number; readonly [name: string]: unknown };

export type Options = Partial<RehearsalOptions> & { readonly directory?: string; readonly host?: Partial<Host> };

/** When the rehearsals of tests begin. */
export const START = new Date("2026-03-01T12:00:00Z");

export async function rehearse({ directory, host, ...options }: Options = {}): Promise<Driver> {
  const rehearsal = await startRehearsal({
    speed: "max",
    region: "us-east-1",
    clients: "inside",
    seed: 7,
    start: START,
    ...(directory !== undefined && { kept: keptIn(directory, host) }),
    ...options,
  });
  onTestFinished(rehearsal.close);
  return driverOf(rehearsal);
}

function driverOf(rehearsal: Rehearsal): Driver {
  const { endpoint, region, credentials, clock } = rehearsal;
  const config: CloudFormationClientConfig = { endpoint, region, credentials, maxAttempts: 1 };
  const cloudformation = new CloudFormationClient(config);
  const described = async (StackName: string) => {
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    const [stack] = Stacks ?? [];
    if (!stack) throw new Error(`no stack ${StackName}`);
    return stack;
  };
  const settled = async (stackName: string) => {
    const { StackId } = await described(stackName);
    for (;;) {
      const stack = await described(StackId ?? stackName);
      if (!stack.StackStatus?.endsWith("_IN_PROGRESS") || stack.StackStatus === "REVIEW_IN_PROGRESS") return stack;
      await clock.sleep(5000);
    }
  };
  const signed = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260301/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return {
    rehearsal,
    cloudformation,
    s3: new S3Client({ endpoint, region, credentials, maxAttempts: 1, forcePathStyle: true }),
    elsewhere: (other, account) =>
      new CloudFormationClient({
        ...config,
        region: other,
        ...(account !== undefined && { credentials: { accessKeyId: account, secretAccessKey: "x" } }),
      }),
    settled,
    create: async (StackName, template, more) => {
      await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template), ...more }));
      return settled(StackName);
    },
    update: async (StackName, template, more) => {
      await cloudformation.send(new UpdateStackCommand({ StackName, TemplateBody: JSON.stringify(template), ...more }));
      return settled(StackName);
    },
    history: async (StackName) => {
      const lines: string[] = [];
      let NextToken: string | undefined;
      do {
        const page = await cloudformation.send(new DescribeStackEventsCommand({ StackName, NextToken }));
        lines.push(...(page.StackEvents ?? []).map((event) => `${event.LogicalResourceId} ${event.ResourceStatus}`));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return lines.toReversed();
    },
    ids: async (StackName) => {
      const { StackResourceSummaries } = await cloudformation.send(new ListStackResourcesCommand({ StackName }));
      return Object.fromEntries(
        (StackResourceSummaries ?? []).map((one) => [one.LogicalResourceId ?? "", one.PhysicalResourceId ?? ""]),
      );
    },
    query: async (service, Version, form) => {
      const body = new URLSearchParams({ ...form, Version });
      return (await fetch(endpoint, { method: "POST", headers: { authorization: signed(service) }, body })).text();
    },
    json: async (service, target, input) => {
      const authorization = signed(service);
      const answer = await fetch(endpoint, {
        method: "POST",
        headers: { authorization, "x-amz-target": target, "content-type": "application/x-amz-json-1.1" },
        body: JSON.stringify(input),
      });
      return { status: answer.status, ...((await answer.json()) as object) };
    },
  };
}

/** A template of resources. */
export function template(Resources: object, more: object = {}): object {
  return { AWSTemplateFormatVersion: "2010-09-09", Resources, ...more };
}

/** A resource that is made in a moment and needs nothing. */
export function topic(properties: object = {}, more: object = {}): object {
  return { Type: "AWS::SNS::Topic", Properties: properties, ...more };
}

/** A resource that no service accepts: a subnet in a VPC that is not there. */
export function broken(more: object = {}): object {
  return {
    Type: "AWS::EC2::Subnet",
    Properties: { VpcId: "vpc-00000000000000000", CidrBlock: "10.0.0.0/24" },
    ...more,
  };
}

/** The code and message with which a call is refused. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
  }
  return "not refused";
}
