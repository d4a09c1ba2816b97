import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseConfig } from "../../src/config/parse.ts";
import { AstroError } from "../../src/errors.ts";
import { load } from "../../templates/app/lib/config.ts";
import { GOOD, ILLEGAL } from "./illegal.ts";

function refusalOf(text: string): AstroError {
  try {
    parseConfig(text, "infra/astro.yaml");
  } catch (error) {
    if (error instanceof AstroError) return error;
    throw error;
  }
  throw new Error("the text was accepted");
}

describe("astro.yaml", () => {
  it("is read with every default filled in", () => {
    const { name, environments } = parseConfig(GOOD, "astro.yaml");
    expect(name).toBe("shop");
    expect(environments.dev?.network).toEqual({ azs: 1, nat: "one", flowLogs: false });
    expect(environments.dev?.database).toMatchObject({ class: "db.t3.micro", storage: 20, maxStorage: 100 });
    expect(environments.dev?.domain).toBeUndefined();
  });

  it("has an app, a worker and schedules in it, if somebody wrote them down", () => {
    const text = `build: {}\nmigrate: [alembic, upgrade, head]\nfrontend: {directory: ../web}\n${GOOD}${[
      "    worker: {command: [celery, -A, app, worker]}",
      "    schedule: [{name: tidy, cron: cron(0 3 * * ? *), command: [python, -m, tidy]}]",
    ].join("\n")}\n`;
    const { build, migrate, frontend, environments } = parseConfig(text, "astro.yaml");
    expect({ build, migrate, frontend }).toEqual({
      build: { context: "..", dockerfile: "Dockerfile" },
      migrate: ["alembic", "upgrade", "head"],
      frontend: { directory: "../web", output: "dist" },
    });
    expect(environments.dev?.worker).toEqual({
      command: ["celery", "-A", "app", "worker"],
      tasks: 1,
      cpu: 256,
      memory: 512,
      spot: true,
    });
    expect(environments.dev?.schedule).toEqual([
      { name: "tidy", cron: "cron(0 3 * * ? *)", command: ["python", "-m", "tidy"] },
    ]);
  });

  it.each(ILLEGAL)("with %s is refused at its place", (_, text, message) => {
    expect(refusalOf(text).message).toBe(message);
  });

  it.each(["internalise", "my-internal", "sthreetop"])("may be called %s", (name) => {
    expect(parseConfig(GOOD.replace("shop", name), "astro.yaml").name).toBe(name);
  });

  it.each([
    ["storage that does not grow", "    database: {storage: 95, maxStorage: 95}"],
    ["storage that grows by exactly a tenth", "    database: {storage: 100, maxStorage: 110}"],
    ["an image of the region's ECR", "    service: {image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/api:1}"],
    ["a tag", "    service: {image: v1.2}"],
  ])("with %s is taken, also without a NAT gateway", (_, line) => {
    expect(() => parseConfig(`${GOOD.replace("nat: one", "nat: none")}${line}\n`, "astro.yaml")).not.toThrow();
  });

  it.each([
    ["an open bracket", `${GOOD}\n  : [`, /^infra\/astro\.yaml:\d+:\d+: not YAML: /],
    ["a key twice", `${GOOD}name: other\n`, /^infra\/astro\.yaml:8:1: not YAML: Map keys must be unique/],
    ["an alias of nothing", "name: *shop\n", /^infra\/astro\.yaml:1:7: not YAML: .*alias.*shop/i],
  ])("that is not YAML (%s) is refused at its place", (_, text, message) => {
    expect(refusalOf(text).message).toMatch(message);
  });

  it("with several wrong values has the first in the message and the others in the hint", () => {
    const error = refusalOf(GOOD.replace("name: shop", "name: Shop!").replace("azs: 1", "azs: 9"));
    expect(error.message).toContain("infra/astro.yaml:1:7: name is");
    expect(error.hint).toContain("infra/astro.yaml:6:12: environments.dev.network.azs is 9");
    expect(error.exit).toBe(5);
  });

  it("names the legal values where there are too many for the message", () => {
    expect(refusalOf(GOOD.replace("us-east-1", "mars")).hint).toContain("us-east-2");
  });

  it("points into the place an alias is used for", () => {
    const text =
      "name: shop\nenvironments:\n  dev:\n    region: us-east-1\n    network: &net\n      azs: 7\n  prod:\n    region: us-east-1\n    network: *net\n";
    expect(refusalOf(text).message).toContain("infra/astro.yaml:6:12: environments.dev.network.azs is 7");
    expect(refusalOf(text).hint).toContain("infra/astro.yaml:6:12: environments.prod.network.azs is 7");
  });

  it.each([
    ["12e4567", "a number"],
    ["1.10", "a number"],
    ["0x1F", "a number"],
    ["null", "nothing"],
    ["true", "true or false"],
  ])("shows an image's tag as it is written where YAML reads %s as %s", (tag, kind) => {
    const text = GOOD.replace("network:", `service: {image: ${tag}}\n    network:`);
    expect(refusalOf(text).message).toBe(
      `infra/astro.yaml:5:22: environments.dev.service.image is ${tag}, which YAML reads as ${kind}: write it in quotes, "${tag}"`,
    );
    expect(parseConfig(text.replace(tag, `"${tag}"`), "astro.yaml").environments.dev?.service.image).toBe(tag);
  });

  it("says of any other text that YAML reads as something else that it wants quotes, and nothing where it is empty", () => {
    expect(refusalOf(GOOD.replace("shop", "007")).message).toContain("name is 007, which YAML reads as a number");
    expect(refusalOf(GOOD.replace("us-east-1", "no")).message).toContain('region is "no": unknown region');
    expect(refusalOf(GOOD.replace("shop", "")).message).toContain("name is empty: expected text");
  });

  it.each(["!secret", "!!python/object:os.system", "!Ref"])("refuses the unknown tag %s", (tag) => {
    expect(refusalOf(GOOD.replace("name: shop", `name: ${tag} shop`)).message).toBe(
      `infra/astro.yaml:1:7: not YAML: unknown tag ${tag}: write the plain value`,
    );
  });
});

