import { fullDiff, ResourceImpact } from "@aws-cdk/cloudformation-diff";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { config, type EnvironmentInput } from "../../../src/config/schema.ts";
import { valueAt } from "../../../src/config/values.ts";
import type { Json, Resource } from "../../../src/template/types.ts";
import { environments } from "./environments.ts";
import { templatesOf } from "./synth.ts";

const dev: EnvironmentInput = { region: "eu-west-1" };
const domain = { name: "example.com", zone: "Z0123456789ABCDEFGHIJ" };

type Growth = {
  readonly what: string;
  readonly from?: Partial<EnvironmentInput>;
  readonly to: Omit<EnvironmentInput, "region">;
};

/** Changes that an owner makes to a running environment, and that may replace and remove nothing. */
const GROWTH: readonly Growth[] = [
  { what: "three zones instead of one", to: { network: { azs: 3 } } },
  { what: "three zones, a NAT gateway in each", to: { network: { azs: 3, nat: "per-az" } } },
  { what: "flow logs and access logs", to: { network: { flowLogs: true }, loadBalancer: { accessLogs: true } } },
  { what: "a domain in a zone of ours", to: { domain } },
  { what: "a domain in a new zone", to: { domain: { ...domain, zone: "create" } } },
  { what: "a domain elsewhere", to: { domain: { ...domain, zone: "elsewhere" } } },
  { what: "a domain in the CDN's own region", from: { region: "us-east-1" }, to: { domain } },
  { what: "Spot off", to: { service: { spot: false } } },
  { what: "a base on FARGATE under Spot", to: { service: { onDemandBase: 1 } } },
  { what: "more tasks", to: { service: { tasks: 3 } } },
  { what: "scaling", to: { service: { maxTasks: 4 } } },
  { what: "a larger database", to: { database: { class: "db.m7g.large", storage: 40, maxStorage: 400 } } },
  { what: "larger cache nodes", to: { cache: { node: "cache.m7g.large" } } },
  { what: "replicas", to: { cache: { replicas: 2 } } },
  { what: "protection", to: { protect: true } },
  { what: "another lifetime in the CDN", to: { cdn: { ttlHours: 24 } } },
  { what: "a web ACL", to: { cdn: { waf: true } } },
  { what: "alarms and a budget", to: { alarms: { email: "a@b.co" }, budget: { monthly: 9, email: "a@b.co" } } },
  { what: "a domain for a private load balancer", from: { loadBalancer: { private: true } }, to: { domain } },
  {
    what: "more zones for a private load balancer",
    from: { loadBalancer: { private: true } },
    to: { network: { azs: 3 } },
  },
  { what: "a worker", to: { worker: { command: ["celery"] } } },
  { what: "a schedule", to: { schedule: [{ name: "tidy", cron: "rate(1 day)", command: ["tidy"] }] } },
  { what: "a pinned account", to: { account: "123456789012" } },
];

