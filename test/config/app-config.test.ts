import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { distance } from "fastest-levenshtein";
import { describe, expect, it, onTestFinished } from "vitest";
import { stringify } from "yaml";
import { nearest } from "../../src/config/nearest.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { PRESETS } from "../../src/config/presets.ts";
import { type ConfigTree, leaves, withValue } from "../../src/config/values.ts";
import { AstroError } from "../../src/errors.ts";
import * as app from "../../templates/app/lib/astro-yaml/nearest.ts";
import { ConfigError, parse } from "../../templates/app/lib/config.ts";
import { APP } from "../template/app/synth.ts";
import { GOOD, ILLEGAL } from "./illegal.ts";

const FILE = "infra/astro.yaml";

/** What a reader makes of a text: the values, or its message and hint. */
function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof AstroError) return `${error.message}\n${error.hint}`;
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}
const byAstro = (text: string) => outcome(() => parseConfig(text, FILE));
const byTheApp = (text: string) => outcome(() => parse(text, FILE));

describe("the generated app's own reading of astro.yaml", () => {
  it("is what bin/app-config.js makes of astro's schema", () => {
    const { status, stderr } = spawnSync(process.execPath, ["bin/app-config.js", "--check"], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it.each(ILLEGAL)("refuses %s in astro's words", (_, text, message) => {
    expect(byTheApp(text)).toBe(byAstro(text));
    expect(String(byTheApp(text)).split("\n")[0]).toBe(message);
  });

  it.each([
    ["syntax", `${GOOD}\n  : [`],
    ["several mistakes", GOOD.replace("name: shop", "name: Shop!").replace("azs: 1", "azs: 9")],
    ["a region that is none", GOOD.replace("us-east-1", "mars")],
    ["a number for a text", GOOD.replace("network:", "service: {image: 1.10}\n    network:")],
    ["thirty unknown keys", GOOD + Array.from({ length: 30 }, (_, index) => `    key${index}: 1\n`).join("")],
  ])("tells all of %s as astro does", (_, text) => {
    expect(byTheApp(text)).toBe(byAstro(text));
    expect(byTheApp(text)).toBeTypeOf("string");
  });

  it("agrees with astro on any one or two values of any environment", () => {
    const base: ConfigTree = {
      region: "eu-west-1",
      ...PRESETS.prod.values,
      domain: {
        name: "a.example.com",
        zone: "create",
        names: { app: "a.example.com", api: "b.a.example.com" },
        redirect: true,
      },
      worker: { command: ["celery"], tasks: 1, cpu: 256, memory: 512, spot: true },
      schedule: [{ name: "tidy", cron: "rate(1 day)", command: ["tidy"] }],
    };
    const paths = [...leaves(base).map(([path]) => path), "database.maxStorage", "network.zones", "express", "account"];
    const path = fc.oneof(
      fc.constantFrom(...paths, "service", "budget", "loadBalancer.private"),
      fc.constantFrom("multiAZ", "database.class.x", "budget.monthly", "alarms.email", "service.image"),
    );
    const value = fc.oneof(
      fc.constantFrom<unknown>(null, true, "", "abc", 0, 1, 2, 3, 21, 255, 256, 1024, 8192, 1.5, -1, 1e30, [], {}),
      fc.constantFrom<unknown>("one", "none", "arm64", "eu-west-9", "us-west-1", "build-7", "docker.io/x/y:1", ["a"]),
      fc.constantFrom<unknown>([{ name: "a", cron: "cron(0 3 1 * 2 *)", command: [] }], [""], ["\0"], "a\0b"),
      fc.constantFrom<unknown>(["euw1-az1", "euw1-az2"], ["eu-west-1a", "eu-west-1a"], "MÜNCHEN.de", "internal-"),
      fc.constantFrom<unknown>("www.a.example.com", "a.example.com", "b.a.example.com", "example.com", "create", false),
      fc.string({ maxLength: 12 }),
      fc.integer(),
    );
    const changes = fc.array(fc.tuple(path, value), { minLength: 1, maxLength: 2 });
    const name = fc.constantFrom("shop", "Shop", "internal-x", "astro", "amzn-s3-demo");
    const env = fc.constantFrom("dev", "bootstrap", "Dev", "toolongforone");
    const verdicts = new Set<string>();
    fc.assert(
      fc.property(changes, name, env, (all, project, key) => {
        const environment = all.reduce((values, [at, one]) => withValue(values, at.split("."), one), base);
        const text = stringify({ name: project, environments: { [key]: environment } }, { lineWidth: 0 });
        const ours = byAstro(text);
        verdicts.add(typeof ours);
        expect(byTheApp(text)).toEqual(ours);
      }),
      { seed: 13, numRuns: 600 },
    );
    expect([...verdicts].sort()).toEqual(["object", "string"]);
  });

  it("guesses what was meant as astro does", () => {
    const words = fc.array(fc.stringMatching(/^[a-dA-D]{0,8}$/), { maxLength: 5 });
    fc.assert(
      fc.property(fc.stringMatching(/^[a-dA-D]{0,8}$/), words, (word, candidates) => {
        for (const one of candidates) expect(app.distance(word, one)).toBe(distance(word, one));
        expect(app.nearest(word, candidates)).toBe(nearest(word, candidates));
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it("ends the app's run, as `cdk synth` starts it, with these words and no trace", () => {
    const folder = mkdtempSync(join(tmpdir(), "astro-illegal-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const text = `${GOOD}    database: { multiAZ: true }\n`;
    cpSync(APP, folder, { recursive: true, filter: (path) => !/node_modules|cdk\.out|\.astro$/.test(path) });
    writeFileSync(join(folder, "astro.yaml"), text);
    const { status, stderr } = spawnSync(process.execPath, ["-r", "tsx/cjs", "bin/app.ts"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NODE_PATH: resolve("node_modules") },
    });
    expect(status).toBe(1);
    expect(stderr).toBe(`Error: ${outcome(() => parseConfig(text, "astro.yaml"))}\n`);
  });
});
