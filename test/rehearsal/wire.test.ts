import { DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { ECRClient, GetDownloadUrlForLayerCommand } from "@aws-sdk/client-ecr";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
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

  it("is its account's, which the access key tells; accounts do not see each other", async () => {
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
      await refusal(ecr.send(new GetDownloadUrlForLayerCommand({ repositoryName: "r", layerDigest: "d" }))),
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
      "2026-03-01T12:00:00Z ecr:GetDownloadUrlForLayer is not one that a rehearsal knows",
      "2026-03-01T12:00:00Z cloudformation:ListTypes is not one that a rehearsal knows",
    ]);
  });

  it("is counted", async () => {
    const { create, rehearsal } = await rehearse();
    await create("shop", template({ T: topic() }));
    expect(rehearsal.requests.get("cloudformation:CreateStack")).toBe(1);
  });
});
