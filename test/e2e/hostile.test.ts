import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONTENT, planFile, SMALL, TEMPLATE } from "../fuzz/documents.ts";
import { plainEnvironment } from "../support/cli.ts";
import { rawBytes } from "../support/hostile.ts";

/** Clears the screen, names the window, links elsewhere, hides what follows, writes from right to left. */
const EVIL =
  "\u001b[2J\u001b]0;owned\u0007\u001b]8;;https://example.com\u001b\\\u009b31m\u202e\u2028\u001b[3\u001b[31m1m\r";

/** Megabytes of JavaScript's memory, and seconds of a processor, that any input may take: other work beside it counts not. */
const MEMORY = 400;
const SECONDS = 10;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-hostile-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

/** Runs the built program on something hostile: it ends in time, in bounded memory, and obeys nobody on its screen. */
function run(args: readonly string[], env: { readonly [name: string]: string } = {}) {
  const bounded = { NODE_OPTIONS: `--max-old-space-size=${MEMORY}`, ...env };
  const limited = [
    "-c",
    `ulimit -t ${SECONDS}; exec "$0" "$@"`,
    process.execPath,
    join(process.cwd(), "bin", "run.js"),
  ];
  const ended = spawnSync("/bin/sh", [...limited, ...args], {
    cwd: folder,
    env: plainEnvironment(bounded),
    encoding: "utf8",
    timeout: SECONDS * 10_000,
    stdio: ["ignore", "pipe", "pipe"],
  });
  expect(ended.signal, ended.stderr).toBeNull();
  expect(rawBytes(ended.stdout + ended.stderr)).toEqual([]);
  expect(ended.stderr).not.toContain("a fault of astro");
  return ended;
}

const priced = (path: string, ...more: readonly string[]) =>
  run(["cost", "--template", path, "--region", "us-east-1", ...more]);
const yaml = (dev: string) => `name: shop\nenvironments:\n  dev:\n    region: us-east-1\n${dev}`;
const assembly = (name: string, artifacts: object, template: object = SMALL) => {
  file(join(name, "t.json"), template);
  file(join(name, "manifest.json"), { artifacts });
  file(join(name, "astro.yaml"), yaml(""));
  return ["plan", "--rehearse", "--assembly", join(folder, name), "--dir", join(folder, name)];
};
const stack = (stackName: string, ...dependencies: readonly string[]) => ({
  type: "aws:cloudformation:stack",
  properties: { templateFile: "t.json", stackName, tags: { Project: "shop", Environment: "dev", ManagedBy: "astro" } },
  dependencies,
});

describe("what somebody else wrote is shown, never obeyed:", () => {
  it("keys and values of astro.yaml", () => {
    file("keys/astro.yaml", `${JSON.stringify(EVIL)}: 1\nname: ${JSON.stringify(EVIL)}\n`);
    expect(run(["plan", "--dir", "keys"]).status).toBe(5);
  });

  it("flags, folders and commands", () => {
    file("good/astro.yaml", yaml(""));
    const evil = EVIL.replaceAll("\u0000", "");
    expect(run(["plan", "--dir", "good", "--env", evil]).status).toBe(2);
    expect(run(["plan", "--dir", evil]).status).toBe(5);
    expect(run(["plan", "--rehearse", "--dir", "good", "--fault", `${evil}=x`]).status).toBe(2);
    expect(run(["plan", "--order", evil]).status).toBe(2);
    expect(run(["plan", `--${evil}`]).status).toBe(2);
    expect(run([evil]).status).toBe(2);
    expect(run(["plan", "--rehearse", "--seed", evil]).status).toBe(2);
  });

  it("logical ids and types of a template, and usage ids, in words and in JSON", () => {
    const path = file("evil.json", { Resources: { [EVIL]: { Type: `AWS::${EVIL}::X` } } });
    expect(priced(path).status).toBe(0);
    const json = priced(path, "--json");
    expect(JSON.parse(json.stdout).environments[0].unpriced[0].resource).toBe(EVIL);
    expect(priced(path, "--usage", file("usage.json", { resources: { [`${EVIL}x`]: { requests: 1 } } })).status).toBe(
      5,
    );
    expect(priced(file("a\u001b[31mb.json", "{")).status).toBe(5);
  });

  it("stacks of an assembly, and plan files", () => {
    // AWS takes no such name, and the refusal shows it.
    expect(run(assembly("evil", { a: stack(`shop-dev-${EVIL}`) })).status).toBe(5);
    const text = { ...CONTENT, plan: { ...CONTENT.plan, environment: EVIL } };
    expect(run(["provision", file("plan.json", planFile(text)), "--rehearse", "--yes", "--dir", "good"]).status).toBe(
      2,
    );
  });

  it("outputs of a stack, in the log of a run, at its end and in its events", () => {
    const outputs = { Link: { Value: `x${EVIL}`, Description: "to be shown" } };
    const args = assembly(
      "outputs",
      { a: stack("shop-dev-a") },
      { Resources: { T: { Type: "AWS::SNS::Topic" } }, Outputs: outputs },
    );
    const provision = ["provision", ...args.slice(1), "--yes", "--no-preflight", "--speed", "max"];
    const ended = run(provision);
    expect([ended.status, ended.stdout.includes("Link")]).toEqual([0, true]);
    expect(run([...provision, "--json"]).status).toBe(0);
    expect(run(["status", "--rehearse", "--dir", "outputs", "--json"]).stdout).toContain("\\u001b]0;owned");
  });
});

