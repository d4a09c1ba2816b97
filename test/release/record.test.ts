import { describe, expect, it } from "vitest";
import { bootstrapBucket } from "../../src/plan/bootstrap.ts";
import { releasesOf, writeRelease } from "../../src/release/record.ts";
import { fakeCloud } from "../support/fake-cloud.ts";
import { rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const at = "2026-03-01T12:00:00.000Z";
const who = "arn:aws:iam::111122223333:user/ada";
const FOLDER = `${bootstrapBucket(SITE.account, SITE.region)}/environments/shop/dev/releases/`;

describe("the releases of an environment", () => {
  it("are kept one file each beside the records of runs, and read oldest first", async () => {
    const aws = await rehearsed();
    expect(await releasesOf(aws.cloud, SITE)).toEqual({ last: 0, releases: [] });
    await aws.provision([stackOf("shop-dev-topic", "data")]);
    for (const number of [1, 2, 11]) await writeRelease(aws.cloud, SITE, { number, at, who });
    expect(await releasesOf(aws.cloud, SITE)).toEqual({
      last: 11,
      releases: [1, 2, 11].map((number) => ({ number, at, who })),
    });
    expect((await releasesOf(aws.cloud, SITE, 2)).releases.map(({ number }) => number)).toEqual([2, 11]);
  });

  it("leave out what nobody can read, and its number stays taken", async () => {
    const cloud = fakeCloud();
    await writeRelease(cloud, SITE, { number: 1, at, who, of: 3 });
    cloud.objects.set(`${FOLDER}000002.json`, "{");
    cloud.objects.set(`${FOLDER}000003.json`, '{"number": "three"}');
    cloud.objects.set(`${FOLDER}notes.txt`, "something else");
    expect(await releasesOf(cloud, SITE)).toEqual({ last: 3, releases: [{ number: 1, at, who, of: 3 }] });
  });
});
