import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AstroError } from "../../src/errors.ts";
import { sealed, type Terminal } from "../../src/terminal.ts";
import { renderCost, renderTemplateCost } from "../../src/view/cost.ts";
import { renderDestroyPlan } from "../../src/view/destroy-plan.ts";
import { renderDone, renderGone } from "../../src/view/done.ts";
import { renderError } from "../../src/view/error.ts";
import { renderFailure } from "../../src/view/failure.ts";
import { jsonView } from "../../src/view/json.ts";
import { liveView } from "../../src/view/live.ts";
import { logView } from "../../src/view/log.ts";
import { renderPlan } from "../../src/view/plan.ts";
import { renderPolicy } from "../../src/view/policy.ts";
import { renderBrief, renderPreflight } from "../../src/view/preflight.ts";
import { during } from "../../src/view/spinner.ts";
import { renderStatus } from "../../src/view/status.ts";
import type { Header } from "../../src/view/view.ts";
import { renderAdvice } from "../../src/wizard/advice.ts";
import { renderGreeting, renderWritten } from "../../src/wizard/written.ts";
import { hostileText, poisoned, rawBytes } from "../support/hostile.ts";
import {
  change,
  changed,
  event,
  handTicker,
  plan,
  REFUSAL,
  REFUSED_END,
  standingClock,
  step,
  UP_TO_DATA,
} from "./run.ts";
import { paper } from "./screen.ts";

const HEADER: Header = { command: "provision", environment: "dev", region: "us-east-1", account: "123456789012" };
const AT = "2026-11-22T10:00:00.000Z";
const HOLDER = { who: "arn:aws:iam::1:user/ada", host: "laptop", operation: "destroy", since: AT, heartbeat: AT };

