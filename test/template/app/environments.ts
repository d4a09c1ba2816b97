import fc from "fast-check";
import { REGION_CODES } from "../../../src/config/regions.ts";
import { config, type EnvironmentInput } from "../../../src/config/schema.ts";
import { FARGATE_CPUS, memoriesOf } from "../../../src/config/sizes.ts";
import { zoneIdStart } from "../../../src/config/zones.ts";

const sizes = fc
  .constantFrom(...FARGATE_CPUS)
  .chain((cpu) => fc.record({ cpu: fc.constant(cpu), memory: fc.constantFrom(...memoriesOf(cpu)) }));

const IMAGES = [
  "v1.2",
  `sha256:${"a".repeat(64)}`,
  "nginx:1.27",
  "public.ecr.aws/nginx/nginx:1",
  "123456789012.dkr.ecr.eu-west-1.amazonaws.com/other/api:7",
] as const;

const SCHEDULES = [
  { name: "tidy-up", cron: "cron(0 3 * * ? *)", command: ["python", "-m", "tidy"] },
  { name: "often", cron: "rate(5 minutes)", command: ["true"] },
];
const PROVIDER = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const email = fc.constantFrom("ops@example.com", "dev@example.com");

/** Any environment that astro.yaml may hold. */
export const environments: fc.Arbitrary<EnvironmentInput> = fc
  .record({
    region: fc.oneof(fc.constant("us-east-1" as const), fc.constantFrom(...REGION_CODES)),
    account: optional(fc.constant("123456789012")),
    boundary: optional(fc.constant("arn:aws:iam::123456789012:policy/engineers")),
    protect: fc.boolean(),
    order: fc.constantFrom("sequence" as const, "overlap" as const),
    express: fc.boolean(),
    network: fc.record({
      azs: fc.integer({ min: 1, max: 3 }),
      nat: fc.constantFrom("none" as const, "one" as const, "per-az" as const),
      flowLogs: fc.boolean(),
    }),
    zones: fc.constantFrom(undefined, "by name" as const, "by id" as const),
    size: sizes,
    service: fc.record({
      spot: fc.boolean(),
      onDemandBase: fc.integer({ min: 0, max: 2 }),
      tasks: fc.integer({ min: 1, max: 4 }),
      maxTasks: optional(fc.integer({ min: 1, max: 8 })),
      architecture: fc.constantFrom("x86_64" as const, "arm64" as const),
      image: optional(fc.constantFrom(...IMAGES)),
      releases: optional(fc.constantFrom("astro" as const, "elsewhere" as const)),
      port: fc.constantFrom(80, 443, 8000, 8080),
      healthPath: fc.constantFrom("/", "/health", "/api/v1/ready?full=1"),
      logDays: fc.constantFrom(1 as const, 14 as const, 365 as const),
    }),
    database: fc.record({
      class: fc.constantFrom("db.t3.micro", "db.t4g.small", "db.t4g.medium", "db.r7g.large"),
      multiAz: fc.boolean(),
      storage: fc.integer({ min: 20, max: 120 }),
      maxStorage: fc.integer({ min: 20, max: 500 }),
      backupDays: fc.integer({ min: 1, max: 35 }),
      key: fc.constantFrom("aws" as const, "own" as const),
      finalSnapshot: fc.boolean(),
    }),
    cache: fc.record({
      node: fc.constantFrom("cache.t3.micro", "cache.r7g.large"),
      replicas: fc.integer({ min: 0, max: 5 }),
    }),
    cdn: fc.record({
      ttlHours: fc.integer({ min: 0, max: 8760 }),
      contentSecurityPolicy: optional(fc.constant("default-src 'self' https://example.org")),
      waf: fc.boolean(),
    }),
    loadBalancer: fc.record({ private: fc.boolean(), accessLogs: fc.boolean() }),
    domain: optional(
      fc.record({
        name: fc.constantFrom("example.com", "dev.example.co.uk"),
        zone: fc.constantFrom("Z0123456789ABCDEFGHIJ", "create", "elsewhere"),
        hosts: fc.constantFrom(["app", "api"], ["", "api"], ["www", "b.c"], ["shop", ""], ["", "www"], ["app", "www"]),
        redirect: optional(fc.constant(false)),
      }),
    ),
    alarms: optional(fc.record({ email })),
    budget: optional(fc.record({ monthly: fc.constantFrom(50, 99.5), email })),
    worker: optional(fc.record({ tasks: fc.integer({ min: 1, max: 3 }), spot: fc.boolean(), size: sizes })),
    schedule: optional(fc.subarray(SCHEDULES)),
    ci: optional(
      fc.record({
        github: fc.constantFrom(
          { repository: "octo-org/shop" },
          { repository: "octo-org/shop", ids: "123456/456789", branch: "release/v1", provider: PROVIDER },
        ),
      }),
    ),
  })
  .map(({ size, service, zones, network, worker, domain, ...rest }) =>
    withoutUndefined({
      ...rest,
      domain: domain && domainOf(domain, rest.loadBalancer.private),
      worker: worker && { command: ["celery", "-A", "app"], tasks: worker.tasks, spot: worker.spot, ...worker.size },
      network: { ...network, ...(zones && { zones: zonesIn(rest.region, zones) }) },
      service: { ...service, ...size },
    }),
  )
  .filter((environment) => config.safeParse({ name: "astro", environments: { dev: environment } }).success);

type Hosted = { name: string; zone: string; hosts: readonly string[]; redirect: false | undefined };

/** A domain with names of its own but for what the app would call so anyway; a private load balancer has none. */
function domainOf({ hosts: [app, api], name, ...rest }: Hosted, isPrivate: boolean) {
  const host = (label = "") => (label === "" ? name : `${label}.${name}`);
  const names = {
    app: app === "app" ? undefined : host(app),
    api: api === "api" || isPrivate ? undefined : host(api),
  };
  return { name, ...rest, names };
}

function zonesIn(region: string, by: "by name" | "by id"): string[] {
  return [0, 1, 2].map((at) => (by === "by id" ? `${zoneIdStart(region)}-az${at + 1}` : `${region}${"abc"[at]}`));
}

function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
