import { describe, expect, it } from "vitest";
import { check } from "../../src/config/problems.ts";
import type { Terminal } from "../../src/terminal.ts";
import { choose } from "../../src/wizard/choose.ts";
import type { EnvironmentPrice } from "../../src/wizard/price.ts";
import { renderChoices } from "../../src/wizard/summary.ts";
import { renderGreeting, renderWritten } from "../../src/wizard/written.ts";

const terminal = (more: Partial<Terminal> = {}): Terminal => ({
  write: () => {},
  columns: 80,
  interactive: true,
  colour: false,
  unicode: true,
  ...more,
});

const PRICE: EnvironmentPrice = {
  monthlyTotal: 101.17,
  components: [
    { component: "ECS Fargate", monthly: 3.12 },
    { component: "RDS PostgreSQL", monthly: 15.44 },
    { component: "ElastiCache Redis", monthly: 12.41 },
    { component: "NAT Gateway", monthly: 40.15 },
    { component: "ALB", monthly: 20.05 },
    { component: "Other", monthly: 10, items: [{ resource: "HostedZone", monthly: 0.54 }] },
  ],
  unpriced: [],
};

const flags = { yes: true, azs: "2", cpu: "1024", domain: "example.com", "multi-az": false };
const suggested = { name: "shop", region: { region: "us-east-1", from: "AWS_REGION" } };
const chosen = () => choose({ flags, suggested }, () => PRICE);

describe("the table before anything is written", () => {
  it("has each value, where it came from, and its group's price, in 80 columns", async () => {
    const screen = renderChoices(await chosen(), PRICE, undefined, terminal());
    expect(screen).toMatchInlineSnapshot(`
      "
       Review
       general    name: shop                          folder name
                  environment: dev                    default
                  region: us-east-1                   AWS_REGION
                  protect: false                      preset dev
       network    azs: 2                              --azs                 $40.15
                  nat: one                            preset dev
       service    spot: true, onDemandBase: 0,        preset dev             $3.12
                  tasks: 1, port: 8000,
                  healthPath: /health, logDays: 14
                  cpu: 1024                           --cpu
                  memory: 2048                        follows cpu
       database   class: db.t4g.micro, storage: 20    preset dev            $15.44
                  multiAz: false                      --no-multi-az
       cache      node: cache.t4g.micro, replicas: 0  preset dev            $12.41
       cdn        ttlHours: 1                         preset dev
       domain     name: example.com                   --domain               $0.54
                  zone: create                        follows domain
       the rest   load balancer, CDN, buckets, keys                         $29.51
       total                                                               $101.17/mo
      "
    `);
    expect(Math.max(...screen.split("\n").map((line) => line.length))).toBeLessThan(80);
  });

  it("marks what the repository shows", async () => {
    const source = { by: "found", words: "found in Dockerfile:2" } as const;
    const found = [{ path: "service.port", value: 3000, source }] as const;
    const app = [{ key: "frontend", value: {}, words: "../web/dist", from: "found in package.json:9" }];
    const marked = await choose({ flags, suggested: { ...suggested, found }, app }, () => PRICE);
    const screen = renderChoices(marked, PRICE, undefined, terminal());
    expect(screen).toMatch(/^ deploy +frontend: ..\/web\/dist +found in package.json:9$/m);
    expect(screen).toMatch(/^ +port: 3000 +found in Dockerfile:2$/m);
    expect(Math.max(...screen.split("\n").map((line) => line.length))).toBeLessThan(80);
  });

  it("adds up", async () => {
    const screen = renderChoices(await chosen(), PRICE, undefined, terminal());
    const figures = [...screen.matchAll(/\$([\d.]+)$/gm)].map((match) => Number(match[1]));
    expect(figures.reduce((sum, figure) => sum + figure, 0)).toBeCloseTo(101.17, 2);
  });

  it("shows what a change of an environment costs, and nothing where it costs nothing", async () => {
    const before = { ...PRICE, monthlyTotal: 97.52 };
    expect(renderChoices(await chosen(), PRICE, before, terminal())).toMatch(/total +\+\$3\.65, now \$101\.17\/mo\n/);
    expect(renderChoices(await chosen(), PRICE, PRICE, terminal())).toMatch(/total +\$101\.17\/mo\n/);
  });

  it("shows what a changed value was", async () => {
    const dev = { region: "us-east-1", network: { azs: 3, nat: "one" } };
    const project = { name: "shop", file: "infra/astro.yaml", environments: { dev } };
    const changed = await choose({ flags, suggested, project }, () => PRICE);
    const screen = renderChoices(changed, PRICE, PRICE, terminal());
    expect(screen).toMatch(/^ network +azs: 3 → 2 +--azs +\$40\.15$/m);
    expect(screen).toMatch(/^ +nat: one +astro\.yaml$/m);
  });

  it("shows a value that is taken out, with what it was", async () => {
    const domain = { name: "example.com", zone: "create", names: { app: "example.com" } };
    const dev = { region: "us-east-1", account: "123456789012", domain };
    const project = { name: "shop", file: "infra/astro.yaml", environments: { dev } };
    const gone = { env: "dev", yes: true, account: "", domain: "" };
    const screen = renderChoices(
      await choose({ flags: gone, suggested, project }, () => PRICE),
      PRICE,
      PRICE,
      terminal(),
    );
    expect(screen).toMatch(/^ +account: 123456789012 → none +--account$/m);
    expect(screen.replace(/\s+/g, " ")).toContain(
      "domain name: example.com → none, --domain $0.54 zone: create → none, names.app: example.com → none",
    );
    const kept = await choose({ flags: { env: "dev", yes: true, "app-name": "" }, suggested, project }, () => PRICE);
    expect(renderChoices(kept, PRICE, PRICE, terminal())).toMatch(/names\.app: example\.com → none +--app-name$/m);
  });

  it("keeps a group apart from its values, however long its name is", async () => {
    const hidden = await choose({ flags: { ...flags, private: true }, suggested }, () => PRICE);
    expect(renderChoices(hidden, PRICE, undefined, terminal())).toMatch(/^ balancer +private: true +--private$/m);
  });

  it("names what has no price, and who knows whether it is offered", async () => {
    const price = { ...PRICE, unpriced: [{ reason: "no price for db.m6i.99xlarge, Single-AZ in us-east-1" }] };
    const screen = renderChoices(await chosen(), price, undefined, terminal());
    expect(screen).toMatch(
      /^ +no price for db\.m6i\.99xlarge.*\n +possibly not available there: astro doctor checks$/m,
    );
  });

  it("stays readable in plain ASCII and in 60 columns", async () => {
    const screen = renderChoices(await chosen(), PRICE, undefined, terminal({ unicode: false, columns: 60 }));
    expect(screen).toMatch(/^[\n -~]+$/);
    expect(Math.max(...screen.split("\n").map((line) => line.length))).toBeLessThan(60);
  });
});