const CHANGES = (["add", "change", "replace", "remove"] as const).map((action) =>
  change("Database", "AWS::RDS::DBInstance", action, "Engine"),
);
const PLAN = plan([
  step("bootstrap", "astro-bootstrap"),
  step("data", "astro-dev-database", {
    action: "update",
    changes: [...CHANGES, { ...change("Key", "AWS::KMS::Key", "change", "Policy"), mayReplace: true }],
    foreseen: { by: "templates", why: "it reads what is not there yet" },
    access: [{ kind: "permission", who: "*", what: "s3:GetObject", on: "Bucket", condition: "aws:SourceIp" }],
    monthly: { before: 1, after: 2 },
  }),
  step("ecs", "astro-dev-service", { action: "unchanged", because: "VpcId of network moved", region: "eu-west-1" }),
]);
const FAILED = {
  phase: "data",
  stack: "astro-dev-database",
  resource: "DBInstance",
  resourceType: "AWS::RDS::DBInstance",
  status: "ROLLBACK_COMPLETE",
  reason: "no capacity",
  elapsedSeconds: 580,
  cause: "the class is not offered",
  source: "aws",
  code: "db-class-unavailable",
  hints: [{ text: "choose another", command: ["astro", "init"] }],
  log: ["Traceback", "\tline 1"],
} as const;
const COST = {
  currency: "USD",
  prices: { asOf: "2025-12-06", newest: "2026-10-01" },
  assumptions: ["a month of 730 hours"],
  environments: [
    {
      name: "dev",
      region: "us-east-1",
      monthlyTotal: 34.5,
      components: [
        {
          component: "Other",
          monthly: 1.2,
          items: [{ resource: "Key", stack: "data", item: "keys", quantity: 1, unit: "key", unitPrice: 1, monthly: 1 }],
        },
      ],
      unpriced: [{ resource: "Thing", type: "AWS::New::Thing", stack: "network", reason: "no price is known for it" }],
      assumptions: [],
      pricesAsOf: { oldest: "2025-12-06", newest: "2026-10-01" },
    },
  ],
} as const;
const FINDINGS = [
  {
    code: "names",
    outcome: "problem",
    words: "/shop/dev is there",
    document: "D",
    fix: { hints: [{ text: "delete it", command: ["aws", "s3"] }] },
  },
  { code: "image", outcome: "not-checked", words: "may not call it", document: "D" },
  {
    code: "delegation",
    outcome: "warning",
    warning: { type: "foreign-name-servers", domain: "example.com", zone: "Z1", nameServers: ["ns.example.net"] },
    document: "D",
  },
] as const;
const DOCTOR = { text: "then run", command: ["astro", "doctor"] };
const POLICY = {
  project: "shop",
  environment: "dev",
  region: "eu-west-1",
  account: "*",
  policies: [
    {
      name: "shop-dev-operator-1",
      document: {
        Version: "2012-10-17",
        Statement: [{ Sid: "Look", Effect: "Allow", Action: ["ec2:Describe*"], Resource: ["*"] }],
      },
    },
  ],
  of: "environment",
  uncovered: ["AWS::New::Thing"],
  warnings: [{ about: "Role", says: "is denied" }],
  limits: [{ about: "CachePolicy", says: "cannot be kept apart" }],
} as const;
const STATUS = {
  project: "astro",
  environment: "dev",
  region: "us-east-1",
  account: "123456789012",
  at: AT,
  stacks: [
    {
      stack: "astro-dev-data",
      phase: "data",
      region: "eu-west-1",
      status: "UPDATE_ROLLBACK_FAILED",
      since: AT,
      resources: 1,
      outputs: {},
      trouble: { resource: "Key", type: "AWS::KMS::Key", reason: "no" },
      doing: [{ resource: "DB", type: "AWS::RDS::DBInstance", status: "CREATE_IN_PROGRESS" }],
    },
  ],
  lock: HOLDER,
  lastRun: { ...HOLDER, startedAt: AT, outcome: "failed" },
} as const;
const EVENTS = [
  ...UP_TO_DATA,
  event(300, { type: "resource.skipped", phase: "data", stack: "astro-dev-cache", resources: ["it is\nstuck"] }),
  event(300, {
    type: "dns.needed",
    phase: "data",
    stack: "astro-dev-cache",
    records: [{ name: "a.example.com", type: "CNAME", value: "b" }],
  }),
  event(301, { type: "network.lost", reason: "waiting", retrySeconds: 300 }),
  event(302, { type: "lock.held", holder: HOLDER }),
  event(303, { type: "lock.left", holder: HOLDER, why: "process-gone" }),
  event(304, {
    type: "stack.failing",
    phase: "data",
    stack: "astro-dev-cache",
    resource: "Service",
    resourceType: "AWS::ECS::Service",
    code: "container-exit",
    reason: "it ends",
    stops: [AT],
    log: ["bye"],
  }),
  changed(305, "astro-dev-cache", "Redis", "AWS::ElastiCache::ReplicationGroup", "CREATE_FAILED", { reason: "no" }),
  // What is cancelled with others is left out of a log by its very words.
  ...REFUSAL.slice(0, 1),
  ...REFUSED_END,
];
const KEPT = [
  {
    type: "snapshot",
    stack: "astro-dev-database",
    resource: "DBInstance",
    resourceType: "AWS::RDS::DBInstance",
    monthly: 0,
  } as const,
  { type: "bootstrap", stack: "astro-bootstrap", because: "in-use", users: ["shop/prod"] },
] as const;
const WAYS = [
  {
    by: { resourceType: "AWS::EC2::Subnet", physicalId: "subnet-1", known: "10.0.0.0/24", stack: "theirs" },
    removal: ["aws"],
  },
  { resource: "Vpc", reason: "not allowed" },
] as const;
const DONE = { header: HEADER, stacks: 3, changed: 2, elapsedSeconds: 9, monthly: 5, next: "astro cost" };

/** Each screen, drawn with `poison` in every word of others on it. */
const SCREENS: { readonly [name: string]: (poison: string, terminal: Terminal) => string } = {
  plan: (poison, terminal) => renderPlan(poisoned(PLAN, poison), poisoned(HEADER, poison), terminal, 60),
  "destroy plan": (poison, terminal) =>
    renderDestroyPlan(
      poisoned(PLAN, poison),
      poisoned(HEADER, poison),
      terminal,
      60,
      poisoned(KEPT, poison),
      poisoned(WAYS, poison),
    ),
  done: (poison, terminal) =>
    renderDone(poisoned({ ...DONE, outputs: { AppUrl: "https://x", DbSecretName: "s", Else: "e" } }, poison), terminal),
  gone: (poison, terminal) => renderGone(poisoned({ ...DONE, kept: KEPT }, poison), terminal),
  failure: (poison, terminal) => {
    const failed = poisoned([FAILED, FAILED] as const, poison);
    const report = { header: HEADER, project: "astro", finished: 1, notStarted: 2, again: ["astro", "provision"] };
    return renderFailure({ ...poisoned(report, poison), failed }, terminal);
  },
  error: (poison, terminal) => renderError(new AstroError("config", `file: ${poison}`, `mend ${poison}`), terminal),
  status: (poison, terminal) => renderStatus(poisoned(STATUS, poison), poisoned(HEADER, poison), terminal),
  cost: (poison, terminal) => renderCost(poisoned(COST, poison), terminal),
  "template cost": (poison, terminal) => renderTemplateCost(poisoned(COST, poison), terminal),
  doctor: (poison, terminal) =>
    renderPreflight(poisoned(FINDINGS, poison), poisoned(HEADER, poison), terminal, poisoned(DOCTOR, poison)),
  preflight: (poison, terminal) => renderBrief(poisoned(FINDINGS, poison), terminal, poisoned(DOCTOR, poison), true),
  policy: (poison, terminal) => renderPolicy(poisoned(POLICY, poison), terminal),
  greeting: (poison, terminal) => renderGreeting(`astro.yaml${poison}`, terminal),
  written: (poison, terminal) =>
    renderWritten(
      { written: [`a${poison}`], kept: [`b${poison}`] },
      `./infra${poison}`,
      [{ command: ["astro", poison], words: poison }],
      terminal,
    ),
  advice: (poison, terminal) =>
    renderAdvice(
      [{ words: poison, flags: ["--x", poison], monthly: 1 }],
      { again: ["astro", poison], isAsked: true },
      terminal,
    ),
};

