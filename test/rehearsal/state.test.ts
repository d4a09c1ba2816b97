import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it, onTestFinished } from "vitest";
import type { AstroError } from "../../src/errors.ts";
import { keptIn, stateIn } from "../support/kept.ts";
import { rehearse, START, template, topic } from "./support/driver.ts";
import { database } from "./support/rules.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "astro-state-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A copy of what a process that is killed now leaves behind, its claim on the folder included. */
function killed(directory: string): string {
  const copy = folder();
  cpSync(directory, copy, { recursive: true });
  const claim = { endpoint: "http://127.0.0.1:9", nonce: "dead", process: "here boot space 9 9" };
  writeFileSync(join(stateIn(keptIn(copy).folder), "server.json"), JSON.stringify(claim));
  return copy;
}

/** What CloudFormation tells of stacks, those that are gone included. */
async function everything({ cloudformation }: Awaited<ReturnType<typeof rehearse>>, ids: readonly string[]) {
  return Promise.all(
    ids.map(async (StackName) => {
      const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
      const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
      const { TemplateBody } = await cloudformation.send(new GetTemplateCommand({ StackName }));
      return { Stacks, StackEvents, TemplateBody };
    }),
  );
}

describe("the state of a rehearsal", () => {
  it("survives it: stacks, objects and the time", async () => {
    const directory = folder();
    const first = await rehearse({ directory });
    await first.create("shop", template({ T: topic() }));
    await first.s3.send(new CreateBucketCommand({ Bucket: "kept-things" }));
    await first.s3.send(new PutObjectCommand({ Bucket: "kept-things", Key: "k", Body: "kept" }));
    const then = first.rehearsal.clock.now();
    await first.rehearsal.close();
    const second = await rehearse({ directory });
    expect(second.rehearsal.clock.now().getTime()).toBeGreaterThanOrEqual(then.getTime());
    expect((await second.settled("shop")).StackStatus).toBe("CREATE_COMPLETE");
    expect(
      await (await second.s3.send(new GetObjectCommand({ Bucket: "kept-things", Key: "k" }))).Body?.transformToString(),
    ).toBe("kept");
  });

  it("continues in between: running operations have ended when it is opened later", async () => {
    const directory = folder();
    const first = await rehearse({ directory });
    await first.cloudformation.send(
      new CreateStackCommand({ StackName: "shop", TemplateBody: JSON.stringify(template({ D: database() })) }),
    );
    await first.rehearsal.close();
    const second = await rehearse({ directory, start: new Date(START.getTime() + 86_400_000) });
    const { Stacks } = await second.cloudformation.send(new DescribeStacksCommand({ StackName: "shop" }));
    expect(Stacks?.[0]?.StackStatus).toBe("CREATE_COMPLETE");
  });

  it("is saved before a call is answered: a kill at any moment loses nothing, and the outcome is the same", async () => {
    const whole = await rehearse({ seed: 3 });
    await whole.create("shop", template({ D: database(), T: topic({ DisplayName: { Ref: "D" } }) }));
    const expected = await whole.history("shop");
    const directory = folder();
    const first = await rehearse({ directory, seed: 3 });
    await first.cloudformation.send(
      new CreateStackCommand({
        StackName: "shop",
        TemplateBody: JSON.stringify(template({ D: database(), T: topic({ DisplayName: { Ref: "D" } }) })),
      }),
    );
    for (let moment = 0; moment < 5; moment += 1) {
      const { length } = await first.history("shop");
      const after = await rehearse({ directory: killed(directory), seed: 3 });
      expect((await after.history("shop")).length).toBeGreaterThanOrEqual(length);
      expect((await after.settled("shop")).StackStatus).toBe("CREATE_COMPLETE");
      expect(await after.history("shop")).toEqual(expected);
      await first.rehearsal.clock.sleep(120_000);
    }
  });

  it("has the fault assigned to an accepted operation, and no other", async () => {
    const directory = folder();
    const first = await rehearse({
      directory,
      faults: [{ resourceType: "AWS::RDS::DBInstance" }, { resourceType: "AWS::SNS::Topic" }],
    });
    await first.cloudformation.send(
      new CreateStackCommand({ StackName: "shop", TemplateBody: JSON.stringify(template({ D: database() })) }),
    );
    const second = await rehearse({ directory: killed(directory) });
    expect((await second.settled("shop")).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect((await second.create("other", template({ T: topic() }))).StackStatus).toBe("CREATE_COMPLETE");
  });

  it("is as large as the live state: deleted stacks are in their own file, and known as before", async () => {
    const directory = folder();
    const first = await rehearse({ directory });
    const sizes: number[] = [];
    const ids: string[] = [];
    const state = () => stateIn(keptIn(directory).folder);
    for (let life = 0; life < 40; life += 1) {
      const { StackId = "" } = await first.create("shop", template({ T: topic({ DisplayName: `${life}` }) }));
      ids.push(StackId);
      await first.cloudformation.send(new DeleteStackCommand({ StackName: "shop" }));
      await first.settled(StackId);
      sizes.push(statSync(join(state(), "world.json")).size);
    }
    // Of as many lives each time, in which the numbers alone grow.
    expect((sizes.at(-1) ?? 0) - (sizes[7] ?? 0)).toBeLessThan(32 * 150);
    const last = await first.create("shop", template({ T: topic() }));
    const whole = await everything(first, [...ids, last.StackId ?? ""]);
    // Killed before the state was written without them: the file beside it is not looked at.
    const before = killed(directory);
    const [at, unused] = [join(stateIn(keptIn(before).folder), "deleted.json"), "0".repeat(64)];
    const stacks = JSON.parse(readFileSync(at, "utf8")) as readonly object[];
    writeFileSync(at, JSON.stringify([...stacks, { ...stacks[0], id: "another", unused }]));
    expect(await everything(await rehearse({ directory: before }), [...ids, last.StackId ?? ""])).toEqual(whole);
    await first.rehearsal.close();
    const second = await rehearse({ directory });
    expect(await everything(second, [...ids, last.StackId ?? ""])).toEqual(whole);
    await second.rehearsal.close();
    rmSync(join(state(), "deleted.json"));
    await expect(rehearse({ directory })).rejects.toThrow(/it is damaged: stacks\.0\.id is not a text/);
  });

  it.each([
    ["damaged", "{", "it is damaged: it is not JSON"],
    ["of a newer program", '{"format": 99}', "its format is 99, and this version of astro writes 2"],
    ["something else", '{"a": 1}', "it is not the state of a rehearsal"],
  ])("is refused when it is %s, naming the file", async (_, text, why) => {
    const directory = folder();
    writeFileSync(join(directory, "world.json"), text);
    const error = (await rehearse({ directory }).catch((thrown: unknown) => thrown)) as AstroError;
    expect(error.message).toBe(
      `cannot resume the rehearsal in ${join(stateIn(keptIn(directory).folder), "world.json")}: ${why}`,
    );
    expect(error.exit).toBe(5);
    expect(readFileSync(join(stateIn(keptIn(directory).folder), "world.json"), "utf8")).toBe(text);
    expect(error.hint).toMatch(/move the folder away/);
  });

  it("is locked by one process at a time, until it ends or is killed", async () => {
    const directory = folder();
    const first = await rehearse({ directory });
    const error = (await rehearse({ directory }).catch((thrown: unknown) => thrown)) as AstroError;
    expect(error.message).toBe(
      `the rehearsal in ${directory} is in use: another astro serves it at ${first.rehearsal.endpoint}`,
    );
    await rehearse({ directory: killed(directory) });
    await first.rehearsal.close();
    await rehearse({ directory });
  });
});

describe("the same seed", () => {
  const events = async (seed: number) => {
    const driver = await rehearse({ seed });
    const body = template({
      D: database(),
      B: { Type: "AWS::S3::Bucket" },
      T: topic({ DisplayName: { Ref: "D" } }),
      Bad: { Type: "AWS::EC2::Subnet", DependsOn: "T", Properties: { VpcId: "vpc-0", CidrBlock: "10.0.0.0/24" } },
    });
    await driver.create("shop", body);
    return JSON.stringify(
      (await driver.cloudformation.send(new DescribeStackEventsCommand({ StackName: "shop" }))).StackEvents,
    );
  };

  it("gives the same history, byte for byte; another gives another", async () => {
    expect(await events(11)).toBe(await events(11));
    expect(await events(12)).not.toBe(await events(11));
  });
});

describe("five hundred resources", () => {
  it("are made and removed in a few seconds of work", async () => {
    const driver = await rehearse();
    const resources = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [
        `T${i}`,
        topic(i % 10 === 0 ? {} : { DisplayName: { Ref: `T${i - (i % 10)}` } }),
      ]),
    );
    const began = performance.now();
    expect((await driver.create("big", template(resources))).StackStatus).toBe("CREATE_COMPLETE");
    expect((await driver.history("big")).length).toBe(1502);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
