import { describe, expect, it } from "vitest";
import { command } from "../../src/command-line.ts";
import { storedKey } from "../../src/plan/stored-values.ts";
import { bootstrapsOf } from "../../src/preflight/stored.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { fixWords, found } from "../support/preflight.ts";
import { SITE, stackOf, storedAs, storedFrom } from "../support/stacks.ts";

const VERSION = "/cdk-bootstrap/hnb659fds/version";
const COMMAND = `npx cdk bootstrap aws://${SITE.account}/${SITE.region}`;

/** An app's stack as the CDK's default synthesizer makes it (AWS CDK Developer Guide, "Customize CDK stack synthesis"). */
const theirs = (parameter = VERSION, version = 6): Stack =>
  stackOf("Site", "vpc", {
    parameters: { BootstrapVersion: storedFrom(parameter) },
    wants: { bootstrap: { parameter, version } },
  });
const holding = (values: { readonly [path: string]: string }) => ({
  values: new Map(Object.entries(values).map(([path, value]) => [storedKey(SITE.region, path), value])),
});

describe("what the stacks read from Parameter Store", () => {
  it("is a problem where it is missing: of the CDK's bootstrap with the command that makes it", async () => {
    expect(await found("parameters", [theirs()])).toEqual([
      {
        code: "parameters",
        outcome: "problem",
        words: `Site needs the CDK's bootstrap in ${SITE.region}, and it is not there (${VERSION})`,
        fix: { hints: [{ text: "make it", command: COMMAND.split(" ") }] },
      },
    ]);
  });

  it("names the qualifier of a bootstrap that has another", async () => {
    const [one] = await found("parameters", [theirs("/cdk-bootstrap/team7/version")]);
    expect(fixWords(one)).toBe(`make it:  ${COMMAND} --qualifier team7 --toolkit-stack-name CDKToolkit-team7`);
  });

  it("is a problem where the bootstrap is older than the app, by its manifest or by its template's own rule", async () => {
    expect(await found("parameters", [theirs()], holding({ [VERSION]: "5" }))).toMatchObject([
      {
        outcome: "problem",
        words: expect.stringContaining("needs version 6"),
        fix: { hints: [{ text: "renew it", command: COMMAND.split(" ") }] },
      },
    ]);
    const { wants: _, template, ...plain } = theirs();
    const contains = { "Fn::Contains": [["1", "2", "3"], { Ref: "BootstrapVersion" }] };
    const Rules = { Check: { Assertions: [{ Assert: { "Fn::Not": [contains] }, AssertDescription: "too old" }] } };
    const ruled = { ...plain, template: { ...template, Rules } };
    expect(bootstrapsOf(ruled)).toEqual([{ parameter: VERSION, version: 4 }]);
    expect(await found("parameters", [ruled], holding({ [VERSION]: "3" }))).toMatchObject([{ outcome: "problem" }]);
    expect(await found("parameters", [ruled], holding({ [VERSION]: "4" }))).toMatchObject([{ outcome: "ok" }]);
  });

  it("is good where it is there, and where a stack of the plan writes it", async () => {
    expect(await found("parameters", [theirs()], holding({ [VERSION]: "30" }))).toMatchObject([
      { outcome: "ok", words: "1 of 1 values that the stacks read are in Parameter Store" },
    ]);
    const writer = stackOf("Writer", "vpc", { resources: { Value: storedAs("/shop/dev/a", "1") } });
    const reader = stackOf("Reader", "vpc", { parameters: { Value: storedFrom("/shop/dev/a") } });
    expect(await found("parameters", [reader, writer])).toEqual([]);
  });

  it("is looked at where a template names it in its midst, too", async () => {
    const DisplayName = "{{resolve:ssm:/shop/name:3}}";
    const stack = stackOf("Site", "vpc", {
      resources: { Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName } } },
    });
    expect(await found("parameters", [stack])).toMatchObject([
      {
        words: `Site reads /shop/name from Parameter Store, and ${SITE.region} has nothing of that name`,
        fix: {
          hints: [
            {
              text: "write it",
              command: command`aws ssm put-parameter --name /shop/name --type String --value VALUE --region ${SITE.region}`,
            },
            { text: "or name another in the app" },
          ],
        },
      },
    ]);
  });

  it("is nobody's to write where it would be AWS's own", async () => {
    const stack = stackOf("Site", "vpc", { parameters: { Ami: storedFrom("/aws/service/ami-none") } });
    const [one] = await found("parameters", [stack]);
    expect(fixWords(one)).toMatch(/^it would be AWS's own/);
  });
});
