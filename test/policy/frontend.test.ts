import { describe, expect, it } from "vitest";
import { operatorPolicy } from "../../src/policy/policy.ts";
import type { Statement } from "../../src/policy/statement.ts";
import type { Template } from "../../src/template/types.ts";
import { allows } from "../support/iam.ts";
import { ACCOUNT, ask, type Circumstances, operatorOf, REGION, tags } from "./operators.ts";

const DEV = operatorOf("shop", "dev", { region: REGION, account: ACCOUNT });
const KEPT = `s3:::astro-bootstrap-${ACCOUNT}-${REGION}/environments/shop`;
const key = "kms:HERE:key/1";
const distribution = "cloudfront::ACCOUNT:distribution/E1";
const own = tags("Resource", "shop", "dev");
const byS3: Circumstances = { ...own, "kms:ViaService": `s3.${REGION}.amazonaws.com` };
const may = (...asked: Parameters<typeof ask>) => allows(DEV, ask(...asked));
const bucket = (purpose: string) => `s3:::shop-dev-${purpose}-${ACCOUNT}-${REGION}`;

describe("an operator who publishes a frontend", () => {
  it("writes to its bucket, under the environment's key, and to no other bucket of the environment", () => {
    const buckets = DEV.flatMap(({ Statement }) => Statement as readonly Statement[])
      .filter(({ Sid }) => Sid === "Frontend")
      .flatMap(({ Resource }) => Resource);
    expect(buckets).toEqual([expect.stringMatching(/^arn:aws:s3:::shop-dev-frontend[\w-]*\/\*$/)]);
    for (const purpose of ["pdfs", "backups"]) expect(may("s3:PutObject", `${bucket(purpose)}/a`)).toBe(false);
    expect(may("kms:GenerateDataKey", key, byS3)).toBe(true);
    expect(may("kms:Decrypt", key, byS3)).toBe(true);
    expect(may("kms:GenerateDataKey", key, { ...byS3, ...tags("Resource", "shop", "prod") })).toBe(false);
  });

  it("has the environment's distributions forget, and nobody else's", () => {
    expect(may("cloudfront:CreateInvalidation", distribution, own)).toBe(true);
    expect(may("cloudfront:GetInvalidation", distribution, own)).toBe(true);
    expect(may("cloudfront:CreateInvalidation", distribution, tags("Resource", "shop", "prod"))).toBe(false);
    expect(may("cloudfront:CreateInvalidation", distribution)).toBe(false);
  });

  it("deletes what is kept of old frontends, and no record beside it", () => {
    expect(may("s3:DeleteObject", `${KEPT}/dev/frontend/blobs/0`)).toBe(true);
    expect(may("s3:DeleteObject", `${KEPT}/dev/releases/000001.json`)).toBe(false);
    expect(may("s3:DeleteObject", `${KEPT}/prod/frontend/blobs/0`)).toBe(false);
    expect(may("s3:DeleteObjectVersion", `${KEPT}/dev/frontend/blobs/0`)).toBe(false);
  });

  it("uses the key through S3 alone where nothing else of the templates needs it", () => {
    const Resources = { Site: { Type: "AWS::S3::Bucket" }, Key: { Type: "AWS::KMS::Key" } };
    const template: Template = { Resources, Outputs: { FrontendBucketName: { Value: { Ref: "Site" } } } };
    const place = { project: "shop", environment: "dev", region: REGION, account: ACCOUNT };
    const { documents } = operatorPolicy(place, [{ name: "shop-dev-storage", region: REGION, template }]);
    for (const action of ["kms:Decrypt", "kms:GenerateDataKey"]) {
      expect(allows(documents, ask(action, key, byS3))).toBe(true);
      expect(allows(documents, ask(action, key, own))).toBe(false);
    }
  });

  it("gets none of it where no stack has a frontend's bucket", () => {
    const template: Template = { Resources: { Topic: { Type: "AWS::SNS::Topic" } } };
    const place = { project: "shop", environment: "dev", region: REGION, account: ACCOUNT };
    const { documents } = operatorPolicy(place, [{ name: "shop-dev-jobs", region: REGION, template }]);
    const ids = documents.flatMap(({ Statement }) => Statement.map(({ Sid }) => Sid));
    expect(ids.filter((id) => /^(Frontend|Invalidate)/.test(id))).toEqual([]);
  });
});
