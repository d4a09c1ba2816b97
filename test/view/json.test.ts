import { describe, expect, it } from "vitest";
import { jsonView } from "../../src/view/json.ts";
import { DEV, event, plan, REFUSAL, REFUSED_END, step, UP_TO_DATA } from "./run.ts";
import { paper } from "./screen.ts";

function written(events: Parameters<ReturnType<typeof jsonView>["emit"]>[0][]) {
  const terminal = paper({ interactive: false });
  const view = jsonView(terminal);
  for (const one of events) view.emit(one);
  const lines = terminal.text().split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => JSON.parse(line) as { readonly [key: string]: unknown });
}

describe("a run as JSON lines", () => {
  it("is one flat object a line, each with type, time and environment", () => {
    const lines = written([...UP_TO_DATA, ...REFUSAL, ...REFUSED_END]);
    expect(lines).toHaveLength(UP_TO_DATA.length + REFUSAL.length + REFUSED_END.length);
    for (const line of lines) {
      expect(line).toMatchObject({ type: expect.any(String), environment: "dev" });
      expect(new Date(String(line.at)).toISOString()).toBe(line.at);
    }
  });

  it("says phase, stack, resource, type, status and reason where they apply", () => {
    const [failed] = written([...REFUSED_END].slice(0, 1));
    expect(failed).toEqual({
      type: "stack.failed",
      at: "2026-11-22T10:07:10.000Z",
      environment: "dev",
      phase: "data",
      stack: "astro-dev-database",
      resource: "DBInstance",
      resourceType: "AWS::RDS::DBInstance",
      status: "ROLLBACK_COMPLETE",
      source: "aws",
      code: "db-class-unavailable",
      reason: expect.stringContaining("db.t3.micro"),
      hints: [],
      elapsedSeconds: 207,
    });
  });

  it("ends with the result, in a rehearsal with its simulated seconds", () => {
    expect(written([...REFUSED_END]).at(-1)).toMatchObject({
      type: "result",
      outcome: "failed",
      outputs: {},
      elapsedSeconds: 16,
      simulatedSeconds: 966,
    });
  });

  it("tells the plan by its stacks", () => {
    const [line] = written([
      event(0, { type: "run.started", plan: plan([step("vpc", "astro-dev-network", { digest: "0" })]) }),
    ]);
    expect(line).toEqual({
      type: "run.started",
      at: "2026-11-22T10:00:00.000Z",
      environment: "dev",
      project: "astro",
      region: "us-east-1",
      account: "123456789012",
      direction: "provision",
      stacks: [{ stack: "astro-dev-network", phase: "vpc", action: "create", resources: 4 }],
      monthly: DEV.monthly,
      unpriced: [],
    });
  });
});
