import { CreateStackCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { AstroError } from "../../src/errors.ts";
import { bootstrapBucket } from "../../src/plan/bootstrap.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import type { Event } from "../../src/provision/event.ts";
import type { Template } from "../../src/template/types.ts";
import { adviceOf } from "../support/hints.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { carriedOut } from "../support/remedies.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const AGAIN = "astro destroy --env dev";
const NAME = "shop-dev-files";
const BUCKET = "shop-dev-papers";
const REF = { name: NAME, region: SITE.region };
const tags = { ManagedBy: "astro", Project: SITE.project, Environment: SITE.environment };
const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const RESOURCES: Template["Resources"] = {
  Files: {
    Type: "AWS::S3::Bucket",
    Properties: { BucketName: BUCKET, VersioningConfiguration: { Status: "Enabled" } },
  },
  Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName: "one" } },
};
const stack = (resources = RESOURCES) => stackOf(NAME, "data", { resources, tags });

const put = ({ s3 }: Rehearsed, Key = "a", Bucket = BUCKET) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body: "b" }));

/** A stack that stands, its bucket full. */
async function full(resources = RESOURCES, options: Parameters<typeof rehearsed>[0] = {}): Promise<Rehearsed> {
  const aws = await rehearsed(options);
  await aws.provision([stack(resources)]);
  for (const key of ["a", "b", "c"]) await put(aws, key);
  return aws;
}

/** How many versions the bucket has. */
async function versions({ s3 }: Rehearsed, Bucket = BUCKET): Promise<number> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  return Versions.length + DeleteMarkers.length;
}

/** The cloud, with something done before the first call of `name`, as by somebody else in that moment. */
function meddling(aws: Rehearsed, name: "stack" | "deleteStack", work: () => Promise<unknown>): Cloud {
  let done = false;
  const first = async () => {
    if (done) return;
    done = true;
    await aws.meanwhile(work);
  };
  return {
    ...aws.cloud,
    stack: async (ref) => {
      if (name === "stack") await first();
      return aws.cloud.stack(ref);
    },
    deleteStack: async (ref, token, retain) => {
      if (name === "deleteStack") await first();
      await aws.cloud.deleteStack(ref, token, retain);
    },
  };
}

const deploy = (aws: Rehearsed, Resources: Template["Resources"]) => async () => {
  await aws.cloudformation.send(
    new UpdateStackCommand({ StackName: NAME, Tags, TemplateBody: JSON.stringify({ Resources }) }),
  );
};

