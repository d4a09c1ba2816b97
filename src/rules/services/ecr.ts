import type { Values } from "../../template/evaluate.ts";
import { fits } from "../checks.ts";
import type { Rule, RuleCheck } from "../rule.ts";
import { asList, asNumber, asObject, asText, isKnown, objects, parsed, repeated } from "../values.ts";

const REPOSITORY = "AWS::ECR::Repository";
const PROPERTY = "LifecyclePolicy/LifecyclePolicyText";

const LIFECYCLE = "Amazon ECR User Guide, Lifecycle policy properties in Amazon ECR";

const NAME = "(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*";

const failure = (words: string) =>
  `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${words}'`;

/** Repositories and their images. */
export const ECR_RULES: readonly Rule[] = [
  {
    id: "repository-name",
    types: [REPOSITORY],
    document: "Amazon ECR API Reference, CreateRepository (repositoryName)",
    check: fits(
      "RepositoryName",
      (name) => name.length >= 2 && name.length <= 256 && isName(name),
      () =>
        `Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '${NAME}''`,
    ),
  },
  {
    id: "repository-lifecycle",
    types: [REPOSITORY],
    document: LIFECYCLE,
    check: ({ properties }) => {
      const written = asText(asObject(properties.LifecyclePolicy).LifecyclePolicyText);
      if (written === undefined) return undefined;
      const policy = parsed(written);
      if (policy === undefined || Array.isArray(policy)) {
        return { property: PROPERTY, message: failure("Could not map policyString into LifecyclePolicy.") };
      }
      const missing = (names: readonly string[]) => failure(`object has missing required properties (${names.join()})`);
      if (!Array.isArray((policy as Values).rules)) return { property: PROPERTY, message: missing(['["rules"]']) };
      for (const rule of objects((policy as Values).rules)) {
        const absent = ["action", "rulePriority", "selection"].filter((name) => rule[name] === undefined);
        if (absent.length > 0) return { property: PROPERTY, message: missing([JSON.stringify(absent)]) };
      }
      return undefined;
    },
  },
  {
    id: "repository-lifecycle-priority",
    types: [REPOSITORY],
    document: `${LIFECYCLE}: Rule priority`,
    approximate: true,
    check: onRules((rules) => {
      const priority = repeated(rules.map(({ rulePriority }) => asText(rulePriority)));
      return priority === undefined ? undefined : `rule priorities must be unique: ${priority} is used more than once`;
    }),
  },
  {
    id: "repository-lifecycle-any",
    types: [REPOSITORY],
    document: `${LIFECYCLE}: Tag status`,
    approximate: true,
    check: onRules((rules) => {
      const any = rules.find(({ selection }) => asText(asObject(selection).tagStatus) === "any");
      const last = Math.max(...rules.map(({ rulePriority }) => asNumber(rulePriority) ?? 0));
      const storage = rules.every(({ selection }) => asObject(selection).storageClass === undefined);
      return any && storage && (asNumber(any.rulePriority) ?? last) < last
        ? "tagStatus any must have the lowest priority, which is the highest number"
        : undefined;
    }),
  },
  {
    id: "repository-lifecycle-untagged",
    types: [REPOSITORY],
    document: `${LIFECYCLE}: Tag status`,
    approximate: true,
    check: onRules((rules) => {
      const untagged = rules
        .map(({ selection }) => asObject(selection))
        .filter(({ tagStatus }) => asText(tagStatus) === "untagged")
        .map(({ storageClass }) => asText(storageClass) ?? "");
      return repeated(untagged) === undefined ? undefined : "only one rule may select untagged images";
    }),
  },
  {
    id: "repository-lifecycle-tagged",
    types: [REPOSITORY],
    document: `${LIFECYCLE}: Tag pattern list, Tag prefix list`,
    approximate: true,
    check: onRules((rules) => {
      for (const { selection } of rules) {
        const { tagStatus, tagPrefixList, tagPatternList } = asObject(selection);
        const named = asList(tagPrefixList).length + asList(tagPatternList).length > 0;
        if (asText(tagStatus) === "tagged" && !named) return "tagStatus tagged needs tagPrefixList or tagPatternList";
        if (asText(tagStatus) !== "tagged" && named) return `tagStatus ${asText(tagStatus)} takes no list of tags`;
      }
      return undefined;
    }),
  },
  {
    id: "repository-lifecycle-count",
    types: [REPOSITORY],
    document: `${LIFECYCLE}: Count type, Count unit, Count number`,
    approximate: true,
    check: onRules((rules) => {
      for (const { selection } of rules) {
        const { countType, countUnit, countNumber } = asObject(selection);
        const most = asNumber(countNumber);
        if (most === undefined || most < 1) {
          return `numeric instance is lower than the required minimum (minimum: 1, found: ${asText(countNumber)})`;
        }
        const counts = asText(countType) === "imageCountMoreThan";
        if (counts === (countUnit !== undefined)) {
          return "instance failed to match exactly one schema (matched 0 out of 2)";
        }
      }
      return undefined;
    }),
  },
];

/** Matched part by part: the whole pattern would backtrack too much on a long name. */
function isName(name: string): boolean {
  return name.split("/").every((part) => part.split(/[._-]/).every((word) => /^[a-z0-9]+$/.test(word)));
}

function onRules(check: (rules: readonly Values[]) => string | undefined): RuleCheck {
  return ({ properties }) => {
    const policy = parsed(asText(asObject(properties.LifecyclePolicy).LifecyclePolicyText) ?? "");
    const rules = policy === undefined ? [] : objects((policy as Values).rules);
    const words = rules.length > 0 && isKnown(rules) ? check(rules) : undefined;
    return words === undefined ? undefined : { property: PROPERTY, message: failure(words) };
  };
}
