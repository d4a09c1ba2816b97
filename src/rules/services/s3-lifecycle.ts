import type { Values } from "../../template/evaluate.ts";
import { between, firstFault, fits } from "../checks.ts";
import type { Rule, RuleSubject, Violation } from "../rule.ts";
import { asList, asNumber, asObject, asText, items, objects, repeated, valuesAt } from "../values.ts";

const BUCKET = "AWS::S3::Bucket";
const RULES = "LifecycleConfiguration/Rules";

const TRANSITIONS = "Amazon S3 User Guide, Transitioning objects using Amazon S3 Lifecycle";
const ELEMENTS = "Amazon S3 User Guide, Lifecycle configuration elements";

const ACTIONS = [
  "AbortIncompleteMultipartUpload",
  "ExpirationDate",
  "ExpirationInDays",
  "ExpiredObjectDeleteMarker",
  "NoncurrentVersionExpiration",
  "NoncurrentVersionExpirationInDays",
  "NoncurrentVersionTransition",
  "NoncurrentVersionTransitions",
  "Transition",
  "Transitions",
];

const IA = /^(STANDARD_IA|ONEZONE_IA)$/;

/** Days before objects may go to an infrequent access class (TRANSITIONS). */
const IA_DAYS = 30;

/** Lifecycle rules of buckets. */
export const S3_LIFECYCLE_RULES: readonly Rule[] = [
  {
    id: "lifecycle-action",
    types: [BUCKET],
    document: ELEMENTS,
    check: eachRule((path, rule) =>
      ACTIONS.some((name) => rule[name] !== undefined)
        ? undefined
        : { property: path, message: "At least one action needs to be specified in a rule" },
    ),
  },
  {
    id: "lifecycle-transition-days",
    types: [BUCKET],
    document: TRANSITIONS,
    check: eachRule((path, rule) => {
      for (const [property, { StorageClass, TransitionInDays }] of transitionsOf(rule)) {
        const days = asNumber(TransitionInDays);
        if (days === undefined || days >= IA_DAYS || !IA.test(asText(StorageClass) ?? "")) continue;
        const old = property.startsWith("Noncurrent");
        const message = `'${old ? "NoncurrentDays" : "Days"}' in ${old ? "NoncurrentVersionTransition" : "Transition"} action must be greater than or equal to ${IA_DAYS} for storageClass '${asText(StorageClass)}'`;
        return { property: `${path}/${property}/TransitionInDays`, value: days, message };
      }
      return undefined;
    }),
  },
  {
    id: "lifecycle-expiration-later",
    types: [BUCKET],
    document: TRANSITIONS,
    check: eachRule((path, rule) => {
      const expires = asNumber(rule.ExpirationInDays);
      const latest = transitionsOf(rule)
        .filter(([property]) => !property.startsWith("Noncurrent"))
        .map(([, { TransitionInDays }]) => asNumber(TransitionInDays) ?? 0);
      if (expires === undefined || latest.every((days) => days < expires)) return undefined;
      const filter = `(prefix=${asText(rule.Prefix) ?? ""})`;
      const message = `'Days' in the Expiration action for filter '${filter}' must be greater than 'Days' in the Transition action`;
      return { property: `${path}/ExpirationInDays`, value: expires, message };
    }),
  },
  {
    id: "lifecycle-days",
    types: [BUCKET],
    document: ELEMENTS,
    check: between(
      "LifecycleConfiguration.Rules.*.ExpirationInDays",
      1,
      Number.MAX_SAFE_INTEGER,
      () => "'Days' for Expiration action must be a positive integer",
    ),
  },
  {
    id: "lifecycle-one-unit",
    types: [BUCKET],
    document: "CloudFormation Template Reference, AWS::S3::Bucket Rule (ExpirationInDays)",
    approximate: true,
    check: eachRule((path, rule) => {
      const transitions = transitionsOf(rule).filter(([property]) => !property.startsWith("Noncurrent"));
      const dates =
        rule.ExpirationDate !== undefined || transitions.some(([, one]) => one.TransitionDate !== undefined);
      const days =
        rule.ExpirationInDays !== undefined || transitions.some(([, one]) => one.TransitionInDays !== undefined);
      const message = "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule";
      return dates && days ? { property: path, message } : undefined;
    }),
  },
  {
    id: "lifecycle-marker",
    types: [BUCKET],
    document: "CloudFormation Template Reference, AWS::S3::Bucket Rule (ExpiredObjectDeleteMarker)",
    approximate: true,
    check: eachRule((path, rule) => {
      const beside = ["ExpirationInDays", "ExpirationDate", "TagFilters"].find((name) => rule[name] !== undefined);
      const message = `'ExpiredObjectDeleteMarker' cannot be specified with '${beside}' in a Lifecycle Expiration Policy.`;
      return rule.ExpiredObjectDeleteMarker !== undefined && beside !== undefined
        ? { property: `${path}/ExpiredObjectDeleteMarker`, message }
        : undefined;
    }),
  },
  {
    id: "lifecycle-abort-tags",
    types: [BUCKET],
    document: ELEMENTS,
    check: eachRule((path, { AbortIncompleteMultipartUpload, TagFilters }) => {
      const message = "AbortIncompleteMultipartUpload cannot be specified with Tags.";
      return AbortIncompleteMultipartUpload !== undefined && asList(TagFilters).length > 0
        ? { property: `${path}/TagFilters`, message }
        : undefined;
    }),
  },
  {
    id: "lifecycle-id-once",
    types: [BUCKET],
    document: ELEMENTS,
    check: ({ properties }) => {
      const id = repeated(objects(asObject(properties.LifecycleConfiguration).Rules).map(({ Id }) => asText(Id)));
      const message = "Rule ID must be unique. Found same ID for more than one rule";
      return id === undefined ? undefined : { property: RULES, value: id, message };
    },
  },
  {
    id: "lifecycle-id",
    types: [BUCKET],
    document: ELEMENTS,
    check: fits(
      "LifecycleConfiguration.Rules.*.Id",
      (id) => id.length <= 255,
      () => "ID length should not exceed allowed limit of 255",
    ),
  },
];

type Transition = readonly [property: string, transition: Values];

function transitionsOf(rule: Values): readonly Transition[] {
  const one = (name: string): readonly Transition[] =>
    valuesAt(rule, name).map(({ path, value }) => [path, asObject(value)]);
  return ["Transition", "Transitions.*", "NoncurrentVersionTransition", "NoncurrentVersionTransitions.*"].flatMap(one);
}

function eachRule(check: (path: string, rule: Values) => Violation | undefined) {
  return ({ properties }: RuleSubject) =>
    firstFault(items(asObject(properties.LifecycleConfiguration).Rules), ([index, rule]) =>
      check(`${RULES}/${index}`, rule),
    );
}