describe("a removal that AWS refuses costs nothing:", () => {
  it("termination protection switched on while the person reads the plan", async () => {
    const aws = await full();
    const cloud = meddling(aws, "stack", () => aws.cloud.setTerminationProtection(REF, true));
    const { result } = await aws.destroy({ cloud });
    expect([result.outcome, await aws.status(NAME), await versions(aws)]).toEqual(["failed", "CREATE_COMPLETE", 3]);
    expect(result.error).toMatchObject({
      code: "declined",
      message: expect.stringContaining(`${NAME} has termination protection`),
    });
    expect(result.error?.hint).toContain(
      `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${NAME} --region ${SITE.region}`,
    );
  });

  it("termination protection switched on in the very moment of the call", async () => {
    const aws = await full();
    const cloud = meddling(aws, "deleteStack", () => aws.cloud.setTerminationProtection(REF, true));
    const { result } = await aws.destroy({ cloud });
    expect(result.failed).toMatchObject([{ stack: NAME, reason: expect.stringContaining("TerminationProtection") }]);
    expect([await aws.status(NAME), await versions(aws)]).toEqual(["CREATE_COMPLETE", 3]);
  });

  it("credentials that may delete objects and not stacks", async () => {
    const aws = await full();
    const cloud: Cloud = {
      ...aws.cloud,
      deleteStack: async () => {
        throw new AstroError("denied", "not allowed: cloudformation:DeleteStack (AccessDenied)", "ask");
      },
    };
    const { result } = await aws.destroy({ cloud });
    expect(result.failed).toMatchObject([{ stack: NAME, reason: expect.stringContaining("not allowed") }]);
    expect([await aws.status(NAME), await versions(aws)]).toEqual(["CREATE_COMPLETE", 3]);
  });

  it("a bucket that AWS may not delete, for another reason than what is in it, nested or not", async () => {
    const reason = "Access Denied (Service: S3, Status Code: 403)";
    const faults = [{ resourceType: "AWS::S3::Bucket", reason, on: "delete", times: 99 } as const];
    const aws = await full(RESOURCES, { faults });
    const { result } = await aws.destroy();
    expect(result.failed).toMatchObject([
      { stack: NAME, status: "DELETE_FAILED", reason: expect.stringContaining(reason) },
    ]);
    expect(await versions(aws)).toBe(3);
    const outer = await rehearsed({ faults });
    await outer.provision([]);
    const bucket = bootstrapBucket(SITE.account, SITE.region);
    const inner = JSON.stringify({ Resources: RESOURCES });
    const TemplateURL = await outer.cloud.upload(SITE.region, bucket, "inner.json", inner);
    await outer.provision([stack({ Inner: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL } } })]);
    await put(outer);
    expect((await outer.destroy()).result.failed).toMatchObject([{ stack: NAME, status: "DELETE_FAILED" }]);
    expect(await versions(outer)).toBe(1);
  });

  it("a value of it that another stack imports", async () => {
    const aws = await rehearsed();
    await aws.provision([
      stackOf(NAME, "data", {
        tags,
        resources: RESOURCES,
        outputs: { Out: { Value: "x", Export: { Name: "papers" } } },
      }),
    ]);
    await put(aws);
    const Resources = { T: { Type: "AWS::SNS::Topic", Properties: { DisplayName: { "Fn::ImportValue": "papers" } } } };
    await aws.cloudformation.send(
      new CreateStackCommand({ StackName: "somebody-elses", TemplateBody: JSON.stringify({ Resources }) }),
    );
    await aws.settled("somebody-elses");
    const { result } = await aws.destroy();
    expect(result.failed).toMatchObject([{ reason: expect.stringContaining("in use by somebody-elses") }]);
    expect(await versions(aws)).toBe(1);
  });
});

describe("a stack that is no longer what the person was shown is not removed:", () => {
  const Kept = { ...RESOURCES, Files: { ...RESOURCES.Files, Type: "AWS::S3::Bucket", DeletionPolicy: "Retain" } };
  const Grown = { ...RESOURCES, More: { Type: "AWS::S3::Bucket" } };
  it.each([
    { how: "its bucket is to be kept now", wanted: Kept as Template["Resources"], says: "Files is kept now" },
    { how: "it has a bucket more", wanted: Grown, says: "More is new" },
  ])("$how", async ({ wanted, says }) => {
    const aws = await full();
    const cloud = meddling(aws, "stack", deploy(aws, wanted));
    const { result } = await aws.destroy({ cloud });
    expect(result.error).toMatchObject({
      code: "declined",
      hint: expect.stringContaining("run the same command again"),
    });
    expect(result.error?.message).toContain(`the plan is stale: ${NAME} changed after it was shown (${says}`);
    expect([await aws.status(NAME), await versions(aws)]).toEqual(["UPDATE_COMPLETE", 3]);
    // And the same command goes on with what stands now.
    expect((await aws.destroy()).outcomes[NAME]).toBe("removed");
  });

  it("but what is gone from it is no matter", async () => {
    const aws = await full();
    const { Topic: _, ...Resources } = RESOURCES;
    const cloud = meddling(aws, "stack", deploy(aws, Resources));
    expect((await aws.destroy({ cloud })).outcomes[NAME]).toBe("removed");
  });

  it("nor removed as a bootstrap that another environment has begun to use", async () => {
    const aws = await full();
    const neighbour = stackOf("blog-dev-network", "vpc", { tags: { ...tags, Project: "blog" } });
    const cloud = meddling(aws, "stack", () =>
      aws.cloudformation.send(
        new CreateStackCommand({
          StackName: neighbour.name,
          Tags: [...Tags.filter(({ Key }) => Key !== "Project"), { Key: "Project", Value: "blog" }],
          TemplateBody: neighbour.body,
        }),
      ),
    );
    const { result } = await aws.destroy({ cloud, bootstrap: true });
    expect(result.error).toMatchObject({ code: "declined", message: expect.stringContaining("blog-dev uses it") });
    expect(await aws.status("astro-bootstrap")).toBe("CREATE_COMPLETE");
    expect(await aws.cloud.stack({ name: "astro-bootstrap", region: SITE.region })).toMatchObject({
      terminationProtection: true,
    });
  });
});

