import { describe, expect, it } from "vitest";
import type { Step } from "../../src/plan/plan.ts";
import { renderDestroyPlan } from "../../src/view/destroy-plan.ts";
import { renderPlan } from "../../src/view/plan.ts";
import type { Header } from "../../src/view/view.ts";
import { change, DEV, plan, step } from "./run.ts";
import { paper } from "./screen.ts";

const REAL: Header = { command: "plan", environment: "dev", region: "us-east-1", account: "123456789012" };
const REHEARSAL: Header = { ...REAL, rehearsal: { speed: 60 } };

const update = (phase: Step["phase"], stack: string, changes: Step["changes"]) =>
  step(phase, stack, { action: "update", changes });

/** What going to two zones and a bigger disk, and one bad idea, look like. */
const GROWING = plan(
  [
    step("bootstrap", "astro-bootstrap", { action: "unchanged" }),
    update(
      "vpc",
      "astro-dev-network",
      ["PublicSubnet2", "PublicSubnet2Route", "PublicSubnet2Assoc", "PrivateSubnet2", "DatabaseSubnet2"].map((id) =>
        change(id, "AWS::EC2::Subnet", "add"),
      ),
    ),
    update("data", "astro-dev-database", [change("DBInstance", "AWS::RDS::DBInstance", "change", "AllocatedStorage")]),
    step("ecs", "astro-dev-service", { action: "unchanged", because: "it reads DatabaseEndpoint of database" }),
    step("dns", "astro-dev-certificate", { region: "eu-west-1", resources: 3 }),
  ],
  { monthly: { before: 101.17, after: 103.47 } },
);

