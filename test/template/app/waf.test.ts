import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/template/types.ts";
import { type Design, read } from "./designs.ts";

type Rule = JsonObject & { readonly Name: string; readonly Priority: number };

/** A request, and the rules of AWS's core rule set that find something in it. */
type Request = { readonly path: string; readonly found: readonly string[] };

const marks = (rule: string) => `awswaf:managed:aws:core-rule-set:${rule.replace("_BODY", "_Body")}`;

/** The path after AWS WAF's text transformations, as far as they are used (AWS WAF Developer Guide, "Text transformations"). */
const TRANSFORMATIONS: { readonly [type: string]: (path: string) => string } = {
  NONE: (path) => path,
  URL_DECODE: (path) => decodeURIComponent(path),
  NORMALIZE_PATH: (path) => new URL(path.replace(/^\/+/, "/"), "http://localhost").pathname,
};

function holds(statement: JsonObject, request: Request, labels: ReadonlySet<string>): boolean {
  const [[kind, value] = ["", {}]] = Object.entries(statement) as [string, JsonObject][];
  const all = (value.Statements ?? []) as readonly JsonObject[];
  switch (kind) {
    case "AndStatement":
      return all.every((one) => holds(one, request, labels));
    case "OrStatement":
      return all.some((one) => holds(one, request, labels));
    case "NotStatement":
      return !holds(value.Statement as JsonObject, request, labels);
    case "LabelMatchStatement":
      return labels.has(String(value.Key));
    case "ByteMatchStatement": {
      expect(value.FieldToMatch).toEqual({ UriPath: {} });
      expect(value.PositionalConstraint).toBe("STARTS_WITH");
      const steps = value.TextTransformations as readonly JsonObject[];
      const path = steps
        .toSorted((a, b) => Number(a.Priority) - Number(b.Priority))
        .reduce((text, { Type }) => TRANSFORMATIONS[String(Type)]?.(text) ?? text, request.path);
      return path.startsWith(String(value.SearchString));
    }
    default:
      throw new Error(`a statement of another kind: ${kind}`);
  }
}

/** Whether a web ACL blocks a request: rules in their order, a rule that counts marks it for those after it. */
function blocks({ at }: Design, request: Request): boolean {
  const labels = new Set<string>();
  const rules = (at("waf", "WebAcl").Rules as readonly Rule[]).toSorted((a, b) => a.Priority - b.Priority);
  return rules.some(({ Statement, Action }) => {
    const group = (Statement as JsonObject).ManagedRuleGroupStatement as JsonObject | undefined;
    if (group === undefined) {
      return holds(Statement as JsonObject, request, labels) && (Action as JsonObject).Block !== undefined;
    }
    if (group.Name !== "AWSManagedRulesCommonRuleSet") return false;
    for (const rule of request.found) labels.add(marks(rule));
    const overrides = (group.RuleActionOverrides ?? []) as readonly JsonObject[];
    const counted = overrides.filter(({ ActionToUse }) => (ActionToUse as JsonObject).Count !== undefined);
    return request.found.some((rule) => !counted.some(({ Name }) => Name === rule));
  });
}

const UPLOAD_RULES = ["CrossSiteScripting_BODY", "EC2MetaDataSSRF_BODY", "GenericLFI_BODY", "GenericRFI_BODY"];
const waf = (uploadPath?: string) =>
  read({ region: "eu-west-1", cdn: { waf: true, ...(uploadPath && { uploadPath }) } });
const usual = waf();

describe("the web ACL", () => {
  it.each([...UPLOAD_RULES, "SizeRestrictions_BODY"])("lets an upload through in which %s finds something", (rule) => {
    expect(blocks(usual, { path: "/api/uploads/report.pdf", found: [rule] })).toBe(false);
    expect(blocks(usual, { path: "/api/uploads", found: [rule] })).toBe(false);
  });

  it.each(UPLOAD_RULES)("blocks anywhere else what %s finds", (rule) => {
    expect(blocks(usual, { path: "/api/login", found: [rule] })).toBe(true);
    expect(blocks(usual, { path: "/", found: [rule] })).toBe(true);
  });

  it.each(["/api/uploads/../login", "/api/uploads/%2e%2e/login", "/api/uploads/..%2flogin"])(
    "takes %s for what it is",
    (path) => {
      expect(blocks(usual, { path, found: ["CrossSiteScripting_BODY"] })).toBe(true);
    },
  );

  it("lets large bodies through everywhere, since an API's own are", () => {
    expect(blocks(usual, { path: "/api/orders", found: ["SizeRestrictions_BODY"] })).toBe(false);
  });

  it("blocks what is found elsewhere than in bodies, uploads or not", () => {
    expect(blocks(usual, { path: "/api/uploads", found: ["GenericLFI_URIPATH"] })).toBe(true);
  });

  it("has its uploads where astro.yaml says", () => {
    const other = waf("/api/v1/files");
    const found = ["GenericLFI_BODY"];
    expect(blocks(other, { path: "/api/v1/files/1", found })).toBe(false);
    expect(blocks(other, { path: "/api/uploads/1", found })).toBe(true);
  });
});
