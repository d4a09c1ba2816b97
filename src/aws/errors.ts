import { command } from "../command-line.ts";
import { AstroError, reasonOf } from "../errors.ts";
import { isUntrusted, refusalOf, trustHint } from "./hints.ts";

/** Codes by which AWS says that the caller's credentials are missing, wrong or too old. */
const CREDENTIALS = new Set([
  "CredentialsProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "UnrecognizedClientException",
  "InvalidAccessKeyId",
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
  "AuthFailure",
  "TokenProviderError",
]);
/** Codes and words by which AWS says that the caller's clock and its own are too far apart (each service's "Common errors"). */
const SKEWED = new Set(["RequestTimeTooSkewed", "RequestInTheFuture", "RequestExpired"]);
const SKEWED_WORDS = /Signature (expired|not yet current)/;
const DENIED = new Set(["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"]);
/** Node's words for a network, a name or a server that is not there (Node.js, "Common system errors"; libuv, "Error constants"). */
const UNREACHABLE = new Set([
  "ENOTFOUND",
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
]);

/** The code of an error that says how a proxy refused to let a call out. */
export const PROXY_REFUSAL = "PROXY_REFUSAL";

/** The name of an AWS error, `ValidationError` for one; empty if it is none. */
export function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const { name, code, Code } = error as { readonly name?: unknown; readonly code?: unknown; readonly Code?: unknown };
  const word = [code, Code, name].find((value) => typeof value === "string" && value !== "Error");
  return typeof word === "string" ? word : "";
}

/** True if AWS says that the caller may not do this. */
export function isDenied(error: unknown): boolean {
  return DENIED.has(codeOf(error));
}

/** What follows is the SDK's advice to whoever debugs it. */
const firstLine = (error: unknown) => reasonOf(error).split("\n")[0] ?? "";

/**
 * What kept an answer from coming, as an AstroError with what helps; `undefined` if AWS did answer. A network that is gone
 * is "unreachable", and may come back; a proxy that refuses and a certificate that is not trusted do not change by waiting.
 */
export function unreachable(error: unknown): AstroError | undefined {
  const code = codeOf(error);
  const reason = firstLine(error);
  const on = "then run the same command: it goes on from here";
  if (code === PROXY_REFUSAL) {
    // RFC 9110, "407 Proxy Authentication Required".
    const hint = reason.startsWith("407")
      ? `give a name and password it takes (HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT), ${on}`
      : `ask whoever runs the proxy to let *.amazonaws.com through, or name it in NO_PROXY if there is a way around, ${on}`;
    return new AstroError("proxy", `AWS cannot be reached: the proxy answers ${reason}`, hint, error);
  }
  if (isUntrusted(code)) {
    const words = `the connection to AWS is not trusted: ${reason} (${code})`;
    return new AstroError("untrusted", words, trustHint(code), error);
  }
  if (!UNREACHABLE.has(code)) return undefined;
  const hint = `check the network, HTTPS_PROXY and AWS_ENDPOINT_URL, ${on}`;
  return new AstroError("unreachable", `AWS cannot be reached: ${reason}`, hint, error);
}

/** Turns whatever a call threw into an error a person can act on. `call` names the operation, `s3:PutObject` for example. */
export function astroErrorOf(error: unknown, call: string): AstroError {
  if (error instanceof AstroError) return error;
  const code = codeOf(error);
  const reason = firstLine(error);
  if (code === "CredentialsProviderError") {
    return new AstroError(
      "credentials",
      /from any providers/.test(reason) ? "no AWS credentials found" : `no AWS credentials found: ${reason}`,
      [
        { text: "sign in", command: command`aws sso login` },
        { text: "or name a profile (--profile NAME), or add --rehearse to try it without an account" },
      ],
      error,
    );
  }
  const words = `${reason}${code ? ` (${code})` : ""}`;
  const refusal = { call, words };
  if (SKEWED.has(code) || (CREDENTIALS.has(code) && SKEWED_WORDS.test(reason))) {
    return new AstroError(
      "credentials",
      `AWS refuses what this machine signs, because its clock is wrong: ${words}`,
      "set the clock (NTP), then run the same command: it goes on from here",
      error,
      refusal,
    );
  }
  if (CREDENTIALS.has(code)) {
    return new AstroError(
      "credentials",
      `AWS refuses the credentials: ${words}`,
      [
        { text: "sign in again", command: command`aws sso login` },
        { text: "then run the same command: it goes on from here" },
      ],
      error,
      refusal,
    );
  }
  if (isDenied(error)) {
    return new AstroError("denied", `not allowed: ${words}`, `ask for the permission ${call}`, error, refusal);
  }
  const gone = unreachable(error);
  if (gone) return gone;
  const { kind, hint } = refusalOf(code, reason);
  return new AstroError(kind, `${call} failed: ${words}`, hint, error, kind === "no-answer" ? undefined : refusal);
}

/** CloudFormation answers a stack or change set that is not there with a ValidationError or ChangeSetNotFound. */
export function isMissing(error: unknown): boolean {
  return (
    codeOf(error) === "ChangeSetNotFound" ||
    (codeOf(error) === "ValidationError" && /does not exist/.test(reasonOf(error)))
  );
}

/** Calls AWS; a failure becomes an AstroError, unless `missing` recognises it as something that is not there. */
export async function callOptional<T>(
  call: string,
  send: () => Promise<T>,
  missing?: (error: unknown) => boolean,
): Promise<T | undefined> {
  try {
    return await send();
  } catch (error) {
    if (missing?.(error)) return undefined;
    throw astroErrorOf(error, call);
  }
}

/** As `callOptional`, for calls to which "not there" is no answer. */
export async function call<T>(call: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw astroErrorOf(error, call);
  }
}
