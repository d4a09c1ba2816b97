import { describe, expect, it } from "vitest";
import { astroErrorOf, callOptional } from "../../src/aws/errors.ts";

const named = (name: string, message = "words") => Object.assign(new Error(message), { name });

describe("what AWS throws", () => {
  it.each([
    ["CredentialsProviderError", "credentials", /no AWS credentials/],
    ["ExpiredTokenException", "credentials", /refuses the credentials/],
    ["InvalidClientTokenId", "credentials", /refuses the credentials/],
    ["AccessDenied", "denied", /not allowed/],
    ["InternalFailure", "aws-fault", /s3:PutObject failed/],
    ["TimeoutError", "no-answer", /s3:PutObject failed/],
    ["ValidationError", "failed", /s3:PutObject failed/],
    ["Throttling", "throttled", /s3:PutObject failed: words \(Throttling\)/],
  ])("%s becomes %s", (name, code, message) => {
    const error = astroErrorOf(named(name), "s3:PutObject");
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
    expect(error.hint).not.toBe("");
  });

  it("is quoted in AWS's own words where it is AWS that refuses, and nowhere else", () => {
    const refusal = (name: string) => astroErrorOf(named(name), "s3:PutObject").refusal;
    expect(refusal("AccessDenied")).toEqual({ call: "s3:PutObject", words: "words (AccessDenied)" });
    expect([refusal("TimeoutError"), refusal("ECONNRESET"), refusal("CERT_HAS_EXPIRED")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("offers the rehearsal to whoever has no credentials", () => {
    expect(astroErrorOf(named("CredentialsProviderError"), "sts:GetCallerIdentity").hint).toMatch("--rehearse");
  });

  it("says why there are no credentials, where there is more to say than that", () => {
    const message = (words: string) => astroErrorOf(named("CredentialsProviderError", words), "sts:x").message;
    expect(message("Could not load credentials from any providers")).toBe("no AWS credentials found");
    const expired = "The SSO session associated with this profile has expired.";
    expect(message(expired)).toBe(`no AWS credentials found: ${expired}`);
  });

  it("is nothing if the thing asked for is not there", async () => {
    const missing = async () => Promise.reject(named("NoSuchKey"));
    expect(
      await callOptional("s3:GetObject", missing, (error) => error instanceof Error && error.name === "NoSuchKey"),
    ).toBeUndefined();
    await expect(callOptional("s3:GetObject", missing)).rejects.toMatchObject({ code: "failed" });
  });
});
