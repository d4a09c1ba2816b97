import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { doubtAbout, isPlainCommand } from "../../src/synth/doubts.ts";
import { APP } from "../template/app/synth.ts";

describe("a source file", () => {
  it.each([
    "const region = process.env.AWS_REGION;",
    'const { env } = process;\nenv["X"]',
    'import { env } from "node:process";',
    "new Date().getFullYear()",
    "const id = Math.random();",
    "const id = crypto.randomUUID();",
    'await fetch("https://example.com")',
    'import { execSync } from "node:child_process";',
    'const { execSync } = require("child_process");',
    'const os = await import("os");',
    'import { S3Client } from "@aws-sdk/client-s3";',
    'readFileSync("/etc/hostname")',
    'join(__dirname, "..", "..", "handler")',
    'import { x } from "../../shared/x";',
  ])("may depend on more than its folder: %s", (source) => {
    expect(doubtAbout(source, 1)).toBeDefined();
  });

  it.each([
    'import { App } from "aws-cdk-lib";\nimport { readFileSync } from "node:fs";\nimport { x } from "../lib/x";',
    'readFileSync(join(__dirname, "..", "astro.yaml"), "utf8")',
    "const account = process.env.CDK_DEFAULT_ACCOUNT;\nprocess.exit(1);",
    "// As process.env and Date would say.\nexport {};",
    "/**\n * See fetch and Math.random.\n */\nexport {};",
    "const program = \"require('node:http').createServer()\";",
  ])("does not: %s", (source) => {
    expect(doubtAbout(source, 1)).toBeUndefined();
  });

  it("of the generated app never does", () => {
    const files = readdirSync(APP, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const own = files.filter((file) => !/^(node_modules|cdk\.out|\.astro)\//.test(file));
    expect(own.length).toBeGreaterThan(20);
    const doubts = own.map((file) => [
      file,
      doubtAbout(readFileSync(join(APP, file), "utf8"), file.split("/").length - 1),
    ]);
    expect(doubts.filter(([, doubt]) => doubt !== undefined)).toEqual([]);
  });
});

describe("a command", () => {
  it.each([
    "node -r tsx/cjs bin/app.ts",
    "npx tsx bin/app.ts",
    "npx ts-node --prefer-ts-exts bin/app.ts",
    "node bin/app.js",
  ])("that runs a program of the folder is plain: %s", (app) => expect(isPlainCommand(app)).toBe(true));

  it.each([
    "python3 app.py",
    "make synth",
    "node ../app.js",
    "node /opt/app.js",
    "node app.js && date",
    "node $(pwd)/app.js",
  ])("that does anything else is not: %s", (app) => expect(isPlainCommand(app)).toBe(false));
});