describe("what is emptied", () => {
  it("is what AWS could not delete, versions, delete markers and unfinished uploads included, and is said", async () => {
    const aws = await full();
    await aws.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "a" }));
    await aws.s3.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key: "half" }));
    const { outcomes, noticed } = await aws.destroy();
    expect(outcomes[NAME]).toBe("removed");
    expect(noticed).toEqual([`${NAME}: Files: 5 objects deleted`]);
  });

  it("is not what a flag lets stay: it stays with all it holds", async () => {
    const aws = await full();
    const { outcomes } = await aws.destroy({ recoveryOptions: { skip: [], retain: ["Files"] } });
    expect([outcomes[NAME], await versions(aws)]).toEqual(["removed", 3]);
  });

  it("is, in a nested stack, what AWS could not delete there", async () => {
    const aws = await rehearsed();
    await aws.provision([]);
    const inner = JSON.stringify({ Resources: RESOURCES });
    const TemplateURL = await aws.cloud.upload(
      SITE.region,
      bootstrapBucket(SITE.account, SITE.region),
      "inner.json",
      inner,
    );
    const Inner = { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL } };
    await aws.provision([stack({ Inner })]);
    await put(aws);
    // It is its parent's: no plan takes it for a stack that the app has no more.
    expect((await aws.provision([stack({ Inner })])).outcomes).toEqual({
      "astro-bootstrap": "unchanged",
      [NAME]: "unchanged",
    });
    expect(await versions(aws)).toBe(1);
    const { outcomes, noticed } = await aws.destroy();
    expect(outcomes[NAME]).toBe("removed");
    expect(noticed).toEqual([`${NAME}: Inner/Files: 1 objects deleted`]);
  });

  it("is not what an update leaves behind: CloudFormation cleans up after itself or says that it could not", async () => {
    const aws = await full();
    const renamed = { Type: "AWS::S3::Bucket", Properties: { BucketName: "shop-dev-letters" } };
    const { result } = await aws.provision([stack({ ...RESOURCES, Files: renamed })]);
    expect([result.outcome, await versions(aws)]).toEqual(["done", 3]);
    const { outcomes } = await aws.provision([stack({ Topic: RESOURCES.Topic ?? renamed })]);
    expect([outcomes[NAME], await versions(aws)]).toEqual(["updated", 3]);
  });

  it("is told of where somebody goes on writing to it, in bounded time", async () => {
    const aws = await full();
    const onEvent = (event: Event) => {
      if (event.type === "resource.changed" && event.status === "DELETE_IN_PROGRESS") {
        void aws.meanwhile(() => put(aws));
      }
    };
    const { result } = await aws.destroy({ onEvent });
    const [failed] = result.failed;
    expect(failed).toMatchObject({ status: "DELETE_FAILED", resource: "Files", stuck: ["Files"] });
    expect(failed?.cause).toBe(
      "something goes on writing to Files: it was emptied twice and was not empty either time",
    );
    expect(adviceOf(failed)).toContain(`${AGAIN} --retain Files`);
    expect((await aws.destroy()).outcomes[NAME]).toBe("removed");
  });
});

