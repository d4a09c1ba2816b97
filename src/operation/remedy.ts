import { type Edit, editConfig } from "../config/edit.ts";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import { isHarmless, wordsOf } from "../preflight/actions.ts";
import type { Action, PreflightFinding } from "../preflight/finding.ts";
import { writeFiles } from "../scaffold/write.ts";
import { renderError } from "../view/error.ts";
import { themeOf } from "../view/theme.ts";
import { isConfirmed } from "./confirm.ts";
import type { EnvironmentOperation } from "./open.ts";

/**
 * Does what can be done about findings: each after a question (`ask`), only what takes nothing away (`harmless`), or
 * nothing. Says what was done, and what could not be; returns what was.
 */
export async function remedy(
  context: Context,
  operation: EnvironmentOperation,
  findings: readonly PreflightFinding[],
  may: "ask" | "harmless" | "nothing",
): Promise<readonly Action[]> {
  const { say, paint } = themeOf(context.stderr);
  const done: Action[] = [];
  // Each is made in what the ones before have left.
  const edits: Edit[] = [];
  for (const { fix } of findings) {
    if (fix?.action === undefined || may === "nothing") continue;
    const words = wordsOf(fix.action);
    if (may === "harmless" ? !isHarmless(fix.action) : !(await isConfirmed(context, words.question))) continue;
    try {
      await act(operation, fix.action, edits);
      context.stderr.write(` ${paint.green(say("✔"))} ${say(words.done)}\n`);
      done.push(fix.action);
    } catch (error) {
      if (!(error instanceof AstroError)) throw error;
      context.stderr.write(renderError(error, context.stderr));
    }
  }
  return done;
}

async function act({ project, site, target }: EnvironmentOperation, action: Action, edits: Edit[]): Promise<void> {
  const write = (path: readonly string[], value: unknown) => {
    edits.push({ path: ["environments", site.environment, ...path], value });
    return writeFiles(project.directory, new Map([["astro.yaml", editConfig(project.text, edits)]]));
  };
  switch (action.type) {
    case "pin-account":
      return write(["account"], action.account);
    case "choose-zones":
      return write(["network", "zones"], action.zones);
    case "create-roles": {
      const { createLinkedRole } = await target.lookUps();
      for (const service of action.services) await createLinkedRole(service);
      return;
    }
    case "raise-quota":
      return (await target.lookUps()).raiseQuota(action.region, action.service, action.quota, action.to);
    case "delete-leftover":
      await target.cloud.clearLeftover(site, action.region, action.of, action.name);
  }
}
