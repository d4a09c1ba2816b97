import { describe, expect, it } from "vitest";
import { renderStatus, type StatusReport } from "../../src/view/status.ts";
import type { Header } from "../../src/view/view.ts";
import { paper } from "./screen.ts";

const HEADER: Header = { command: "status", environment: "dev", region: "us-east-1", account: "123456789012" };
const AT = "2026-11-22T10:00:00.000Z";
const stack = (
  name: string,
  phase: StatusReport["stacks"][number]["phase"],
  status: string,
  more: Partial<StatusReport["stacks"][number]> = {},
) => ({
  stack: name,
  phase,
  region: "us-east-1",
  status,
  since: "2026-11-22T09:40:00.000Z",
  resources: 4,
  outputs: {},
  ...more,
});

const REPORT: StatusReport = {
  project: "astro",
  environment: "dev",
  region: "us-east-1",
  account: "123456789012",
  at: AT,
  monthly: 97.796,
  stacks: [
    stack("astro-bootstrap", "bootstrap", "CREATE_COMPLETE", { since: "2026-10-01T10:00:00.000Z" }),
    stack("astro-dev-network", "vpc", "UPDATE_COMPLETE"),
    stack("astro-dev-secrets", "data", "UPDATE_ROLLBACK_COMPLETE", {
      trouble: { resource: "Key", type: "AWS::KMS::Key", reason: "no" },
    }),
    stack("astro-dev-database", "data", "CREATE_IN_PROGRESS", {
      since: "2026-11-22T09:58:00.000Z",
      doing: [{ resource: "DBInstance", type: "AWS::RDS::DBInstance", status: "CREATE_IN_PROGRESS" }],
    }),
    stack("astro-dev-service", "ecs", "UPDATE_ROLLBACK_FAILED", {
      trouble: { resource: "Service", type: "AWS::ECS::Service", reason: "the service did not stabilize" },
    }),
    stack("astro-dev-certificate", "dns", "CREATE_COMPLETE", { region: "us-west-2" }),
  ],
  lock: {
    who: "arn:aws:iam::123456789012:user/grace",
    host: "laptop",
    operation: "provision",
    since: "2026-11-22T09:55:00.000Z",
    heartbeat: "2026-11-22T09:59:40.000Z",
  },
  lastRun: {
    operation: "provision",
    who: "arn:aws:iam::123456789012:user/ada",
    host: "build-7",
    startedAt: "2026-11-22T08:00:00.000Z",
    endedAt: "2026-11-22T08:20:00.000Z",
    outcome: "failed",
  },
};

const nextOf = (report: StatusReport, header = HEADER) => /Next +(.*)/.exec(renderStatus(report, header, paper()))?.[1];

describe("where an environment stands", () => {
  it("is a line a stack, what moves and what broke below it, who is at work, what comes next", () => {
    expect(renderStatus(REPORT, HEADER, paper())).toMatchInlineSnapshot(`
      " dev in us-east-1: 6 stacks, 1 moving, 1 stuck, 1 rolled back, 3 deployed
         account 1234…9012
       bootstrap  ✔ astro-bootstrap  CREATE_COMPLETE                 since 2026-10-01
       vpc        ✔ network          UPDATE_COMPLETE                      for 20m 00s
       data       · secrets          UPDATE_ROLLBACK_COMPLETE             for 20m 00s
                     Key (KMS): no
                  ↻ database         CREATE_IN_PROGRESS                    for 2m 00s
                     DBInstance (RDS): creating
       ecs        ✖ service          UPDATE_ROLLBACK_FAILED               for 20m 00s
                     Service (ECS): the service did not stabilize
       dns        ✔ certificate      CREATE_COMPLETE  in us-west-2        for 20m 00s
         Cost        $97.80/mo by list prices
         Running     user/grace on laptop: astro provision since 09:55:00 UTC (5m
                     00s)
         Last run    astro provision: failed, begun 2h 00m ago by user/ada on build-7
         Next        astro attach --env dev, to follow it
      "
    `);
  });

  it("tells what of it has no known price", () => {
    const unpriced = [
      { stack: "astro-dev-extra", resource: "Fleet", type: "AWS::GameLift::Fleet", reason: "no price" },
    ];
    const words = renderStatus({ ...REPORT, unpriced }, HEADER, paper({ columns: 120 }));
    expect(words).toContain("$97.80/mo by list prices, and 1 resource without a known price");
    const { monthly: _, ...nothing } = REPORT;
    expect(renderStatus(nothing, HEADER, paper())).not.toContain("Cost");
  });

  it("reads without colour and Unicode too", () => {
    const text = renderStatus(REPORT, HEADER, paper({ unicode: false }));
    expect(text).toMatch(/^[ -~\n]*$/);
  });

  it("names the next command by what there is to do", () => {
    const { lock: _, ...free } = REPORT;
    const of = (...stacks: StatusReport["stacks"]) => ({ ...free, stacks });
    const well = stack("astro-dev-network", "vpc", "CREATE_COMPLETE");
    expect(nextOf(REPORT)).toBe("astro attach --env dev, to follow it");
    expect(nextOf(of(well, stack("x", "data", "DELETE_IN_PROGRESS")))).toBe("astro attach --env dev, to follow it");
    expect(nextOf(of(well, stack("x", "data", "ROLLBACK_COMPLETE")))).toMatch(/^astro provision --env dev, which/);
    expect(nextOf(of(well))).toBe("astro plan --env dev");
    const placeholder = { ...of(well), undeployed: true } as const;
    expect(nextOf(placeholder)).toMatch(/^astro deploy --env dev, which puts your app/);
    expect(nextOf(of())).toBe("astro provision --env dev");
    expect(nextOf(of(), { ...HEADER, rehearsal: { speed: "max" } })).toBe("astro provision --env dev --rehearse");
  });
});

describe("the app in a status", () => {
  const at = "2026-11-22T09:30:00.000Z";
  const app: NonNullable<StatusReport["app"]> = {
    release: {
      number: 12,
      at,
      who: "arn:aws:iam::123456789012:user/ada",
      commit: "0123456789abcdef0123",
      dirty: true,
      image: { ref: "r@sha256:1", digest: "sha256:1", tag: "build-0123456" },
    },
    services: [
      {
        name: "api",
        running: 1,
        desired: 2,
        pending: 1,
        healthy: 1,
        targets: 2,
        deployment: { at, state: "IN_PROGRESS" },
      },
      {
        name: "worker",
        running: 0,
        desired: 1,
        pending: 0,
        deployment: { at, state: "FAILED", reason: "tasks failed\nto start" },
      },
    ],
    urls: { AppUrl: "https://d1.cloudfront.net", ApiUrl: "https://api.example.com" },
    denied: ["s3:ListBucket"],
  };

  it("is its release, tasks, health, rollouts and addresses, and what may not be seen", () => {
    const words = renderStatus({ ...REPORT, app }, HEADER, paper({ columns: 120 }));
    for (const line of [
      /Release +12 · build-0123456 · commit 0123456789ab and more · 30m 00s ago by user\/ada/,
      /api +1 of 2 running, 1 on the way · 1 of 2 healthy · rolling out, begun 30m 00s ago/,
      /worker +0 of 1 running · rollout failed, begun 30m 00s ago: tasks failed to start/,
      /App +https:\/\/d1\.cloudfront\.net/,
      /API +https:\/\/api\.example\.com/,
      /Not seen +s3:ListBucket: not allowed/,
    ])
      expect(words).toMatch(line);
  });

  it("is left out where none is deployed", () => {
    expect(renderStatus(REPORT, HEADER, paper())).not.toMatch(/Release|running/);
  });
});
