import { command } from "../command-line.ts";
import { hintText } from "../errors.ts";
import type { PolicyLimit } from "../policy/limits.ts";
import { MOST_CHARACTERS, type PolicyDocument, type Statement, sizeOf } from "../policy/statement.ts";
import { partitionOf } from "../template/partition.ts";
import type { Terminal } from "../terminal.ts";
import { count } from "./format.ts";
import { hintPieces } from "./hint.ts";
import { type Labelled, labelled, underOne } from "./labelled.ts";
import { type Theme, themeOf } from "./theme.ts";

/** The policies an operator of an environment needs, as `astro iam-policy --json` prints them. */
export type PolicyReport = {
  readonly project: string;
  readonly environment: string;
  readonly region: string;
  /** `*` where astro.yaml pins none. */
  readonly account: string;
  /** Of an operator of the environment, or of whoever makes what all environments of an account share. */
  readonly of: "environment" | "bootstrap";
  readonly policies: readonly { readonly name: string; readonly document: PolicyDocument; readonly file?: string }[];
  /** Resource types of the templates that the policies do not provide for. */
  readonly uncovered: readonly string[];
  /** What of the templates will be denied. */
  readonly warnings: readonly PolicyLimit[];
  /** What IAM cannot keep to the environment. */
  readonly limits: readonly PolicyLimit[];
};

/** What the policies allow where, what they leave to be added, and the commands that attach them. */
export function renderPolicy(report: PolicyReport, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const { project, environment, of, policies, uncovered, warnings, limits } = report;
  const { bold, yellow, dim } = theme.paint;
  const whose = of === "bootstrap" ? "whoever makes astro's bootstrap" : `an operator of ${environment} of ${project}`;
  const told = (label: string, list: readonly PolicyLimit[], paint = (text: string) => text): readonly Labelled[] =>
    list.map(({ about, says }, index) => [index === 0 ? label : "", `${about}: ${says}`, paint] as const);
  const words: readonly Labelled[] = [
    ...(uncovered.length > 0
      ? ([
          ["Not covered", uncovered.join(", "), yellow],
          ["", ADD],
        ] as const)
      : []),
    ...told("Denied", warnings, yellow),
    ...told("Not held", limits),
    of === "bootstrap" ? ["Beware", BEWARE] : ["Bootstrap", used(environment)],
  ];
  const lines = [
    ` ${bold(theme.say(`What ${whose} is allowed`))}`,
    ...policies.flatMap(({ name, document }) => [
      "",
      ` ${theme.say(name)}  ${dim(`${count(sizeOf(document), "character")} of ${MOST_CHARACTERS}`)}`,
      ...labelled(theme, document.Statement.flatMap(allowed)),
    ]),
    "",
    ...labelled(theme, words),
    "",
    ...howTo(theme, report),
  ];
  return `${lines.join("\n")}\n`;
}

const ADD = "add what these types take in a policy of your own, or astro provision is denied it";

const BEWARE =
  "this reaches the records and locks of every environment in these regions: for administrators; or beside an operator's policies for the first provisioning, and off again after it";

function used(environment: string): readonly string[] {
  const text =
    "astro's own bucket and table are used, not made or removed. Who provisions first in an account and region is given what this writes as well, for that once";
  return hintPieces({ text, command: command`astro iam-policy --env ${environment} --bootstrap --out policies` });
}

function allowed({ Sid, Action, Resource, Condition = {} }: Statement): readonly Labelled[] {
  const only = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => conditionWords(operator, key, [value].flat())),
  );
  const where = Resource.length === 1 && Resource[0] === "*" ? "anywhere" : `on ${Resource.join(" ")}`;
  const what = Action.length === 1 ? String(Action[0]) : count(Action.length, "action");
  return underOne(Sid, [`${what} ${where}`, ...only]);
}

/** A condition in words (IAM User Guide, "IAM JSON policy elements: Condition operators"). */
function conditionWords(operator: string, key: string, values: readonly string[]): string {
  if (operator === "Null") return `if ${key} is ${values[0] === "true" ? "not there" : "there"}`;
  const is = operator.includes("Not") ? "is none of" : /Like/.test(operator) ? "is like" : "is";
  const which = operator.startsWith("ForAllValues") ? `each ${key}` : key;
  const listed = operator.includes("Not") ? values.join(", ") : values.join(" or ");
  return `if ${which}${operator.endsWith("IfExists") ? ", where there is one," : ""} ${is} ${listed}`;
}

/** Creating and attaching the policies (AWS CLI Command Reference, "iam create-policy", "iam attach-role-policy"). */
function howTo(theme: Theme, { environment, region, account, of, policies }: PolicyReport): readonly string[] {
  const folder = policies.every(({ file }) => file !== undefined);
  if (!folder) {
    const which = of === "bootstrap" ? ["--bootstrap"] : [];
    const next = command`astro iam-policy --env ${environment} ${which} --out policies`;
    return [theme.say(` ${hintText({ text: "Next", command: next })}`)];
  }
  const owner = account === "*" ? "ACCOUNT" : account;
  return [
    theme.say(" Attach them to the role that runs astro (ROLE):"),
    ...policies.flatMap(({ name, file = "" }) => [
      `   aws iam create-policy --policy-name ${name} --policy-document file://${file}`,
      `   aws iam attach-role-policy --role-name ROLE --policy-arn arn:${partitionOf(region)}:iam::${owner}:policy/${name}`,
    ]),
  ];
}
