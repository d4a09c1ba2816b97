import { describe, expect, it } from "vitest";
import { storedKey } from "../../src/plan/stored-values.ts";
import type { Wants } from "../../src/synth/assembly.ts";
import { found } from "../support/preflight.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const BUCKET = `cdk-hnb659fds-assets-${SITE.account}-${SITE.region}`;
const stack = (wants: Wants) => stackOf("Site", "vpc", { wants });
const FILES = stack({
  buckets: ["cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"],
  role: "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-exec",
});
const IMAGE = stack({
  images: [{ repository: "images-${AWS::AccountId}", tag: "0123456789abcdef", manifest: "/my app/Site.assets.json" }],
});

describe("what an app counts on beside its bootstrap's version", () => {
  it("is looked at by its name in this account and region", async () => {
    const asked: string[] = [];
    const taken = async (_region: string, type: string, name: string) => void asked.push(`${type} ${name}`);
    expect(await found("assets", [FILES, FILES], { look: { taken } })).toMatchObject([
      { outcome: "problem", words: `${BUCKET}, the bucket for the app's files, is not there` },
      { outcome: "problem", words: "cdk-exec, the role CloudFormation uses, is not there" },
    ]);
    expect(asked.filter((one) => !one.includes(" astro-"))).toEqual([
      `AWS::S3::Bucket ${BUCKET}`,
      "AWS::IAM::Role cdk-exec",
    ]);
    const there = { taken: async () => ({}) };
    expect((await found("assets", [FILES], { look: there })).map(({ outcome }) => outcome)).toEqual(["ok", "ok"]);
  });

  it("is not looked at where the bootstrap itself is missing, or where the files go to astro's own bucket", async () => {
    const bootstrap = { parameter: "/cdk-bootstrap/hnb659fds/version", version: 6 };
    const site = stack({ ...FILES.wants, bootstrap });
    expect(await found("assets", [site])).toEqual([]);
    const values = new Map([[storedKey(SITE.region, bootstrap.parameter), "30"]]);
    expect(await found("assets", [site], { values })).toHaveLength(2);
    expect(await found("assets", [stack({ buckets: ["astro-bootstrap-${AWS::AccountId}-${AWS::Region}"] })])).toEqual(
      [],
    );
  });

  it("is an image that somebody else builds and pushes: astro builds none", async () => {
    expect(await found("assets", [IMAGE])).toMatchObject([
      { outcome: "ok", words: `image 0123456789ab of the app is in images-${SITE.account}` },
    ]);
    const none = { look: { image: async () => undefined } };
    expect(await found("assets", [IMAGE], none)).toMatchObject([
      {
        outcome: "problem",
        words: `image 0123456789ab of the app is not in images-${SITE.account}, and astro builds none`,
        fix: {
          hints: [
            {
              text: "build and push it",
              command: ["npx", "cdk-assets", "publish", "--path", "/my app/Site.assets.json"],
            },
          ],
        },
      },
    ]);
    // A rehearsal pulls nothing.
    expect(await found("assets", [IMAGE], { ...none, real: false })).toMatchObject([{ outcome: "warning" }]);
  });
});
