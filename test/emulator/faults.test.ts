import dns, { lookup } from "node:dns";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { fasterClock } from "../../src/clock.ts";
import { wallClock } from "../../src/context.ts";
import type { Emulator } from "../support/emulator.ts";
import { type Microburst, type Rule, startMicroburst } from "../support/microburst.ts";
import { startMinistack } from "../support/ministack.ts";
import { type Ran, type Workbench, workbench } from "../support/rehearsed.ts";
import { outputOf, SITE, stackOf } from "../support/stacks.ts";

const TAGS = { ManagedBy: "astro", Project: SITE.project, Environment: SITE.environment };
const first = stackOf("shop-dev-first", "vpc", {
  tags: TAGS,
  outputs: { Name: { Value: { "Fn::GetAtt": ["Topic", "TopicName"] } } },
});
const second = stackOf("shop-dev-second", "data", {
  tags: TAGS,
  resources: { Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: outputOf(first.name, "Name") } } },
});

let ministack: Emulator;
let proxy: Microburst;
/** The engine before microburst, and past it. */
let through: Workbench;
let past: Workbench;
/** What stands after a run that nothing disturbed. */
let undisturbed: object;

const bench = (endpoint: string) =>
  workbench({
    endpoint,
    credentials: { accessKeyId: SITE.account, secretAccessKey: "secret" },
    clock: fasterClock(wallClock, 20),
    busy: () => () => {},
  });
const run = (aws: Workbench): Promise<Ran> => aws.provision([first, second]);

/** What stands, in words that do not depend on how it came to be. */
async function standing(): Promise<object> {
  const stacks = await past.cloud.stacks(SITE.region);
  const each = stacks.map(async (stack) => {
    const resources = await past.cloud.resources(stack);
    return [
      stack.name,
      stack.status,
      Object.keys(stack.outputs),
      resources.map(({ logicalId, status }) => `${logicalId} ${status}`),
    ];
  });
  return { stacks: (await Promise.all(each)).sort(), left: await past.left() };
}

beforeAll(async () => {
  ministack = await startMinistack(SITE.account);
  proxy = await startMicroburst(ministack, SITE.account);
  through = bench(proxy.endpoint);
  past = bench(ministack.endpoint);
  expect((await run(past)).result.outcome).toBe("done");
  undisturbed = await standing();
});
afterAll(async () => {
  await proxy?.stop();
  await ministack?.stop();
});
beforeEach(async () => {
  await fetch(`${ministack.endpoint}/_ministack/reset`, { method: "POST" });
});
afterEach(() => proxy.rules([]));

const cloudformation = (operation: string, effect: Partial<Rule>): Rule => ({
  service: "cloudformation",
  operation,
  times: 1,
  ...effect,
});
const error = (code: string, status: number, message: string): Partial<Rule> => ({ error: { code, status, message } });
const THROTTLED = error("Throttling", 400, "Rate exceeded");
const LOST = { response: { abort_bytes: 1 } };

/** Faults that nobody needs to notice. */
const HARMLESS: readonly (readonly [what: string, rules: readonly Rule[]])[] = [
  [
    "five throttled calls",
    [
      cloudformation("DescribeStackEvents", { ...THROTTLED, times: 3 }),
      cloudformation("CreateChangeSet", { ...THROTTLED, times: 2 }),
    ],
  ],
  ["an internal error", [cloudformation("CreateChangeSet", error("InternalFailure", 500, "unknown error"))]],
  ["an unavailable service", [cloudformation("DescribeStacks", error("ServiceUnavailable", 503, "try later"))]],
  ["a connection that breaks before anything was done", [cloudformation("ExecuteChangeSet", { reset: true })]],
  ["a lost answer to the making of a change set", [cloudformation("CreateChangeSet", LOST)]],
  ["a lost answer to the execution of one", [cloudformation("ExecuteChangeSet", LOST)]],
  ["half an answer", [cloudformation("DescribeStackEvents", { response: { truncate_frac: 0.5 } })]],
  ["a slow answer", [cloudformation("DescribeChangeSet", { latency: 3000 })]],
  [
    "troubles of the other services",
    [
      { service: "dynamodb", operation: "PutItem", times: 2, ...error("ThrottlingException", 400, "Rate exceeded") },
      { service: "s3", operation: "PutObject", times: 2, ...error("SlowDown", 503, "slow down") },
    ],
  ],
];

describe("a fault on the way to a third party's AWS", () => {
  it.each(HARMLESS)("that passes by itself, %s, leads to the same end", async (_, rules) => {
    await proxy.rules(rules);
    const { result } = await run(through);
    expect(result).toMatchObject({ outcome: "done", failed: [] });
    const expected = rules.flatMap(({ service, operation, times }) =>
      Array<string>(times).fill(`${service}:${operation}`),
    );
    expect((await proxy.fired()).toSorted()).toEqual(expected.toSorted());
    expect(await standing()).toEqual(undisturbed);
  });

  it.each([
    [
      "credentials that run out",
      error("ExpiredToken", 403, "The security token included in the request is expired"),
      "credentials",
    ],
    [
      "a clock that is wrong",
      error("SignatureDoesNotMatch", 403, "Signature expired: it is now earlier than the time allowed"),
      "credentials",
    ],
    ["a refusal", error("AccessDenied", 403, "not authorized to perform: cloudformation:ExecuteChangeSet"), undefined],
    ["a service that stays away", { ...error("ServiceUnavailable", 503, "try later"), times: 8 }, undefined],
  ] as const)("that does not, %s, is a clear stop from which the same command goes on", async (_, effect, code) => {
    await proxy.rules([cloudformation("ExecuteChangeSet", effect)]);
    const stopped = await run(through);
    expect(stopped.result.outcome).toBe("failed");
    expect(stopped.result.error?.code).toBe(code);
    expect(await proxy.fired()).not.toEqual([]);
    await proxy.rules([]);
    expect((await run(through)).result).toMatchObject({ outcome: "done", failed: [] });
    expect(await standing()).toEqual(undisturbed);
  });
});

describe("a name server that does not answer", () => {
  /** Lets so many look-ups of a name fail, and then leads to this machine. */
  const failing = (times: number) => {
    let left = times;
    const real = lookup;
    const spy = vi.spyOn(dns, "lookup");
    spy.mockImplementation(((name: string, options: object, done: (...answer: unknown[]) => void) => {
      if (name !== "aws.invalid") return real(name, options as never, done as never);
      left -= 1;
      const gone = Object.assign(new Error(`getaddrinfo EAI_AGAIN ${name}`), { code: "EAI_AGAIN" });
      if (left >= 0) done(gone);
      else real("127.0.0.1", options as never, done as never);
    }) as never);
    return spy;
  };
  afterEach(() => vi.restoreAllMocks());

  const named = () => bench(ministack.endpoint.replace("127.0.0.1", "aws.invalid"));

  it("for a moment leads to the same end", async () => {
    const spy = failing(3);
    const { result } = await run(named());
    expect(result).toMatchObject({ outcome: "done", failed: [] });
    expect(spy.mock.calls.length).toBeGreaterThan(3);
    expect(await standing()).toEqual(undisturbed);
  });

  it("at all is a clear stop", async () => {
    failing(1_000_000);
    await expect(run(named())).rejects.toMatchObject({
      message: expect.stringMatching(/AWS cannot be reached.*aws\.invalid/),
    });
    vi.restoreAllMocks();
    expect((await run(past)).result.outcome).toBe("done");
    expect(await standing()).toEqual(undisturbed);
  });
});