describe("a screen full of hostile words", () => {
  it.each(Object.entries(SCREENS))("%s: nothing on it is obeyed, in colour nothing but its own colours", (_, draw) => {
    fc.assert(
      fc.property(hostileText, fc.boolean(), (poison, unicode) => {
        const plain = paper({ unicode, interactive: false });
        plain.write(draw(poison, plain));
        expect(rawBytes(plain.text())).toEqual([]);
        const coloured = paper({ unicode, colour: true });
        const drawn = draw(poison, coloured);
        coloured.write(drawn);
        expect(rawBytes(withoutColours(coloured.text()))).toEqual([]);
        expect(count(coloured.text(), "\u001b")).toBe(count(drawn, SEAL));
      }),
      { numRuns: 150 },
    );
  });

  it.each([false, true])("a log of a run: one line an event, whatever is in it (Unicode: %s)", (unicode) => {
    fc.assert(
      fc.property(hostileText, (poison) => {
        const log = paper({ unicode, interactive: false });
        const view = logView(log, standingClock(), poisoned(HEADER, poison), handTicker().ticker);
        for (const one of EVENTS) view.emit(poisoned(one, poison));
        const lines = log.text().split("\n").slice(0, -1);
        expect(rawBytes(lines.join("\n"))).toEqual([]);
        // No line but ours: each begins with its time.
        expect(lines.filter((line) => !/^\d\d:\d\d:\d\d {2}/.test(line))).toEqual([]);
        expect(lines.length).toBeGreaterThan(EVENTS.length / 2);
      }),
      { numRuns: 100 },
    );
  });

  it("the live screen: the cursor moves as the screen is drawn, and nothing else is done", async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (poison) => {
        const live = paper();
        const hand = handTicker();
        const view = liveView(live, standingClock(), poisoned(HEADER, poison), hand.ticker);
        for (const one of EVENTS) {
          view.emit(poisoned(one, poison));
          hand.tick();
        }
        view.pause()();
        await view.close();
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
        expect(rawBytes(live.text().replaceAll(/\u001b\[(\?25[lh]|K|J|\d+A)|\r/g, ""))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("JSON lines: one an event, the same value", () => {
    fc.assert(
      fc.property(hostileText, (poison) => {
        const out = paper();
        for (const one of EVENTS) jsonView(out).emit(poisoned(one, poison));
        expect(rawBytes(out.text())).toEqual([]);
        const events = out
          .text()
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as { reason?: string });
        expect(events.length).toBe(EVENTS.length);
        expect(events.flatMap(({ reason = [] }) => reason)).toContain(JSON.parse(JSON.stringify(`waiting${poison}`)));
      }),
      { numRuns: 100 },
    );
  });

  it("a spinner: its own moves and no others", async () => {
    const out = paper();
    await during(out, "reading \u001b[31mred\u001b]0;x\u0007\u202e", async () => undefined);
    expect(out.text()).toContain("reading red");
    expect(out.text()).not.toMatch(/31m|\]0|\u202e/);
  });
});

/** What a sealed sequence begins with. */
const SEAL = sealed("\r").slice(0, -1);

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function withoutColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.replaceAll(/\u001b\[(1|2|22|3[1-6]|39)m/g, "");
}