describe("a bucket with objects that S3 does not delete", () => {
  const Locking: Template["Resources"] = {
    Files: { Type: "AWS::S3::Bucket", Properties: { BucketName: BUCKET, ObjectLockEnabled: true } },
  };
  const RetainUntilDate = new Date("2026-03-11T00:00:00Z");

  /** Removes it, which must fail; what the screen says. */
  async function refused(aws: Rehearsed): Promise<{ readonly reason: string; readonly advice: string }> {
    const { result } = await aws.destroy();
    const [failed] = result.failed;
    expect(failed).toMatchObject({ stack: NAME, status: "DELETE_FAILED", resource: "Files", stuck: ["Files"] });
    const advice = adviceOf(failed);
    expect(advice).toContain(`${AGAIN} --retain Files`);
    return { reason: failed?.reason ?? "", advice };
  }

  it("in governance mode says until when, and the command that lets them go", async () => {
    const aws = await full(Locking);
    const { VersionId } = await aws.s3.send(
      new PutObjectCommand({
        Bucket: BUCKET,
        Key: "deed of the house",
        Body: "x",
        ObjectLockMode: "GOVERNANCE",
        ObjectLockRetainUntilDate: RetainUntilDate,
      }),
    );
    const { reason, advice } = await refused(aws);
    expect(reason).toBe(
      `${BUCKET}: S3 does not delete deed of the house: locked in GOVERNANCE mode until 2026-03-11T00:00:00.000Z: Access Denied because object protected by object lock.`,
    );
    const command = `aws s3api delete-object --bucket ${BUCKET} --key 'deed of the house' --version-id ${VersionId} --bypass-governance-retention`;
    expect(advice).toContain(command);
    await carriedOut({ ...aws.rehearsal, region: SITE.region }, command);
    expect((await aws.destroy()).outcomes[NAME]).toBe("removed");
  });

  it("in compliance mode says that nobody can before a day, after which the same command can", async () => {
    const aws = await full(Locking);
    const lock = { ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: RetainUntilDate } as const;
    for (const Key of ["1", "2", "3", "4", "5"]) {
      await aws.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: "x", ...lock }));
    }
    const { reason, advice } = await refused(aws);
    expect(reason).toContain("S3 does not delete 1, 2, 3 and 2 more: locked in COMPLIANCE mode until 2026-03-11");
    expect(advice).toContain("not even the account's root user; run the same command again after it");
    expect(await versions(aws)).toBe(5);
    await aws.pass(10 * 86_400);
    expect((await aws.destroy()).outcomes[NAME]).toBe("removed");
  });

  it("under a legal hold says so, and the command that lifts it", async () => {
    const aws = await full(Locking);
    await aws.s3.send(
      new PutObjectCommand({ Bucket: BUCKET, Key: "it's", Body: "x", ObjectLockLegalHoldStatus: "ON" }),
    );
    const { reason, advice } = await refused(aws);
    expect(reason).toContain("S3 does not delete it's: locked by a legal hold: Access Denied");
    await carriedOut(
      { ...aws.rehearsal, region: SITE.region },
      /aws s3api put-object-legal-hold .*Status=OFF/.exec(advice)?.[0] ?? "",
    );
    expect((await aws.destroy()).outcomes[NAME]).toBe("removed");
  });

  it("because it demands a second factor says how to turn that off", async () => {
    const aws = await full();
    const VersioningConfiguration = { Status: "Enabled", MFADelete: "Enabled" } as const;
    await aws.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration }));
    const { reason, advice } = await refused(aws);
    expect(reason).toContain("a, b, c: the bucket demands a second factor (MFA delete): Mfa Authentication");
    expect(advice).toContain(
      `aws s3api put-bucket-versioning --bucket ${BUCKET} --versioning-configuration Status=Enabled,MFADelete=Disabled --mfa`,
    );
    expect(await versions(aws)).toBe(3);
  });

  it("or lets stay, where a flag says so, with the locked ones in it", async () => {
    const aws = await full(Locking);
    await aws.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "x", Body: "x", ObjectLockLegalHoldStatus: "ON" }));
    await refused(aws);
    const { outcomes } = await aws.destroy({ recoveryOptions: { skip: [], retain: ["Files"] } });
    expect([outcomes[NAME], await versions(aws)]).toEqual(["removed", 1]);
  });
});
