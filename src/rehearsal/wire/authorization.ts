import type { Scope } from "../state/state.ts";
import type { HttpRequest } from "./call.ts";

/** The signer of a request, with service and region (Signature Version 4's credential scope). */
export type RequestSigner = { readonly accessKey: string; readonly service: string } & Scope;

/** Reads the credential scope of a header or a presigned URL; `undefined` if the request is not signed. */
export function signerOf(request: HttpRequest, account: string): RequestSigner | undefined {
  const header = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? "")?.[1];
  const credential = header ?? request.query.get("X-Amz-Credential") ?? undefined;
  const parts = credential?.split("/") ?? [];
  if (parts.length < 4) return undefined;
  // The asymmetric form (SigV4A) names no region in its scope.
  const [service = "", region = ""] = parts.length >= 5 ? [parts.at(-2), parts.at(-3)] : [parts.at(-2), "us-east-1"];
  const accessKey = parts[0] ?? "";
  return { accessKey, service, region, account: /^\d{12}$/.test(accessKey) ? accessKey : account };
}
