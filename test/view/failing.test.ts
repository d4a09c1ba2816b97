import { describe, expect, it } from "vitest";
import { command } from "../../src/command-line.ts";
import { type FailureReport, renderFailure } from "../../src/view/failure.ts";
import { logView } from "../../src/view/log.ts";
import type { Header } from "../../src/view/view.ts";
import { event, handTicker, standingClock, UP_TO_DATA } from "./run.ts";
import { paper } from "./screen.ts";

const HEADER: Header = { command: "provision", environment: "dev", region: "us-east-1", account: "123456789012" };
const REASON = "Essential container in task exited: api ended with exit code 1";

const FAILURE: FailureReport = {
  header: HEADER,
  project: "astro",
  failed: [
    {
      phase: "ecs",
      stack: "astro-dev-service",
      resource: "Service",
      resourceType: "AWS::ECS::Service",
      status: "UPDATE_ROLLBACK_COMPLETE",
      reason: REASON,
      elapsedSeconds: 151,
      log: [
        "Traceback (most recent call last):",
        "\tline 31, in lifespan\u001b[2K",
        `  File "${"x/".repeat(28)}a.py", line 1`,
        `ValueError: ${"x ".repeat(200)}`,
        "",
      ],
      source: "aws",
      code: "container-exit",
      cause: "the container starts and exits by itself, with exit code 1",
      hints: [
        {
          text: "fix what its log says, push the new image, and name it",
          command: command`astro init --env dev --image TAG`,
        },
      ],
    },
  ],
  finished: 8,
  notStarted: 1,
  again: ["astro", "provision"],
};

describe("a service whose tasks fail with the same error", () => {
  it("ends with its log, no line of it longer than three of the screen, and what to do after that", () => {
    expect(renderFailure(FAILURE, paper())).toMatchInlineSnapshot(`
      " ✖ failed: ecs · service after 2m 31s · us-east-1 · account 1234…9012
         8 stacks done, 1 not started; this one is rolled back

         Its log, the last 4 lines:
           Traceback (most recent call last):
               line 31, in lifespan
             File "x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/a.py",
             line 1
           ValueError: x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x
           x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x
           x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x…

         Failed      Service, AWS::ECS::Service
         AWS says    Essential container in task exited: api ended with exit code 1
         Cause       the container starts and exits by itself, with exit code 1
         Do this     fix what its log says, push the new image, and name it:
                     astro init --env dev --image TAG
         Then        astro provision
                     goes on from here; finished stacks are not changed
      "
    `);
  });

  it("has its place in the log, in words", () => {
    const terminal = paper({ interactive: false });
    const view = logView(terminal, standingClock(), HEADER, handTicker().ticker);
    for (const one of UP_TO_DATA) view.emit(one);
    view.emit(
      event(300, {
        type: "stack.failing",
        phase: "data",
        stack: "astro-dev-database",
        resource: "Service",
        resourceType: "AWS::ECS::Service",
        code: "container-exit",
        reason: REASON,
        stops: ["2026-11-22T10:04:00.000Z", "2026-11-22T10:04:50.000Z"],
        log: [],
      }),
    );
    expect(terminal.text().trim().split("\n").at(-1)).toBe(
      `00:05:00  data/database              ✖ failing: Service: 2 tasks failed with the same error: ${REASON}`,
    );
  });
});