describe("a plan", () => {
  it("says which image runs and since when, and what becomes of it", () => {
    const image = {
      runs: `1.dkr.ecr.us-east-1.amazonaws.com/shop-dev@sha256:${"ab".repeat(32)}`,
      since: "2026-03-01T12:04:30.000Z",
    };
    const running = (stack: string, more: object = {}) =>
      step("ecs", `astro-dev-${stack}`, { action: "unchanged", image: { ...image, ...more } });
    const shown = (...steps: readonly Step[]) =>
      renderPlan(plan(steps, { monthly: { before: 9, after: 9 } }), REAL, paper(), 60)
        .split("\n")
        .filter((line) => / Image |^ {8}\S/.test(line))
        .map((line) => line.trim().replace(/ +/g, " "));
    expect(shown(running("service"), running("worker"))).toEqual([
      "Image shop-dev@sha256:abababababab… since 2026-03-01 12:04 UTC",
    ]);
    expect(shown(running("service", { becomes: "v1.2" }), running("worker"))).toEqual([
      "Image service: shop-dev@sha256:abababababab… since 2026-03-01 12:04 UTC;",
      "this makes it v1.2, as service.image says",
      "worker: shop-dev@sha256:abababababab… since 2026-03-01 12:04 UTC",
    ]);
    const pinned = { ...image, runs: "v1.2", pinned: true as const };
    expect(shown(step("ecs", "astro-dev-service", { action: "unchanged", image: { ...pinned, becomes: "" } }))).toEqual(
      ["Image v1.2 since 2026-03-01 12:04 UTC, as service.image says; this makes it", "the placeholder"],
    );
  });

  it("takes one line a stack where everything is new", () => {
    expect(renderPlan(DEV, REHEARSAL, paper(), 16 * 60)).toMatchInlineSnapshot(`
      " Plan for dev in us-east-1 · rehearsal 60×
       10 stacks, all new; 91 resources

       bootstrap  + new     astro-bootstrap   2 resources
       vpc        + new     network          41 resources
       data       + new     secrets           9 resources
                  + new     registry          1 resource
                  + new     storage           8 resources
                  + new     database          6 resources
                  + new     cache             4 resources
       ecs        + new     load-balancer     3 resources
                  + new     service          12 resources
       dns        + new     cdn               5 resources

       Cost  $0.00 → $101.17/mo  (+$101.17)                                 about 16m
       Nothing is replaced. Nothing is removed.
      "
    `);
  });

  it("names below the money what that leaves out, here and where nothing moves and in a removal", () => {
    const reason = "no prices for this type";
    const unpriced = [
      ...["Db", "Replica"].map((resource) => ({ resource, type: "AWS::RDS::DBInstance", stack: "s", reason })),
      { resource: "Net", type: "AWS::CloudFormation::Stack", stack: "s", reason: "its template is elsewhere" },
    ];
    const rows = `   Not priced  Db, Replica (AWS::RDS::DBInstance): no prices for this type
               Net (AWS::CloudFormation::Stack): its template is elsewhere
`;
    const still = plan([step("vpc", "astro-dev-network", { action: "unchanged" })], { unpriced });
    expect(renderPlan({ ...DEV, unpriced }, REHEARSAL, paper(), 16 * 60)).toContain(rows);
    expect(renderPlan(still, REHEARSAL, paper(), 0)).toContain(rows);
    expect(renderDestroyPlan({ ...DEV, unpriced }, REHEARSAL, paper(), 60, [])).toContain(rows);
  });

  it("shows what is added and what changes because of which property, and promises that nothing is lost", () => {
    expect(renderPlan(GROWING, REAL, paper(), 420)).toMatchInlineSnapshot(`
      " Plan for dev in us-east-1 · account 1234…9012
       5 stacks: 1 new, 2 change, 2 same

       vpc        ~ change  network
                  + add         PublicSubnet2, PublicSubnet2Route and 3 more
       data       ~ change  database
                  ~ change      DBInstance: AllocatedStorage
       ecs        ~ check   service          it reads DatabaseEndpoint of database
       dns        + new     certificate      3 resources  in eu-west-1

       Cost  $101.17 → $103.47/mo  (+$2.30)                                  about 7m
       Nothing is replaced. Nothing is removed.
      "
    `);
  });

  it("says of a removed stack what stays in the account", () => {
    const zone = { logicalId: "HostedZone", type: "AWS::Route53::HostedZone", action: "remove", causes: [] } as const;
    const id = { logicalId: "ZoneId", type: "AWS::SSM::Parameter", action: "remove", causes: [] } as const;
    const lines = (kept: object) =>
      renderPlan(
        plan([step("dns", "astro-dev-zone", { action: "delete", changes: [{ ...zone, ...kept }, id] })]),
        REAL,
        paper(),
        60,
      );
    expect(lines({ kept: true })).toContain(
      "\n            ! keep        HostedZone (Route53): stays, outside the stack, at\n                          what it costs\n",
    );
    expect(lines({})).not.toContain("keep");
  });

  it("shows what a stack costs more or less, where it does", () => {
    const grown = plan([
      { ...update("data", "astro-dev-database", []), monthly: { before: 15.97, after: 18.27 } },
      { ...update("ecs", "astro-dev-service", []), monthly: { before: 3.13, after: 3.13 } },
      { ...step("dns", "astro-dev-cdn"), monthly: { before: 0, after: 4 } },
    ]);
    const lines = renderPlan(grown, REAL, paper(), 60).split("\n");
    expect(lines.filter((line) => /database|service|cdn/.test(line))).toEqual([
      " data       ~ change  database                                           +$2.30",
      " ecs        ~ change  service",
      " dns        + new     cdn       4 resources                              +$4.00",
    ]);
  });

  it("says what a step lets somebody do, and where its changes are no more than a guess of ours", () => {
    const changed = {
      ...update("ecs", "astro-dev-service", [change("TaskRole", "AWS::IAM::Role", "change", "Policies")]),
      foreseen: { by: "templates", why: "astro-dev-network.VpcId, which it reads, does not exist yet" },
      access: [
        {
          kind: "permission",
          who: "AWS:TaskRole",
          what: "s3:GetObject, s3:PutObject",
          on: "astro-dev-storage.PdfsArn",
        },
        { kind: "ingress", who: "Everyone (IPv4)", what: "TCP 443", on: "AlbSecurityGroup" },
        { kind: "egress", who: "10.0.0.0/16", what: "TCP 5432", on: "EcsSecurityGroup" },
      ],
    } as const;
    expect(renderPlan(plan([changed]), REAL, paper(), 60)).toMatchInlineSnapshot(`
      " Plan for dev in us-east-1 · account 1234…9012
       1 stack: 1 change

       ecs        ~ change  service
                  ~ change      TaskRole: Policies
                  ? not exact   from the templates alone: astro-dev-network.VpcId,
                                which it reads, does not exist yet
                  ! ALLOWS      AWS:TaskRole: s3:GetObject, s3:PutObject on
                                astro-dev-storage.PdfsArn
                  ! LETS IN     Everyone (IPv4) to AlbSecurityGroup: TCP 443
                  ! LETS OUT    EcsSecurityGroup to 10.0.0.0/16: TCP 5432

       Cost  $0.00 → $101.17/mo  (+$101.17)                                  about 1m
       Nothing is replaced. Nothing is removed.
      "
    `);
  });

  it("says what moved since the stacks were deployed, in stacks that it leaves alone too", () => {
    const api = { logicalId: "Service", type: "AWS::ECS::Service" };
    const image = { ...api, value: "image", live: "shop:v7", given: "shop:v3" };
    const count = { ...api, value: "desired count", live: "5", given: "2" };
    const service = { ...step("ecs", "astro-dev-service", { action: "unchanged" }), drift: [image, count] };
    expect(renderPlan(plan([service]), REAL, paper(), 0)).toMatchInlineSnapshot(`
      " ✔ dev is up to date: 1 stack unchanged                              $101.17/mo
         us-east-1 · account 1234…9012
       Drift  service · Service: image is shop:v7, and was deployed as shop:v3; it
              is left as it is
              service · Service: desired count is 5, and was deployed as 2; it is
              left as it is
      "
    `);
    const taken = {
      ...update("ecs", "astro-dev-service", [change("Service", "AWS::ECS::Service", "change", "LoadBalancers")]),
      drift: [
        { ...image, becomes: "shop:v3", undoes: true as const },
        { ...count, becomes: "2" },
      ],
    };
    const blind = { ...step("data", "astro-dev-cache", { action: "unchanged" }), unseen: "AWS does not answer" };
    expect(renderPlan(plan([blind, taken]), REAL, paper(), 60)).toMatchInlineSnapshot(`
      " Plan for dev in us-east-1 · account 1234…9012
       2 stacks: 1 change, 1 same

       ecs        ~ change  service
                  ~ change      Service: LoadBalancers

       Cost  $0.00 → $101.17/mo  (+$101.17)                                  about 1m
       Drift  cache: drift could not be checked: AWS does not answer
              service · Service: image is shop:v7, and was deployed as shop:v3; this
              makes it shop:v3 again
              service · Service: desired count is 5, and was deployed as 2; this
              makes it 2 again
       Nothing is replaced. Nothing is removed.
      "
    `);
  });

  it("says which nested stacks nobody could look into yet", () => {
    const inner = {
      ...change("Inner", "AWS::CloudFormation::Stack", "change", "TemplateURL"),
      inside: "later",
    } as const;
    const removed = { ...inner, logicalId: "Other", inside: "seen" } as const;
    const users = change("Other/Users", "AWS::Cognito::UserPool", "remove");
    const screen = renderPlan(plan([update("data", "astro-dev-things", [inner, removed, users])]), REAL, paper(), 60);
    expect(screen.split("\n").slice(3, 8)).toMatchInlineSnapshot(`
      [
        " data       ~ change  things",
        "            ~ change      Inner: TemplateURL",
        "            ~ change      Other: TemplateURL",
        "            ! REMOVE      Other/Users, UserPool (Cognito)",
        "            ? not seen    Inner: checked right before it changes",
      ]
    `);
  });

  it("says what is interrupted, by what, and what takes two updates", () => {
    const steps = [
      update("data", "astro-dev-database", [
        change("Database", "AWS::RDS::DBInstance", "change", "AllocatedStorage", "DBInstanceClass"),
      ]),
      {
        ...update("data", "astro-dev-cache", [
          change("Cache", "AWS::ElastiCache::ReplicationGroup", "change", "NumCacheClusters"),
        ]),
        inTwo:
          "in two updates: first the replicas of Cache, then failover, which AWS enables only with a running replica",
      },
    ];
    expect(renderPlan(plan(steps), REAL, paper(), 60).split("\n").slice(3, 12)).toMatchInlineSnapshot(`
      [
        " data       ~ change  database",
        "            ~ change      Database: AllocatedStorage, DBInstanceClass",
        "            ! interrupts  Database, by DBInstanceClass: the database restarts",
        "                          and is unavailable meanwhile; with a standby for",
        "                          about a minute",
        "            ~ change  cache",
        "            ~ change      Cache: NumCacheClusters",
        "            ~ steps       in two updates: first the replicas of Cache, then",
        "                          failover, which AWS enables only with a running",
      ]
    `);
  });

  it("counts what widens access beyond the sixth of one stack", () => {
    const access = Array.from({ length: 9 }, (_, index) => ({
      kind: "permission" as const,
      who: "AWS:Role",
      what: `s3:Action${index}`,
      on: "*",
    }));
    const text = renderPlan(plan([{ ...step("dns", "astro-dev-cdn"), access }]), REAL, paper(), 60);
    expect(text.match(/! ALLOWS/g)).toHaveLength(6);
    expect(text).toContain("and 3 others (all of them: astro plan --json)");
  });

  it("is a friendly line where nothing changes", () => {
    const same = plan(DEV.steps.map((one) => ({ ...one, action: "unchanged" })));
    expect(renderPlan(same, REAL, paper(), 0)).toMatchInlineSnapshot(`
      " ✔ dev is up to date: 10 stacks unchanged                            $101.17/mo
         us-east-1 · account 1234…9012
      "
    `);
  });

  it("is loud about what is replaced, may be replaced or is removed, and leaves none of it out", () => {
    const alarms = Array.from({ length: 7 }, (_, index) => change(`Alarm${index}`, "AWS::CloudWatch::Alarm", "remove"));
    const steps = [
      update("data", "astro-dev-database", [
        {
          ...change("DBInstance", "AWS::RDS::DBInstance", "replace", "Engine", "AvailabilityZone"),
          snapshot: true,
        },
        { ...change("Secret", "AWS::SecretsManager::Secret", "change", "Name"), mayReplace: true },
        ...alarms,
      ]),
    ];
    expect(renderPlan(plan(steps), REAL, paper(), 1200)).toMatchInlineSnapshot(`
      " Plan for dev in us-east-1 · account 1234…9012
       1 stack: 1 change

       data       ~ change  database
                  ! MAY REPLACE Secret (Secrets), because of Name
                  ! REPLACE     DBInstance (RDS), because of Engine,
                                AvailabilityZone; a snapshot is taken first
                  ! REMOVE      Alarm0, Alarm (CloudWatch)
                  ! REMOVE      Alarm1, Alarm (CloudWatch)
                  ! REMOVE      Alarm2, Alarm (CloudWatch)
                  ! REMOVE      Alarm3, Alarm (CloudWatch)
                  ! REMOVE      Alarm4, Alarm (CloudWatch)
                  ! REMOVE      Alarm5, Alarm (CloudWatch)
                  ! REMOVE      Alarm6, Alarm (CloudWatch)

       Cost  $0.00 → $101.17/mo  (+$101.17)                                 about 20m
       1 resource is REPLACED. 1 resource MAY be replaced. 7 resources are REMOVED.
      "
    `);
  });

  it("counts the changes of one stack beyond the fifth", () => {
    const changes = Array.from({ length: 8 }, (_, index) => change(`Role${index}`, "AWS::IAM::Role", "change", "Tags"));
    const text = renderPlan(plan([update("ecs", "astro-dev-service", changes)]), REAL, paper(), 60);
    expect(text).toContain("Role4: Tags");
    expect(text).not.toContain("Role5");
    expect(text).toContain("3 other resources");
  });

  it("shows a stack that is no longer in the app as removed", () => {
    const gone = step("dns", "astro-dev-cdn", {
      action: "delete",
      changes: [change("CDN", "AWS::CloudFront::Distribution", "remove")],
    });
    const text = renderPlan(plan([gone]), REAL, paper(), 60);
    expect(text).toMatch(/dns +- remove {2}cdn/);
    expect(text).toContain("1 resource is REMOVED.");
  });

  it("says that it is a rehearsal on a narrow terminal without Unicode, too", () => {
    expect(renderPlan(GROWING, REHEARSAL, paper({ columns: 40, unicode: false }), 420)).toMatchInlineSnapshot(`
      " Plan for dev in us-east-1
         rehearsal 60x
       5 stacks: 1 new, 2 change, 2 same

       vpc        ~ change  network
                  + add         PublicSubne..
       data       ~ change  database
                  ~ change      DBInstance:..
       ecs        ~ check   service
       dns        + new     certificate

       Cost  $101.17 -> $103.47/mo  (+$2.30)
       Time  about 7m
       Nothing is replaced.
       Nothing is removed.
      "
    `);
  });
});

