import { describe, expect, it } from "vitest";
import type { Json } from "../../src/template/types.ts";
import { bill, gaps, lines, using } from "./bill.ts";

function scheduled(cron: string) {
  return {
    Task: { Type: "AWS::ECS::TaskDefinition", Properties: { Cpu: "1024", Memory: "2048" } },
    Tidy: {
      Type: "AWS::Scheduler::Schedule",
      Properties: {
        ScheduleExpression: cron,
        Target: { EcsParameters: { TaskDefinitionArn: { Ref: "Task" } } } as Json,
      },
    },
  };
}

/** Task-hours a month of one vCPU. */
const hours = async (cron: string, usage: { readonly [name: string]: number } = { minutes: 60 }) =>
  Number(/: ([\d.]+) ×/.exec(lines(await bill(scheduled(cron), { usage: using({ Tidy: usage }) }))[0] ?? "")?.[1]);

describe("a schedule that starts tasks", () => {
  it.each([
    ["rate(1 hour)", 730],
    ["rate(2 days)", 15.208],
    ["cron(0 3 * * ? *)", 30.417],
    ["cron(0,30 8-17 ? * MON-FRI *)", 434.524],
    ["cron(0/15 * 1 * ? *)", 96],
    ["cron(0 3 L * ? *)", 1],
    ["cron(0 3 ? * 6L *)", 1],
    ["cron(0 3 1 JAN,JUL ? *)", 0.167],
  ])("runs by %s for %d hours a month where each run takes one", async (cron, expected) => {
    expect(await hours(cron)).toBeCloseTo(expected, 2);
  });

  it("is billed a minute at least, on demand, and nothing for the start", async () => {
    expect(await hours("rate(1 hour)", { minutes: 0.1 })).toBeCloseTo(730 / 60, 2);
    const cost = await bill(scheduled("rate(1 hour)"), { usage: using({ Tidy: { minutes: 6, runs: 100 } }) });
    expect(lines(cost)).toEqual(["1 vCPU, on demand: 10 × 0.04048", "2 GB memory, on demand: 20 × 0.004445"]);
    expect(gaps(cost)).toEqual([]);
  });
});
