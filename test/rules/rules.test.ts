import { describe, expect, it } from "vitest";
import { checkResource } from "../../src/rules/check-resource.ts";
import { checkTemplates } from "../../src/rules/check-templates.ts";
import { RESOURCE_RULES } from "../../src/rules/rules.ts";
import type { Json, JsonObject } from "../../src/template/types.ts";
import type { Case, Resources } from "./cases/case.ts";
import { DATA_CASES } from "./cases/data.ts";
import { ECS_CASES } from "./cases/ecs.ts";
import { EDGE_CASES } from "./cases/edge.ts";
import { LOAD_BALANCING_CASES } from "./cases/load-balancing.ts";
import { NETWORK_CASES } from "./cases/network.ts";
import { OTHER_CASES } from "./cases/other.ts";
import { SECURITY_CASES } from "./cases/security.ts";
import { STORAGE_CASES } from "./cases/storage.ts";

const CASES: readonly Case[] = [
  ...NETWORK_CASES,
  ...LOAD_BALANCING_CASES,
  ...ECS_CASES,
  ...DATA_CASES,
  ...STORAGE_CASES,
  ...EDGE_CASES,
  ...SECURITY_CASES,
  ...OTHER_CASES,
];

const SUBJECT = "Subject";

describe("the rules", () => {
  it("all have a case that keeps them and one that breaks them", () => {
    const covered = new Set(CASES.map(({ rule }) => rule));
    expect(RESOURCE_RULES.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });

  it("have names of their own, and name their source", () => {
    expect(new Set(RESOURCE_RULES.map(({ id }) => id)).size).toBe(RESOURCE_RULES.length);
    for (const { document, types } of RESOURCE_RULES) {
      expect(document).toMatch(/(Guide|Reference)\b.*, .+|Reference, /);
      expect(types.length).toBeGreaterThan(0);
    }
  });

  it("have cases of their own types only", () => {
    const kinds = new Map(RESOURCE_RULES.map((rule) => [rule.id, rule.types]));
    expect(CASES.filter(({ rule, type }) => !kinds.get(rule)?.includes(type)).map(({ rule }) => rule)).toEqual([]);
  });
});

describe("a case keeps and breaks its rule, in a template and when all is resolved", () => {
  it.each(CASES.map((one, index) => [`${one.rule} of ${one.type}, case ${index}`, one] as const))("%s", (_, one) => {
    const wanted = [one.rule, ...one.also].toSorted();
    expect(inTemplate(one, one.good, one.beside)).toEqual([]);
    expect(inTemplate(one, one.bad, one.badBeside)).toEqual(wanted);
    expect(resolved(one, one.good, one.beside)).toEqual([]);
    expect(resolved(one, one.bad, one.badBeside)).toEqual(wanted);
  });
});

/** The rules that the resource breaks in a template, where what it refers to comes before it. */
function inTemplate({ type, region }: Case, properties: JsonObject, beside: Resources): readonly string[] {
  const template = { Resources: { ...beside, [SUBJECT]: { Type: type, Properties: properties } } };
  return checkTemplates([{ name: "stack", region, template }])
    .flatMap(({ id, rule }) => (id === SUBJECT ? [rule] : []))
    .toSorted();
}

/** The rules that it breaks once every reference is the physical id of what is there. */
function resolved({ type, region }: Case, properties: JsonObject, beside: Resources): readonly string[] {
  const there = Object.entries(beside).map(([id, { Type, Properties = {} }]) => ({
    type: Type,
    existing: { id: physicalId(id, beside), region, properties: physical(Properties, beside) as JsonObject },
  }));
  const all = (wanted: string) => there.flatMap(({ type, existing }) => (type === wanted ? [existing] : []));
  const find = (wanted: string, known: string) => all(wanted).find(({ id }) => id === known);
  const own = physical(properties, beside) as JsonObject;
  return checkResource({ type, region, stack: "stack", id: SUBJECT, properties: own }, { find, all })
    .map(({ rule }) => rule)
    .toSorted();
}

/** A bucket goes by its name, the others by their logical id. */
function physicalId(id: string, beside: Resources): string {
  return String(beside[id]?.Properties?.BucketName ?? id);
}

function physical(value: Json, beside: Resources): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => physical(item, beside));
  if (typeof value !== "object" || value === null) return value;
  const { Ref, "Fn::GetAtt": attribute } = value as JsonObject;
  if (typeof Ref === "string") return physicalId(Ref, beside);
  if (Array.isArray(attribute)) return physicalId(String(attribute[0]), beside);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => JSON.stringify(item) !== '{"Ref":"AWS::NoValue"}')
      .map(([key, item]) => [key, physical(item, beside)]),
  );
}