describe("a plan to destroy", () => {
  const reversed = plan([...DEV.steps].reverse(), { direction: "destroy", monthly: { before: 101.17, after: 0.31 } });

  it("shows what goes in which order, what stays, and what that frees", () => {
    const kept = [
      {
        type: "snapshot",
        stack: "astro-dev-database",
        resource: "DBInstance",
        resourceType: "AWS::RDS::DBInstance",
        monthly: 0,
      } as const,
      { type: "bootstrap", stack: "astro-bootstrap", because: "in-use", users: ["shop/prod"] } as const,
    ];
    expect(
      renderDestroyPlan(reversed, { ...REHEARSAL, command: "destroy" }, paper(), 1200, kept),
    ).toMatchInlineSnapshot(`
      " Destroy dev in us-east-1 · rehearsal 60×

         dns         cdn
         ecs         service, load-balancer
         data        cache, database, storage, registry, secrets
         vpc         network
         bootstrap   astro-bootstrap

         Removed     10 stacks, 91 resources
         Kept        a final snapshot of DBInstance (AWS::RDS::DBInstance) is
                     retained
                     astro-bootstrap is kept: shop/prod uses it too

       Cost  $101.17 → $0.31/mo  (-$100.86)                                 about 20m
      "
    `);
  });

  it("says that nothing is kept", () => {
    expect(renderDestroyPlan(reversed, REAL, paper(), 1200, [])).toMatch(/Kept +nothing/);
  });

  it("says where it looked, and for what, where there is nothing to destroy", () => {
    expect(renderDestroyPlan(plan([]), REAL, paper(), 0, [])).toMatchInlineSnapshot(`
      " ✔ dev in us-east-1 has no stacks: nothing to destroy · account 1234…9012
         no stack in us-east-1 of account 123456789012 is tagged Project=astro,
         Environment=dev, ManagedBy=astro
      "
    `);
  });
});
