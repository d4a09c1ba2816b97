import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Event } from "../src/provision/event.ts";
import { jsonView } from "../src/view/json.ts";
import { REFUSAL, REFUSED_END, UP_TO_DATA } from "./view/run.ts";
import { paper } from "./view/screen.ts";

const DOCUMENT = readFileSync("docs/events.md", "utf8");
const TYPES = readFileSync("src/provision/event.ts", "utf8");

/** The fields that the document has of an event. */
function documented(type: string): readonly string[] {
  const [, section = ""] = DOCUMENT.split(`### \`${type}\`\n`);
  const [table = ""] = section.split("\n### ");
  return [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name = ""]) => name);
}

/** Fields of events that are texts: names and ids, values, times, and what AWS or a program says. */
const TEXTS = new Set(
  [
    "stack stacks resource resourceType resources physicalId name type value region zone zones domain domains nameServers",
    "bucket repository tag quota nodeType services on id url file token call status from stuck codes recordType users known",
    "live deployed becomes createdAt stops builder digest package",
    "reason refused cause log line",
  ].flatMap((line) => line.split(" ")),
);

const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : path.endsWith(".ts") ? [path] : [];
  });

/** What stands between the brackets of each call of a function in a text. */
function callsOf(text: string, name: string): readonly string[] {
  return [...text.matchAll(new RegExp(`\\b${name}\\(`, "g"))].map(({ index, 0: { length } }) => {
    let depth = 1;
    let at = index + length;
    for (; depth > 0 && at < text.length; at++)
      depth += "([{".includes(text[at] ?? "") ? 1 : ")]}".includes(text[at] ?? "") ? -1 : 0;
    return text.slice(index + length, at - 1);
  });
}

describe("the document of the events", () => {
  it("is what the types say", () => {
    execFileSync(process.execPath, ["bin/events.js", "--check"], { stdio: "pipe" });
    const types = [...TYPES.matchAll(/^ {2}readonly (?:"([a-z.-]+)"|(result)): /gm)].map(
      ([, one, other]) => one ?? other,
    );
    expect(types.length).toBeGreaterThan(30);
    expect(types.filter((type) => !DOCUMENT.includes(`### \`${type}\``))).toEqual([]);
  });

  it("has every field of a run's lines", () => {
    const out = paper();
    const events: readonly Event[] = [...UP_TO_DATA, ...REFUSAL, ...REFUSED_END];
    for (const event of events) jsonView(out).emit(event);
    const lines = out
      .text()
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly type: string });
    expect(lines.length).toBe(events.length);
    const missing = lines.flatMap(({ type, ...fields }) =>
      Object.keys(fields)
        .filter((name) => name !== "at" && name !== "environment" && !documented(type).includes(name))
        .map((name) => `${type}: ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

describe("an event", () => {
  it("has no field for prose of ours", () => {
    expect(TYPES.match(/readonly (message|words|text|sentence|notice|description)\b/g)).toBeNull();
  });

  it("has text only where that is a name, a value, a time or another's words: what a check, a removal or its end finds is data", () => {
    const told = ["src/plan/kept.ts", "src/provision/warning.ts", "src/provision/release-facts.ts"].map((file) =>
      readFileSync(file, "utf8"),
    );
    const blocker = /export type Blocker =[\s\S]*?\n\n/.exec(readFileSync("src/provision/cloud.ts", "utf8"))?.[0] ?? "";
    const [, facts = ""] = TYPES.split("export type EventFacts = {");
    const [events = ""] = facts.split("\n};");
    const fields = [events, blocker, ...told].flatMap((text) =>
      [...text.matchAll(/readonly (\w+)\??: (?:readonly )?string(?:\[\])?(?=[;\s}])/g)].map(([, name = ""]) => name),
    );
    expect(fields.length).toBeGreaterThan(70);
    expect([...new Set(fields)].filter((name) => !TEXTS.has(name))).toEqual([]);
    for (const [field, type] of Object.entries({ by: "Blocker", kept: "readonly Kept[]", finding: "PreflightWarning" }))
      expect(events.match(new RegExp(`readonly ${field}\\??: (.*?)[;}]`))?.[1]?.trim()).toBe(type);
  });

  it("is told without a sentence: words for names, and what AWS says", () => {
    const calls = [join("src", "provision"), join("src", "operation")].flatMap(sources).flatMap((file) => {
      const text = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
      return ["tell", "tellOf", "emit", "tellFacts"].flatMap((name) =>
        callsOf(text, name).map((call) => ({ file, quoted: call.match(/"[^"\n]*"|`[^`]*`/g) ?? [] })),
      );
    });
    expect(calls.filter(({ quoted }) => quoted.some((one) => /^"[a-z]+\.[a-z-]+"$/.test(one))).length).toBeGreaterThan(
      25,
    );
    expect(calls.filter(({ quoted }) => quoted.some((one) => /\s|`/.test(one)))).toEqual([]);
  });

  it("is never a notice in words", () => {
    const files = sources("src").filter((file) => !file.startsWith(join("src", "rehearsal")));
    expect(files.filter((file) => /\bnotice\(|"(stack|run)\.noticed"/.test(readFileSync(file, "utf8")))).toEqual([]);
  });
});
