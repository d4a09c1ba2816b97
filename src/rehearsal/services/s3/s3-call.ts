import { everyResource } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { Scope, ServiceResource } from "../../state/state.ts";
import type { HttpRequest, ResultValue } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import type { HttpAnswer } from "../../wire/protocol.ts";
import { readXml } from "../../wire/read-xml.ts";
import { element, escapeXml } from "../../wire/xml.ts";

/** An S3 call: a bucket, maybe a key, and the query. */
export type S3Call = {
  readonly http: HttpRequest;
  readonly scope: Scope;
  readonly bucket: string;
  readonly key: string;
  readonly requestId: string;
};

export type S3Handler = (simulator: Simulator, call: S3Call) => HttpAnswer;

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** An S3 error with its resource. */
export class S3Error extends AwsError {
  readonly about: { readonly [name: string]: string };

  constructor(code: string, message: string, status: number, about: { readonly [name: string]: string } = {}) {
    super(code, message, status);
    this.about = about;
  }
}

/** An answer without a body. */
export function bare(status: number, headers: { readonly [name: string]: string } = {}): HttpAnswer {
  return { status, headers, body: "" };
}

/** An answer in XML; lists in it must name their items. */
export function xml(name: string, value: ResultValue, headers: { readonly [name: string]: string } = {}): HttpAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, value, "member", ` xmlns="${NAMESPACE}"`)}`;
  return { status: 200, headers: { "content-type": "application/xml", ...headers }, body };
}

/** Headers of every answer (Amazon S3 API Reference, "Common Response Headers"). */
export function s3Headers(requestId: string): { readonly [name: string]: string } {
  return { server: "AmazonS3", "x-amz-request-id": requestId };
}

/** S3's error envelope. */
export function s3Refusal(error: AwsError, requestId: string): HttpAnswer {
  const about = error instanceof S3Error ? error.about : {};
  const details = Object.entries(about).filter(([name]) => !name.startsWith("x-"));
  const inner = [
    ["Code", error.code],
    ["Message", error.message],
    ...details,
    ["RequestId", requestId],
    ["HostId", requestId],
  ]
    .map(([name, value]) => `<${name}>${escapeXml(value ?? "")}</${name}>`)
    .join("");
  const headers = Object.fromEntries(Object.entries(about).filter(([name]) => name.startsWith("x-")));
  return {
    status: error.status,
    headers: { "content-type": "application/xml", ...s3Headers(requestId), ...headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner}</Error>`,
  };
}

/** The bucket, if the caller may use it; throws NoSuchBucket, AccessDenied or a redirect to its region. */
export function theBucket(simulator: Simulator, { bucket, scope }: Pick<S3Call, "bucket" | "scope">): ServiceResource {
  const found = everyResource(simulator.state, "AWS::S3::Bucket").find(({ id }) => id === bucket);
  if (!found) throw new S3Error("NoSuchBucket", "The specified bucket does not exist", 404, { BucketName: bucket });
  if (found.account !== scope.account) throw new S3Error("AccessDenied", "Access Denied", 403);
  const region = regionOf(found);
  if (region !== scope.region) {
    throw new S3Error(
      "PermanentRedirect",
      "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
      301,
      {
        Bucket: bucket,
        Endpoint: `${bucket}.s3.${region}.amazonaws.com`,
        "x-amz-bucket-region": region,
      },
    );
  }
  return found;
}

/** An account as the owner of resources: its canonical id, 64 hex digits derived from the account. */
export function ownerOf(account: string): { readonly ID: string } {
  return { ID: account.padStart(64, "0") };
}

/** The region a bucket is in. */
export function regionOf(bucket: ServiceResource): string {
  return String(bucket.state.region ?? "us-east-1");
}

const LISTS = [
  "Object",
  "Part",
  "Tag",
  "Rule",
  "CORSRule",
  "AllowedMethod",
  "AllowedOrigin",
  "AllowedHeader",
  "ExposeHeader",
];

/** Characters that XML 1.0 does not allow. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant
const NO_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/** What a request's XML body holds under its root element. */
export function parseXml(body: Buffer): { readonly [name: string]: unknown } {
  if (NO_XML.test(body.toString("utf8")))
    throw new S3Error(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema",
      400,
    );
  return readXml(body, LISTS);
}
