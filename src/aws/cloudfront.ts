import { Route53Client } from "@aws-sdk/client-route-53";
import { makeBuilder } from "@smithy/core/client";
import { getEndpointPlugin } from "@smithy/core/endpoints";
import type { FrontendCloud, Invalidation } from "../release/port-frontend.ts";
import { partitionOf } from "../template/partition.ts";
import { call } from "./errors.ts";
import type { AwsSession } from "./session.ts";

/**
 * Where CloudFront's one endpoint of a partition is, and the region it signs for (AWS General Reference, "Amazon CloudFront
 * endpoints and quotas").
 */
const ENDPOINT = ["us-east-1", "https://cloudfront.amazonaws.com"] as const;
const ENDPOINT_IN_CHINA = ["cn-northwest-1", "https://cloudfront.cn-northwest-1.amazonaws.com.cn"] as const;

/** What the client's own rules for endpoints go by. */
const PARAMETERS = {
  Endpoint: { type: "builtInParams", name: "endpoint" },
  Region: { type: "builtInParams", name: "region" },
} as const;

const command = makeBuilder(PARAMETERS, "Cloudfront2020_05_31", "CloudFrontClient", getEndpointPlugin);

/** How the SDK is told of an operation: kinds are numbers, 1 a list, 3 a structure, 9 an operation, as traits are. */
type Operation = Parameters<typeof command>[3];
type Shape = Extract<ReturnType<Extract<Operation[4], () => unknown>>, readonly [3, ...unknown[]]>;
type List = [1, string, string, 0, [0, { xmlName: string }]];

const NAMESPACE = "com.amazonaws.cloudfront";
const TEXT = 0;
const NUMBER = 1;
/** A value that is part of the path. */
const IN_PATH = 1;

// The shapes of the calls (Amazon CloudFront API Reference, "CreateInvalidation", "GetInvalidation").
const PATH_LIST: List = [1, NAMESPACE, "PathList", 0, [TEXT, { xmlName: "Path" }]];
const PATHS: Shape = [3, NAMESPACE, "Paths", 0, ["Quantity", "Items"], [NUMBER, [() => PATH_LIST, 0]]];
const BATCH: Shape = [3, NAMESPACE, "InvalidationBatch", 0, ["Paths", "CallerReference"], [[() => PATHS, 0], TEXT]];
const ONE: Shape = [3, NAMESPACE, "Invalidation", 0, ["Id", "Status"], [TEXT, TEXT]];
const ANSWER: Shape = [3, NAMESPACE, "Answer", 0, ["Invalidation"], [[() => ONE, { httpPayload: 1 }]]];
const CREATE: Shape = [
  3,
  NAMESPACE,
  "CreateInvalidationRequest",
  0,
  ["DistributionId", "InvalidationBatch"],
  [
    [TEXT, IN_PATH],
    [() => BATCH, { httpPayload: 1, xmlName: "InvalidationBatch" }],
  ],
];
const GET: Shape = [
  3,
  NAMESPACE,
  "GetInvalidationRequest",
  0,
  ["DistributionId", "Id"],
  [
    [TEXT, IN_PATH],
    [TEXT, IN_PATH],
  ],
];
const PATH = "/2020-05-31/distribution/{DistributionId}/invalidation";

const operation = (name: string, http: readonly [string, string, number], sent: Shape): Operation => [
  9,
  NAMESPACE,
  name,
  { http: [...http] },
  () => sent,
  () => ANSWER,
];

class CreateInvalidationCommand extends command(
  {},
  () => [],
  "CreateInvalidation",
  operation("CreateInvalidation", ["POST", PATH, 201], CREATE),
) {}

class GetInvalidationCommand extends command(
  {},
  () => [],
  "GetInvalidation",
  operation("GetInvalidation", ["GET", `${PATH}/{Id}`, 200], GET),
) {}

type Answered = { readonly Invalidation?: { readonly Id?: string; readonly Status?: string } };

/**
 * CloudFront's invalidations. There is no client of the service among what is installed: another one that speaks the same
 * protocol (REST with XML) sends these calls to it, and signs, retries, reads and is guarded as for its own.
 */
export function invalidations(session: AwsSession): Pick<FrontendCloud, "invalidate" | "invalidation"> {
  const clientFor = ([where, url]: readonly [region: string, url: string]) => {
    const other = {
      endpoint: session.endpoint ?? url,
      httpAuthSchemeProvider: () => [
        {
          schemeId: "aws.auth#sigv4",
          signingProperties: { signingName: "cloudfront", signingRegion: where },
          propertiesExtractor: (config: object, context: object) => ({ signingProperties: { config, context } }),
        },
      ],
    };
    return session.client((settings) => new Route53Client({ ...settings, ...other }))(where);
  };
  const clients = new Map<string, Route53Client>();
  const at = (region: string) => {
    const partition = partitionOf(region);
    const client = clients.get(partition) ?? clientFor(partition === "aws-cn" ? ENDPOINT_IN_CHINA : ENDPOINT);
    clients.set(partition, client);
    return client;
  };
  return {
    invalidate: async (region, DistributionId, Items, CallerReference) => {
      const InvalidationBatch = { Paths: { Quantity: Items.length, Items }, CallerReference };
      const command = new CreateInvalidationCommand({ DistributionId, InvalidationBatch });
      return invalidationIn(await call("cloudfront:CreateInvalidation", () => at(region).send(command)));
    },
    invalidation: async (region, DistributionId, Id) => {
      const command = new GetInvalidationCommand({ DistributionId, Id });
      return invalidationIn(await call("cloudfront:GetInvalidation", () => at(region).send(command)));
    },
  };
}

function invalidationIn(answer: object): Invalidation {
  const { Invalidation: { Id = "", Status } = {} } = answer as Answered;
  return { id: Id, status: Status === "Completed" ? Status : "InProgress" };
}
