import { shellLine } from "../command-line.ts";
import type { Hint } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import { count } from "./format.ts";
import { heading } from "./header.ts";
import { wrap } from "./text.ts";
import { themeOf } from "./theme.ts";
import type { Header } from "./view.ts";

/** What `astro ci github --json` prints. */
export type CiReport = {
  readonly environment: string;
  readonly repository: string;
  readonly ids?: string;
  readonly branch: string;
  /** The account's provider, where another made it. */
  readonly provider?: string;
  readonly makesProvider: boolean;
  readonly roles: { readonly deploy: string; readonly plan: string };
  /** Managed policies of each role. */
  readonly policies: { readonly deploy: number; readonly plan: number };
  /** Files that differ from what was there, from the current folder. */
  readonly written: readonly string[];
  /** The workflow, where somebody edited it and it stays so. */
  readonly kept?: string;
  readonly notices: readonly string[];
  /** What is left to do, in order. */
  readonly next: readonly Required<Hint>[];
};

/** Who may do what, what was written, and what is left to do, in order. */
export function renderCi(report: CiReport, header: Header, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const { say, paint, width } = theme;
  const { repository, branch, environment, roles, policies, written, kept, notices, next } = report;
  const under = (words: string) => wrap(words, width - 3).map((line) => `   ${line}`);
  const lines = [
    ...heading(theme, header, [[`${repository} deploys ${environment}`, paint.bold]]),
    ...under(`a push to ${branch} deploys as ${roles.deploy} (${count(policies.deploy, "policy", "policies")})`),
    ...under(`a pull request is planned as ${roles.plan} (${count(policies.plan, "policy", "policies")})`),
    ...under(
      report.provider === undefined
        ? "the environment makes the account's provider of GitHub's tokens, and leaves it when it goes"
        : "the account's provider of GitHub's tokens is there already",
    ),
    "",
    ...(written.length === 0 ? [` ${paint.green("✔")} nothing to change`] : []),
    ...written.map((file) => ` ${paint.green("✔")} written: ${file}`),
    ...(kept === undefined
      ? []
      : [` ${paint.yellow("!")} kept: ${kept}`, ...under("it was edited; delete it and run this again for a new one")]),
    ...notices.flatMap((words) => {
      const [first = "", ...more] = wrap(words, width - 3);
      return [` ${paint.yellow("!")} ${first}`, ...more.map((line) => `   ${line}`)];
    }),
    ...(next.length === 0 ? [] : ["", ` ${paint.bold("Next")}`]),
    ...next.flatMap(({ text, command }, index) => [
      `  ${index + 1}. ${text}`,
      `     ${paint.bold(shellLine(command))}`,
    ]),
  ];
  return say(`${lines.join("\n")}\n`);
}