describe("what cannot be is refused with file and place, in time:", () => {
  const deep = (depth: number) => "[".repeat(depth);
  const circle = { A: { "Fn::FindInMap": ["M", "A", "A"] } };
  it.each<readonly [string, () => readonly string[], number, RegExp]>([
    [
      "an astro.yaml nested 100,000 deep",
      () => yamlAt(deep(100_000)),
      5,
      /astro\.yaml:1:101: .*nested more than 100 deep/,
    ],
    [
      "one that holds itself",
      () => yamlAt("a: &a\n  b: *a\n"),
      5,
      /astro\.yaml:2:6: .*\*a refers to a node that contains it/,
    ],
    ["20,000 unknown keys", () => yamlAt(manyKeys(20_000)), 5, /astro\.yaml:1:1: .*\n[\s\S]*and 19\d{3} more/],
    ["one that stands for a billion", () => yamlAt(laughs()), 5, /astro\.yaml:2:\d+: .*alias/],
    [
      "one of megabytes",
      () => yamlAt("# ".repeat(2 ** 20)),
      5,
      /astro\.yaml cannot be read: .*more than the 524288 bytes/,
    ],
    ["a template nested 100,000 deep", () => templateAt(`{"Resources":${deep(100_000)}`), 5, /t\.json:1:113: nested/],
    ["a template of functions 5,000 deep", () => templateAt(functions(5000)), 5, /t\.json:1:\d+: nested/],
    [
      "a resource that is null",
      () => templateAt('{"Resources":{"A":null}}'),
      5,
      /Resources\.A: expected object, received null/,
    ],
    ["a key called __proto__", () => templateAt('{"Resources":{"__proto__":null}}'), 5, /t\.json:1:\d+: illegal key/],
    ["a template without an end", () => ["cost", "--template", "/dev/zero", "--region", "us-east-1"], 5, /bytes/],
    ["a folder for a template", () => ["cost", "--template", "good", "--region", "us-east-1"], 5, /good/],
    [
      "a manifest that is null",
      () => assemblyOf("null"),
      5,
      /manifest\.json: the file: expected object, received null/,
    ],
    [
      "artifacts that are null",
      () => assemblyOf('{"artifacts":{"a":null}}'),
      5,
      /manifest\.json: artifacts\.a: expected/,
    ],
    [
      "an assembly in itself",
      () => assembly("self", { a: { type: "cdk:cloud-assembly", properties: { directoryName: "." } } }),
      5,
      /self\/manifest\.json: this assembly is nested in itself/,
    ],
    [
      "stacks that need each other",
      () => assembly("circle", { a: stack("shop-dev-a", "b"), b: stack("shop-dev-b", "a") }),
      5,
      /circle\/manifest\.json: stacks depend on each other in a circle: shop-dev-/,
    ],
    [
      "a plan of the wrong shape",
      () => planAt(planFile({ ...CONTENT, plan: { ...CONTENT.plan, steps: [null] } })),
      5,
      /plan\.steps\.0: expected/,
    ],
  ])("%s", (_, make, status, words) => {
    const ended = run(make());
    expect(ended.stderr).toMatch(words);
    expect(ended.status).toBe(status);
  });

  it("resources that need each other are priced: only what is made has an order", () => {
    const topic = (DependsOn: string) => ({ Type: "AWS::SNS::Topic", DependsOn });
    const template = { ...TEMPLATE, Mappings: { M: { A: circle } }, Resources: { A: topic("B"), B: topic("A") } };
    expect(priced(file("ring.json", template)).status).toBe(0);
    const ended = run(assembly("ring", { a: stack("shop-dev-a") }, template));
    expect(ended.stderr).toMatch(/ring\/t\.json: resources depend on each other in a circle: [AB] → [AB] → [AB]/);
    expect(ended.status).toBe(5);
  });

  const yamlAt = (text: string) => {
    file("bad/astro.yaml", text);
    return ["plan", "--dir", "bad"];
  };
  const templateAt = (text: string) => ["cost", "--template", file("t.json", text), "--region", "us-east-1"];
  const assemblyOf = (text: string) => {
    const args = assembly("bad-assembly", {});
    file("bad-assembly/manifest.json", text);
    return args;
  };
  const planAt = (content: object) => [
    "provision",
    file("bad-plan.json", content),
    "--rehearse",
    "--yes",
    "--dir",
    "good",
  ];
  const manyKeys = (count: number) => Array.from({ length: count }, (_, index) => `key${index}: 1`).join("\n");
  const laughs = () => {
    const lines = Array.from(
      { length: 12 },
      (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`)}]`,
    );
    return ["a0: &a0 [x, x]", ...lines].join("\n");
  };
  const functions = (depth: number) =>
    `{"Resources":{"A":{"Type":"AWS::SNS::Topic","Properties":{"X":${'{"Fn::Join":["",['.repeat(depth)}"x"${"]]}".repeat(depth)}}}}}`;
});

describe("a fault that nobody expected", () => {
  it("is traced where ASTRO_DEBUG asks for it, without secrets, and nowhere else", () => {
    const path = file("password=hunter2.json", "{");
    const plain = priced(path);
    expect(plain.stderr).not.toMatch(/\n +at /);
    const traced = run(["cost", "--template", path, "--region", "us-east-1"], { ASTRO_DEBUG: "1" });
    expect(traced.stderr).toMatch(/AstroError: .*\n +at [\s\S]*caused by: /);
    expect(traced.stderr.slice(traced.stderr.indexOf("AstroError"))).not.toContain("hunter2");
    const flagged = run(["cost", "--template", path, "--region", "us-east-1", "--debug"]);
    expect(flagged.stderr).toMatch(/AstroError: .*\n +at /);
  });
});

describe("a result that cannot be printed", () => {
  it.each([
    ["--help"],
    ["--version"],
    ["cost", "--template", "small.json", "--region", "us-east-1"],
    ["rehearse", "--json"],
  ])("is said in a line, and ends %s as failed", (...args) => {
    file("small.json", SMALL);
    const full = openSync("/dev/full", "w");
    try {
      const ended = spawnSync(process.execPath, [join(process.cwd(), "bin", "run.js"), ...args], {
        cwd: folder,
        env: plainEnvironment(),
        encoding: "utf8",
        stdio: ["ignore", full, "pipe"],
      });
      expect(ended.stderr.split("\n").filter((line) => /ENOSPC|^ +at /.test(line))).toEqual([
        " failed: stdout cannot be written: ENOSPC: no space left on device, write; see that its disk has room, and run it again",
      ]);
      expect(ended.status).toBe(1);
    } finally {
      closeSync(full);
    }
  });
});