describe("merge keys", () => {
  const merged = `name: shop
environments:
  dev: &dev
    region: us-east-1
    database: &db { class: db.t4g.small }
  prod:
    <<: *dev
    protect: true
    database:
      <<: [*db, { backupDays: 30 }]
      multiAz: true
`;

  it("put another map's values under a map's own, in astro and in the app alike", () => {
    const { environments } = parseConfig(merged, "astro.yaml");
    expect(environments.prod).toMatchObject({
      region: "us-east-1",
      protect: true,
      database: { class: "db.t4g.small", backupDays: 30, multiAz: true },
    });
    const folder = mkdtempSync(join(tmpdir(), "astro-merge-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "astro.yaml"), merged);
    expect(load(join(folder, "astro.yaml")).environments).toEqual(environments);
  });

  it("lead to the place where a wrong value is written", () => {
    expect(refusalOf(merged.replace("backupDays: 30", "backupDays: 99")).message).toBe(
      "infra/astro.yaml:10:31: environments.prod.database.backupDays is 99: expected a whole number 1 to 35",
    );
  });

  it("of what is no map are refused", () => {
    for (const value of ["5", "[5]", ""]) {
      const { code, message } = refusalOf(`${GOOD}    <<: ${value}\n`);
      expect([code, message]).toEqual(["config", "infra/astro.yaml:8:5: not YAML: << merges only maps"]);
    }
  });

  it("are as many as people write, in time", () => {
    const environment = (index: number) =>
      `  e${index}:\n    <<: *base\n    service: { <<: *service, tasks: 3 }\n    network: { <<: *network }\n`;
    const base =
      "name: shop\nenvironments:\n  base: &base\n    region: us-east-1\n    service: &service { tasks: 2 }\n    network: &network { azs: 2 }\n";
    const text = (count: number) => base + Array.from({ length: count }, (_, index) => environment(index)).join("");
    expect(Object.keys(parseConfig(text(9), "astro.yaml").environments)).toHaveLength(10);
    expect(refusalOf(text(500)).message).toContain("more than the 50 maps that astro merges (<<) in a file");
    const list = Array.from({ length: 20_000 }, () => "*base").join(",");
    expect(refusalOf(`${base}  all:\n    <<: [${list}]\n`).message).toContain("more than the 50 maps");
  });
});

describe("a domain", () => {
  const withDomain = (name: string) => `${GOOD}    domain: { name: ${name}, zone: create }\n`;

  it.each(["example.com", "xn--mnchen-3ya.de", "xn--e1afmkfd.xn--p1ai", "shop.xn--fiqs8s"])("may be %s", (name) => {
    expect(parseConfig(withDomain(name), "astro.yaml").environments.dev?.domain?.name).toBe(name);
  });

  it.each([
    ["münchen.de", "xn--mnchen-3ya.de"],
    ["Example.com.", "example.com"],
    ["пример.рф", "xn--e1afmkfd.xn--p1ai"],
    ["例子。中国", "xn--fsqu00a.xn--fiqs8s"],
    ["https://Shop.Example.com/", "shop.example.com"],
    ["http://münchen.de:8080/a?b=c#d", "xn--mnchen-3ya.de"],
    ["example.com:443", "example.com"],
  ])("written as %s is shown as the DNS has it", (written, name) => {
    expect(refusalOf(withDomain(JSON.stringify(written))).message).toContain(
      `is "${written}": write it as the DNS does, ${name}`,
    );
  });

  it.each(["example", "exa mple.com", "1.2.3.4", "example.c", "https://me@example.com", "a..b", "-a.com", "xn--.com"])(
    "is not %s",
    (name) => {
      expect(refusalOf(withDomain(JSON.stringify(name))).message).toMatch(/a domain looks like example\.com/);
    },
  );
});
