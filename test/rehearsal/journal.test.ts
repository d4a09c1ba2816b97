import { DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { openRates, type Rates } from "../../src/rehearsal/rates.ts";
import type { AwsError } from "../../src/rehearsal/wire/error.ts";
import { refusal, rehearse, template, topic } from "./support/driver.ts";

async function told(verbose: boolean): Promise<readonly string[]> {
  const lines: string[] = [];
  const faults = [{ call: "cloudformation:DescribeStacks", effect: "throttled", after: 1 }] as const;
  const driver = await rehearse({ log: (line) => lines.push(line), verbose, faults });
  await refusal(driver.cloudformation.send(new DescribeStacksCommand({ StackName: "shop" })));
  await refusal(driver.cloudformation.send(new DescribeStacksCommand({})));
  await refusal(driver.s3.send(new GetObjectCommand({ Bucket: "none", Key: "k" })));
  await driver.create("shop", template({ T: topic() }));
  await driver.rehearsal.close();
  return lines;
}

describe("the log of a rehearsal", () => {
  it("has each error and each fault, and the statuses of stacks, with the simulated time", async () => {
    expect(await told(false)).toEqual([
      "2026-03-01T12:00:00Z cloudformation:DescribeStacks refused: ValidationError: Stack with id shop does not exist",
      "2026-03-01T12:00:00Z cloudformation:DescribeStacks fault: throttled",
      "2026-03-01T12:00:00Z s3:GetObject refused: NoSuchBucket: The specified bucket does not exist",
      "2026-03-01T12:00:00Z stack shop (us-east-1) CREATE_IN_PROGRESS",
      expect.stringMatching(/^2026-03-01T12:\d\d:\d\dZ stack shop \(us-east-1\) CREATE_COMPLETE$/),
    ]);
  });

  it("has every call if verbose", async () => {
    const lines = await told(true);
    expect(lines).toContainEqual(
      expect.stringMatching(/^2026-03-01T12:00:00Z cloudformation:CreateStack shop by \S+$/),
    );
    expect(lines.length).toBeGreaterThan(7);
  });
});

describe("a request for something that is not simulated", () => {
  const post = (endpoint: string, headers: Record<string, string>, body: string) =>
    fetch(endpoint, { method: "POST", headers, body });
  const signed = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=123456789012/20260301/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const JSON_11 = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "A_2020.DoIt" };
  const FORM = { "content-type": "application/x-www-form-urlencoded" };

  it.each([
    ["query", FORM, "Action=DoIt&Version=2010-01-01", 403, "<Code>MissingAuthenticationToken</Code>"],
    ["JSON", JSON_11, "{}", 400, '"__type":"MissingAuthenticationTokenException"'],
    ["REST-JSON", { "content-type": "application/json" }, "{}", 403, '"__type":"MissingAuthenticationTokenException"'],
    ["S3", { "content-type": "text/plain" }, "words", 403, "<Error><Code>AccessDenied</Code>"],
  ])("and not signed is refused in its envelope: %s", async (_, headers, body, status, words) => {
    const { rehearsal } = await rehearse();
    const answer = await post(rehearsal.endpoint, headers, body);
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(words)]);
  });

  it.each([
    ["query", FORM, "Action=DoIt&Version=2010-01-01", 400, "<Code>InvalidAction</Code>"],
    ["JSON", JSON_11, "{}", 400, '"__type":"UnknownOperationException"'],
    ["REST-JSON", { "content-type": "application/json" }, "{}", 404, '"__type":"UnknownOperationException"'],
  ])(
    "but for a service that is not gets the error of its protocol, and is told: %s",
    async (_, headers, body, status, words) => {
      const lines: string[] = [];
      const { rehearsal } = await rehearse({ log: (line) => lines.push(line) });
      const answer = await post(rehearsal.endpoint, { ...headers, authorization: signed("quantum") }, body);
      expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(words)]);
      expect(lines).toEqual([expect.stringMatching(/ quantum:.* is not simulated$/)]);
    },
  );

  it("but about another account's resource is refused: nothing is shared", async () => {
    const { elsewhere, create, json } = await rehearse();
    const { StackId = "" } = await create("shop", template({ T: topic() }));
    const other = elsewhere("us-east-1", "999999999999");
    const words = `User: arn:aws:iam::999999999999:user/rehearsal is not authorized to perform: cloudformation:DescribeStacks on resource: ${StackId}`;
    expect(await refusal(other.send(new DescribeStacksCommand({ StackName: StackId })))).toBe(`AccessDenied: ${words}`);
    const foreign = "arn:aws:kms:us-east-1:999999999999:key/1234";
    expect((await json("kms", "TrentService.DescribeKey", { KeyId: foreign })).__type).toBe("AccessDeniedException");
  });
});

describe("calls that come too often", () => {
  const signer = { accessKey: "1", service: "cloudformation", account: "123456789012", region: "us-east-1" };
  const isThrottled = (call: () => void) => {
    try {
      call();
      return false;
    } catch (error) {
      return (error as AwsError).code === "Throttling";
    }
  };
  const ask = (rates: Rates, count: number, now: number, operation = "DescribeStacks", more: object = {}) =>
    Array.from({ length: count }, () => isThrottled(() => rates({ ...signer, ...more }, operation, true, now)));

  it("are throttled after so many at once, by operation, account and region, and go through later", () => {
    const rates = openRates();
    expect(ask(rates, 80, 0).filter(Boolean).length).toBe(30);
    expect(ask(rates, 1, 0, "ListStacks")).toEqual([false]);
    expect(ask(rates, 1, 0, "DescribeStacks", { region: "eu-west-1" })).toEqual([false]);
    expect(ask(rates, 11, 1000)).toEqual([...Array<boolean>(10).fill(false), true]);
    expect(ask(rates, 200, 1000, "GetObject", { service: "s3" })).not.toContain(true);
  });

  it("are counted in simulated time, and not where the clock jumps", async () => {
    const throttled = async (speed: number | "max") => {
      const { cloudformation } = await rehearse({ speed, clients: "outside" });
      const call = () => refusal(cloudformation.send(new DescribeStacksCommand({})));
      const all = await Promise.all(Array.from({ length: 80 }, call));
      return all.filter((words) => words === "Throttling: Rate exceeded").length;
    };
    expect([await throttled(0.001), await throttled(1000), await throttled("max")]).toEqual([30, 0, 0]);
  });
});
