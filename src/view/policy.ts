import { MOST_CHARACTERS, type PolicyDocument, type Statement, sizeOf } from "../policy/statement.ts";
import type { Terminal } from "../terminal.ts";
import { count } from "./format.ts";
import { type Labelled, labelled, underOne } from "./labelled.ts";
import { type Theme, themeOf } from "./theme.ts";

/** The policies an operator of an environment needs, as `astro iam-policy --json` prints them. */
export type PolicyReport = {
  readonly project: string;
  readonly environment: string;
  readonly region: string;
  /** `*` where astro.yaml pins none. */
  readonly account: string;
  readonly policies: readonly { readonly name: string; readonly document: PolicyDocument; readonly file?: string }[];
  /** Resource types of the templates that the policies do not provide for. */
  readonly uncovered: readonly string[];
};

/** What the policies allow where, what they leave to be added, and the commands that attach them. */
export function renderPolicy(report: PolicyReport, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const { project, environment, policies, uncovered } = report;
  const { bold, yellow, dim } = theme.paint;
  const lines = [
    ` ${bold(theme.say(`What an operator of ${environment} of ${project} is allowed`))}`,
    ...policies.flatMap(({ name, document }) => [
      "",
      ` ${theme.say(name)}  ${dim(`${count(sizeOf(document), "character")} of ${MOST_CHARACTERS}`)}`,
      ...labelled(theme, document.Statement.flatMap(allowed)),
    ]),
    "",
    ...(uncovered.length > 0
      ? [
          ...labelled(theme, [
            ["Not covered", uncovered.join(", "), yellow],
            ["", ADD],
          ]),
          "",
        ]
      : []),
    ...howTo(theme, report),
  ];
  return `${lines.join("\n")}\n`;
}

const ADD = "add what these types take in a policy of your own, or astro provision is denied it";

function allowed({ Sid, Action, Resource, Condition }: Statement): readonly Labelled[] {
  const conditions = Object.values(Condition ?? {}).flatMap((keys) => Object.entries(keys));
  const only = conditions.map(([key, value]) => `if ${key} is ${[value].flat().join(" or ")}`);
  const where = Resource.length === 1 && Resource[0] === "*" ? "anywhere" : `on ${Resource.join(" ")}`;
  const what = Action.length === 1 ? String(Action[0]) : count(Action.length, "action");
  return underOne(Sid, [`${what} ${where}`, ...only]);
}

/** Creating and attaching the policies (AWS CLI Command Reference, "iam create-policy", "iam attach-role-policy"). */
function howTo(theme: Theme, { environment, account, policies }: PolicyReport): readonly string[] {
  const folder = policies.every(({ file }) => file !== undefined);
  if (!folder) {
    return [theme.say(` Next:  astro iam-policy --env ${environment} --out policies`)];
  }
  const owner = account === "*" ? "ACCOUNT" : account;
  return [
    theme.say(" Attach them to the role that runs astro (ROLE):"),
    ...policies.flatMap(({ name, file = "" }) => [
      `   aws iam create-policy --policy-name ${name} --policy-document file://${file}`,
      `   aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::${owner}:policy/${name}`,
    ]),
  ];
}
