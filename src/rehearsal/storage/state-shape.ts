import type { Increase, ObjectVersion, ServiceResource, State, Upload } from "../state/state.ts";
import { array, fields, maybe, number, object, record, type Shape, string } from "./shape.ts";
import { blob, stack, texts, time, whole } from "./stack-shape.ts";

const resource = fields<ServiceResource>({
  account: string,
  region: string,
  type: string,
  id: string,
  properties: object,
  attributes: object,
  tags: texts,
  created: time,
  owner: maybe(fields<NonNullable<ServiceResource["owner"]>>({ stack: string, logicalId: string })),
  state: object,
});

const version = fields<ObjectVersion>({
  key: string,
  version: string,
  at: time,
  size: whole,
  etag: string,
  blob: maybe(blob),
  headers: texts,
  tags: maybe(texts),
});

const upload = fields<Upload>({
  id: string,
  bucket: string,
  key: string,
  at: time,
  headers: texts,
  parts: record(fields<Upload["parts"][number]>({ blob, etag: string, size: whole })),
});

const increase = fields<Increase>({
  account: string,
  region: string,
  id: string,
  code: string,
  desired: number,
  at: time,
});

const state = fields<State>({
  format: whole,
  seed: whole,
  account: string,
  now: time,
  serial: whole,
  stacks: array(stack),
  resources: record(record(resource)),
  objects: record(array(version)),
  uploads: record(upload),
  items: record(record(object)),
  increases: maybe(array(increase)),
});

/** What is wrong with a state that was read, and where; undefined if it is valid. */
export const problemInState = (found: unknown): ReturnType<Shape> => state(found, "");
