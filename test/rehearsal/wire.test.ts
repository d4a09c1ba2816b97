import { DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { ECRClient, StartImageScanCommand } from "@aws-sdk/client-ecr";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
import { decodeCbor, encodeCbor } from "../../src/rehearsal/wire/cbor.ts";
import { refusal, rehearse, template, topic } from "./support/driver.ts";

describe("a request", () => {
  it("without a signature is refused as AWS refuses it", async () => {
    const { rehearsal } = await rehearse();
    const answer = await fetch(rehearsal.endpoint, { method: "POST", body: "Action=DescribeStacks" });
    expect([answer.status, await answer.text()]).toEqual([
      403,
      expect.stringContaining("<Code>MissingAuthenticationToken</Code>"),
    ]);
  });

  it("belongs to the account of its access key; accounts are separate", async () => {
    const { rehearsal, create, elsewhere } = await rehearse();
    await create("shop", template({ T: topic() }));
    const other = elsewhere("us-east-1", "999999999999");
    expect((await other.send(new DescribeStacksCommand({}))).Stacks).toEqual([]);
    const identity = (accessKeyId: string) =>
      new STSClient({
        endpoint: rehearsal.endpoint,
        region: "us-east-1",
        credentials: { accessKeyId, secretAccessKey: "x" },
      }).send(new GetCallerIdentityCommand({}));
    expect((await identity("999999999999")).Account).toBe("999999999999");
    expect((await identity("AKIAIOSFODNN7EXAMPLE")).Account).toBe(rehearsal.account);
  });

  it("is its region's", async () => {
    const { create, elsewhere } = await rehearse();
    await create("shop", template({ T: topic() }));
    expect(await refusal(elsewhere("eu-west-1").send(new DescribeStacksCommand({ StackName: "shop" })))).toBe(
      "ValidationError: Stack with id shop does not exist",
    );
  });

  it("for an operation that is not known gets AWS's error in its envelope, and is noted", async () => {
    const lines: string[] = [];
    const { rehearsal } = await rehearse({ log: (line) => lines.push(line) });
    const { endpoint, region, credentials } = rehearsal;
    const ecr = new ECRClient({ endpoint, region, credentials, maxAttempts: 1 });
    expect(
      await refusal(ecr.send(new StartImageScanCommand({ repositoryName: "r", imageId: { imageTag: "d" } }))),
    ).toMatch(/^UnknownOperationException: /);
    const authorization =
      "AWS4-HMAC-SHA256 Credential=AKIA/20260301/us-east-1/cloudformation/aws4_request, SignedHeaders=host, Signature=0";
    const query = await fetch(endpoint, {
      method: "POST",
      headers: { authorization },
      body: "Action=ListTypes&Version=2010-05-15",
    });
    expect([query.status, await query.text()]).toEqual([400, expect.stringContaining("<Code>InvalidAction</Code>")]);
    expect(lines).toEqual([
      "2026-03-01T12:00:00Z ecr:StartImageScan is not simulated",
      "2026-03-01T12:00:00Z cloudformation:ListTypes is not simulated",
    ]);
  });

  it("is counted", async () => {
    const { create, rehearsal } = await rehearse();
    await create("shop", template({ T: topic() }));
    expect(rehearsal.requests.get("cloudformation:CreateStack")).toBe(1);
  });
});

describe("RPC v2 CBOR", () => {
  const bytes = (hex: string) => Buffer.from(hex, "hex");

  it("is read in all forms that a client may choose: lengths ahead or open, tagged times, bytes, halves", () => {
    expect(decodeCbor(bytes("bf614101614282f5f6ff"))).toEqual({ A: 1, B: [true, null] });
    expect(decodeCbor(bytes("a26174c1fb41d954fc4000000061624200ff"))).toEqual({ t: 1_700_000_000, b: "AP8=" });
    expect(decodeCbor(bytes("83f93e001b0020000000000000391000"))).toEqual([1.5, 2 ** 53, -4097]);
    expect(decodeCbor(bytes(""))).toEqual({});
  });

  it("is written with times as tagged seconds, and without undefined members", () => {
    const body = encodeCbor({ At: 1_700_000_000_500, List: [{ At: 0, Gone: undefined }], None: null }, new Set(["At"]));
    expect(body.toString("hex")).toBe("a3624174c1fb41d954fc40200000644c69737481a1624174c100644e6f6e65f6");
    expect(decodeCbor(body)).toEqual({ At: 1_700_000_000.5, List: [{ At: 0 }], None: null });
  });
});