describe("the last words", () => {
  const next = [
    { command: ["astro", "cost"], words: "what it costs" },
    { command: ["astro", "provision", "--rehearse"], words: "no account, no cost" },
  ];

  it("say how much was written, what was left alone, and what to try next", () => {
    const files = { written: ["a.ts", "astro.yaml"], kept: ["README.md"] };
    expect(renderWritten(files, "./infra", next, terminal())).toBe(
      [
        " ✔ written: 2 files in ./infra",
        "   unchanged (edited by you): README.md",
        " Next:  astro cost                   what it costs",
        "        astro provision --rehearse   no account, no cost",
        "",
      ].join("\n"),
    );
  });

  it("name the one file that was written, or that none was", () => {
    expect(renderWritten({ written: ["astro.yaml"], kept: [] }, "./infra", next, terminal())).toContain(
      "✔ written: ./infra/astro.yaml\n",
    );
    expect(renderWritten({ written: [], kept: [] }, "./infra", next, terminal({ unicode: false }))).toContain(
      " ok nothing to change in ./infra\n",
    );
  });

  it("keep the next command on one line", () => {
    const command = ["astro", "provision", "--env", "staging", "--dir", "../somewhere/else/entirely/infrastructure"];
    const long = [{ command, words: "no account, no cost" }];
    expect(renderWritten({ written: [], kept: [] }, "./infra", long, terminal())).toMatch(
      / Next: {2}astro provision .*infrastructure\n$/,
    );
  });
});

describe("the first line", () => {
  it("says whether this is a new project", () => {
    expect(renderGreeting(undefined, terminal())).toBe(" astro init · a new project\n\n");
    expect(renderGreeting("infra/astro.yaml", terminal({ unicode: false }))).toBe(
      " astro init - environments of infra/astro.yaml\n\n",
    );
  });
});

it("the schema is the only judge: what the table shows is a legal environment", async () => {
  const { environment: schema } = await import("../../src/config/schema.ts");
  expect(check(schema, (await chosen()).draft.values).ok).toBe(true);
});
