import type { JsonObject } from "../../template/types.ts";
import type { SimulatedStack } from "./stack.ts";

/** The account and region of a resource: `region` is `global` for global services (IAM, Route 53, CloudFront, S3). */
export type Scope = { readonly account: string; readonly region: string };

/** A resource of a service, created by a stack or by a call: a VPC, a bucket, a table. */
export type ServiceResource = Scope & {
  /** The CloudFormation type, also for resources that a call created. */
  readonly type: string;
  /** The physical id: unique for its type and scope. */
  readonly id: string;
  /** The type's CloudFormation properties. */
  properties: JsonObject;
  attributes: JsonObject;
  tags: { [key: string]: string };
  readonly created: number;
  /** The stack resource it belongs to; absent for what a call created or a stack retained. */
  owner?: { readonly stack: string; readonly logicalId: string };
  /** Further state of its service: an image list, a secret's deletion date. */
  state: { [key: string]: JsonObject[string] };
};

/** One version of an S3 object; its bytes are a blob. */
export type ObjectVersion = {
  readonly key: string;
  readonly version: string;
  readonly at: number;
  readonly size: number;
  readonly etag: string;
  /** The blob's name; absent for a delete marker. */
  readonly blob?: string;
  headers: { readonly [name: string]: string };
  tags?: { [key: string]: string };
};

/** A multipart upload that is not finished. */
export type Upload = {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly at: number;
  readonly headers: { readonly [name: string]: string };
  readonly parts: { [number: string]: { readonly blob: string; readonly etag: string; readonly size: number } };
};

/** The whole state of a simulated AWS: plain data, changed in place by calls and by the engine. */
export type State = {
  readonly format: number;
  readonly seed: number;
  readonly account: string;
  /** Simulated time, in milliseconds since 1970. */
  now: number;
  /** A counter for unique numbers. */
  serial: number;
  /** All stacks of all accounts and regions, oldest first, the deleted ones too. */
  readonly stacks: SimulatedStack[];
  readonly resources: { [type: string]: { [key: string]: ServiceResource } };
  /** Objects by bucket, newest version last. */
  readonly objects: { [bucket: string]: ObjectVersion[] };
  readonly uploads: { [id: string]: Upload };
  /** DynamoDB items by `account/region/table`, then by key. */
  readonly items: { [table: string]: { [key: string]: JsonObject } };
  /** Requested quota increases. */
  increases?: readonly Increase[];
};

/** The file format this program writes; files of other formats are refused. */
export const FORMAT = 2;

/** The state of a new account without resources. */
export function emptyState(options: { readonly seed: number; readonly account: string; readonly now: number }): State {
  return {
    format: FORMAT,
    seed: options.seed,
    account: options.account,
    now: options.now,
    serial: 0,
    stacks: [],
    resources: {},
    objects: {},
    uploads: {},
    items: {},
  };
}

/** A quota increase request. */
export type Increase = Scope & {
  readonly id: string;
  readonly code: string;
  readonly desired: number;
  readonly at: number;
};
