import { describe, expect, it } from "vitest";
import { jsonSchema, schemaAt } from "../../src/config/json-schema.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { PRESET_NAMES, PRESETS } from "../../src/config/presets.ts";
import { renderConfig } from "../../src/config/render.ts";
import { complete } from "../../templates/app/lib/config.ts";

describe("a new astro.yaml", () => {
  const text = renderConfig("shop", "dev", { region: "us-east-1", ...PRESETS.dev.values }, "From the preset dev.");

  it("explains every key it has, in one column, after pointing editors to its schema", () => {
    expect(text).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=./astro.schema.json
      # The settings of this infrastructure. After a change: astro plan

      name: shop

      environments:
        # From the preset dev.
        dev:
          region: us-east-1          # AWS region.
          protect: false             # Deletion protection; data, keys and secrets are retained.
          network:                   # The VPC.
            azs: 1                   # Availability zones the workloads run in: 1 to 3.
            nat: one                 # NAT gateways: none (VPC endpoints instead), one, or per-az.
          service:                   # The FastAPI service on ECS Fargate.
            spot: true               # Run tasks on FARGATE_SPOT (about 70 % cheaper, may be interrupted).
            onDemandBase: 0          # Tasks on FARGATE before any runs on Spot.
            cpu: 256                 # CPU units of a task; 1024 are one vCPU.
            memory: 512              # Memory of a task in MB.
            tasks: 1                 # Number of tasks.
            port: 8000               # Port the container listens on.
            healthPath: /health      # Path that answers 200 when a task is healthy.
            logDays: 14              # Log retention in days.
          database:                  # PostgreSQL 16 on RDS.
            class: db.t4g.micro      # RDS instance class.
            multiAz: false           # A standby in a second zone, with failover.
            storage: 20              # gp3 storage in GB; can grow, never shrink.
          cache:                     # Redis 7.1 on ElastiCache.
            node: cache.t4g.micro    # ElastiCache node type.
            replicas: 0              # Replicas beside the primary; with one or more, failover is automatic.
          cdn:                       # CloudFront in front of frontend and API.
            ttlHours: 1              # Hours CloudFront caches the frontend's files.
          # account: "123456789012"  # Refuse any other AWS account.
          # domain:                  # app.example.com and api.example.com
          #   name: example.com
          #   zone: create           # Or a hosted zone's id, or elsewhere.
          #   names:                 # Optional: the domain itself, or names below it.
          #     app: example.com
      "
    `);
  });

  it.each(PRESET_NAMES)("is legal with the values of preset %s", (preset) => {
    const made = renderConfig("shop", preset, { region: "eu-west-1", ...PRESETS[preset].values }, "From a preset.");
    expect(parseConfig(made, "astro.yaml").environments[preset]).toMatchObject(PRESETS[preset].values);
  });

  it("leaves the example of a key away that has a value", () => {
    const own = { account: "123456789012", domain: { name: "example.com", zone: "create" } };
    const made = renderConfig("shop", "dev", { region: "us-east-1", ...own }, "From a test.");
    expect(made).not.toMatch(/^ *# (account|domain)/m);
    expect(parseConfig(made, "astro.yaml").environments.dev).toMatchObject(own);
  });

  it("says what is built and deployed where the repository shows it, each key explained", () => {
    const app = {
      build: { context: "..", dockerfile: "Dockerfile" },
      migrate: ["alembic", "upgrade", "head"],
      frontend: { directory: "../web", build: ["npm", "run", "build"], output: "dist" },
    };
    const made = renderConfig("shop", "dev", { region: "us-east-1" }, "From a test.", app);
    expect(parseConfig(made, "astro.yaml")).toMatchObject(app);
    expect(made).toMatch(/^migrate: \[alembic, upgrade, head\] {2}# Command of the image/m);
    expect(made).toMatch(/^ {2}directory: ..\/web {11,}# The frontend's folder/m);
  });

  it("means to the generated app what it means to astro, defaults included", () => {
    const bare = "name: shop\nenvironments:\n  dev:\n    region: us-east-1\n";
    for (const each of [bare, text]) {
      const ours = parseConfig(each, "astro.yaml");
      const written = Object.fromEntries(
        Object.entries(ours.environments).map(([name, { region }]) => [name, { region }]),
      );
      expect(complete({ name: ours.name, environments: written }).environments).toEqual(
        parseConfig(bare, "astro.yaml").environments,
      );
    }
  });
});

describe("the JSON Schema of astro.yaml", () => {
  const schema = jsonSchema();

  it("knows and describes every key an editor could complete", () => {
    const undescribed = Object.entries(PRESETS.prod.values).flatMap(([group, value]) =>
      (typeof value === "object" ? Object.keys(value) : []).flatMap((key) =>
        schemaAt(schema, ["environments", "dev", group, key])?.description ? [] : [`${group}.${key}`],
      ),
    );
    expect(undescribed).toEqual([]);
  });

  it("asks of a person only what has no default", () => {
    expect(schema.required).toEqual(["name", "environments"]);
    expect(schemaAt(schema, ["environments", "dev"])?.required).toEqual(["region"]);
    expect(schemaAt(schema, ["environments", "dev"])?.additionalProperties).toBe(false);
  });

  it("says what is legal", () => {
    expect(schemaAt(schema, ["environments", "dev", "network", "azs"])).toMatchObject({ minimum: 1, maximum: 3 });
    expect(schemaAt(schema, ["environments", "dev", "network", "nat"])?.enum).toEqual(["none", "one", "per-az"]);
    expect(schemaAt(schema, ["environments", "dev", "nothing"])).toBeUndefined();
  });
});