describe("a running environment grows without loss", () => {
  it.each(GROWTH)("$what", ({ from = {}, to }) => {
    const { lost, changed } = compare({ ...dev, ...from }, { ...dev, ...from, ...to });
    // With a name of its own the API answers everybody; the rule that let the CDN in holds nothing.
    expect(lost.filter((one) => !("domain" in to && one === "load-balancer/FromCdn WILL_DESTROY "))).toEqual([]);
    // Pinning the account changes where it may go, not what goes there.
    if (!("account" in to)) expect(changed).toBeGreaterThan(0);
  });

  it.each([
    { property: "MultiAZ", database: { multiAz: true } },
    { property: "BackupRetentionPeriod", database: { backupDays: 14 } },
  ])("changes $property in place, though the service spec calls it conditional", ({ property, database }) => {
    // Amazon RDS User Guide, "Settings for DB instances": both are modified without a new instance. And CloudFormation
    // replaces none that has a name of its own.
    const { lost } = compare(dev, { ...dev, database });
    expect(lost).toEqual([`database/Database MAY_REPLACE ${property}`]);
    expect(templatesOf(dev).database?.Resources.Database?.Properties?.DBInstanceIdentifier).toBe("astro-dev");
  });

  it("loses the domain again without touching anything but the names themselves", () => {
    const { lost, gone } = compare({ ...dev, domain }, dev);
    expect(lost).toEqual([
      "cdn/AppRecord WILL_DESTROY ",
      "cdn/AppRecordIpv6 WILL_DESTROY ",
      "cdn/HttpsRedirect WILL_DESTROY ",
    ]);
    expect(gone).toEqual(["certificate-cdn", "certificate", "dns"]);
  });

  it("makes another load balancer where it becomes private or public, since one keeps its scheme for life", () => {
    const hidden = { ...dev, loadBalancer: { private: true } };
    expect(compare(dev, hidden).lost).toEqual([
      "load-balancer/LoadBalancer WILL_DESTROY ",
      "load-balancer/TargetGroup WILL_DESTROY ",
      "load-balancer/HttpListener WILL_DESTROY ",
      "load-balancer/FromCdn WILL_DESTROY ",
    ]);
    expect(compare(hidden, dev).lost).toContain("cdn/ApiVpcOrigin WILL_DESTROY ");
    expect(compare({ ...dev, domain }, { ...hidden, domain }).gone).toEqual(["certificate", "dns"]);
  });

  it("makes another budget, and another subscription, for another address", () => {
    const asked = (email: string) => ({ ...dev, alarms: { email }, budget: { monthly: 9, email } });
    const { lost } = compare(asked("a@b.co"), asked("c@d.co"));
    expect(lost).toEqual([
      "budget/Budget WILL_REPLACE Budget, NotificationsWithSubscribers",
      "alarms/AlarmEmail WILL_REPLACE Endpoint",
    ]);
  });

  it("never replaces a thing that would keep its name, which CloudFormation refuses", { timeout: 120_000 }, () => {
    let replaced = 0;
    fc.assert(
      fc.property(environments, environments, (one, other) => {
        // What cannot change on a running database is refused on purpose.
        const { region, account, database } = one;
        const stays = { region, account, database: { ...other.database, key: database?.key } };
        const to = JSON.parse(JSON.stringify({ ...other, ...stays }));
        fc.pre(config.safeParse({ name: "astro", environments: { dev: to } }).success);
        const before = templatesOf(one);
        for (const [stack, template] of Object.entries(templatesOf(to))) {
          const old = before[stack];
          if (old === undefined) continue;
          fullDiff(old, template).resources.forEachDifference((id, difference) => {
            if (difference.changeImpact !== ResourceImpact.WILL_REPLACE) return;
            replaced++;
            const name = nameOf(old.Resources[id]);
            expect(name === undefined || name !== nameOf(template.Resources[id]), `${stack}/${id} ${name}`).toBe(true);
          });
        }
      }),
      { numRuns: 25, seed: 20_251_122 },
    );
    expect(replaced).toBeGreaterThan(10);
  });

  it.each([
    ["the domain", { domain: { ...domain, name: "example.org" } }],
    ["the zone", { domain: { ...domain, zone: "Z9999999999ABCDEFGHIJ" } }],
    ["who keeps the zone", { domain: { ...domain, zone: "elsewhere" } }],
    ["who makes the zone", { domain: { ...domain, zone: "create" } }],
  ])("writes the CDN's distribution anew with every new certificate, which it reads weakly: %s", (_, to) => {
    const [before, after] = [templatesOf({ ...dev, domain }), templatesOf({ ...dev, ...to })];
    const text = (templates: typeof before, stack: string, id: string) =>
      JSON.stringify(templates[stack]?.Resources[id]?.Properties);
    const { lost } = compare({ ...dev, domain }, { ...dev, ...to });
    expect(lost.join()).toContain("certificate-cdn/Certificate WILL_REPLACE");
    expect(text(before, "cdn", "Distribution")).not.toBe(text(after, "cdn", "Distribution"));
  });

  it("keeps the old certificate while another takes its place, since the CDN still uses it", () => {
    const { certificate } = templatesOf({ ...dev, domain });
    expect(certificate?.Resources.Certificate?.UpdateReplacePolicy).toBe("Retain");
  });
});

/** The name that a template gives a thing of which no two may have one; a record's is its zone's, not the account's. */
function nameOf({ Type, Properties = {} }: Resource = { Type: "" }): Json | undefined {
  if (Type === "AWS::Route53::RecordSet") return undefined;
  if (Type === "AWS::Budgets::Budget") return valueAt(Properties, ["Budget", "BudgetName"]) as Json | undefined;
  const key = Object.keys(Properties).find((one) => NAME.test(one));
  return key === undefined ? undefined : Properties[key];
}

const NAME =
  /^(Name|(Alarm|Bucket|Cluster|Dashboard|LogGroup|Repository|Role|Service|Topic)Name|DBInstanceIdentifier|ReplicationGroupId)$/;

function compare(from: EnvironmentInput, to: EnvironmentInput) {
  const before = templatesOf(from);
  const after = templatesOf(to);
  const lost: string[] = [];
  let changed = Object.keys(after).filter((stack) => !(stack in before)).length;
  for (const [stack, template] of Object.entries(after)) {
    const old = before[stack];
    if (old === undefined) continue;
    fullDiff(old, template).resources.forEachDifference((id, difference) => {
      changed++;
      if (LOSSES.has(difference.changeImpact)) {
        const causes = Object.entries(difference.propertyUpdates).filter(([, update]) => update.isDifferent);
        lost.push(`${stack}/${id} ${difference.changeImpact} ${causes.map(([name]) => name).join(", ")}`);
      }
    });
  }
  const gone = Object.keys(before).filter((stack) => !(stack in after));
  return { lost, changed, gone };
}

const LOSSES = new Set([
  ResourceImpact.WILL_REPLACE,
  ResourceImpact.MAY_REPLACE,
  ResourceImpact.WILL_DESTROY,
  ResourceImpact.WILL_ORPHAN,
]);
