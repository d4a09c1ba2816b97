import type { Context } from "../context.ts";
import { type Hint, hintText } from "../errors.ts";
import type { Action, PreflightFinding } from "../preflight/finding.ts";
import { renderPreflight } from "../view/preflight.ts";
import { during } from "../view/spinner.ts";
import { findingWords } from "../view/warning-words.ts";
import { canConfirm } from "./confirm.ts";
import { noteElsewhere } from "./elsewhere.ts";
import { commandWith, type OperationOptions, type SourceOptions } from "./flags.ts";
import { noteGiven } from "./notices.ts";
import { type EnvironmentOperation, inOperation } from "./open.ts";
import { findingsOn, isProblem } from "./preflight.ts";
import { proposeProvision } from "./propose.ts";
import { remedy } from "./remedy.ts";
import { interruptibly } from "./session.ts";

/** What `astro doctor --json` prints. */
type Report = Pick<EnvironmentOperation["site"], "environment" | "region" | "account"> & {
  readonly checks: readonly ReturnType<typeof told>[];
};

/**
 * `astro doctor`: problems that would make the deployment fail, and their fixes. Changes nothing unless
 * a person confirms a fix, or `--yes` applies those that delete nothing. Exit code 1 for problems.
 */
export async function doctor(
  context: Context,
  flags: OperationOptions & SourceOptions & { readonly yes: boolean },
): Promise<{ readonly value: Report; readonly render: () => string; readonly exit: number }> {
  return inOperation(context, "doctor", flags, async (operation) => {
    const { site, header } = operation;
    const { environment, region, account } = site;
    const look = (now: EnvironmentOperation) =>
      during(context.stderr, "checking the account", () =>
        interruptibly(context, async () => {
          const proposal = await proposeProvision(context, now, flags);
          return { proposal, findings: await findingsOn(context, now, proposal, flags) };
        }),
      );
    const words = (findings: readonly PreflightFinding[]) =>
      renderPreflight(findings, header, context.stdout, next(findings, environment, flags));
    const { proposal, findings } = await look(operation);
    noteElsewhere(context, operation, flags, proposal.around);
    noteGiven(context, proposal.given);
    let checks = findings;
    const asks = canConfirm(context, flags) && checks.some(({ fix }) => fix?.action !== undefined);
    if (asks) context.stdout.write(words(checks));
    const done = await remedy(context, operation, checks, flags.yes ? "harmless" : asks ? "ask" : "nothing");
    if (done.length > 0) checks = (await look(done.some(isPin) ? pinned(operation) : operation)).findings;
    // Who was asked has seen it all already.
    const render = () => (asks && done.length === 0 ? "" : words(checks));
    return {
      value: { environment, region, account, checks: checks.map(told) },
      render,
      exit: checks.some(isProblem) ? 1 : 0,
    };
  });
}

/** A finding as programs read it: as data, and in words for a person beside that. */
function told(finding: PreflightFinding) {
  const { fix } = finding;
  const words = findingWords(finding);
  return { ...finding, words, ...(fix && { fix: { words: fix.hints.map(hintText).join("\n"), ...fix } }) };
}

/** The operation once its astro.yaml names the account. */
function pinned(operation: EnvironmentOperation): EnvironmentOperation {
  return { ...operation, environment: { ...operation.environment, account: operation.site.account } };
}

function isPin({ type }: Action): boolean {
  return type === "pin-account";
}

function next(
  findings: readonly PreflightFinding[],
  environment: string,
  flags: OperationOptions & SourceOptions,
): Hint {
  const command = (name: string) => commandWith(name, environment, flags);
  return findings.some(isProblem)
    ? { text: "fix the problems above, then run", command: command("doctor") }
    : { text: "", command: command("provision") };
}
