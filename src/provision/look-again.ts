import { command } from "../command-line.ts";
import { AstroError } from "../errors.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import { allOf } from "../plan/diff.ts";
import type { PlannedChange, Step } from "../plan/plan.ts";
import { unprotected } from "../plan/unprotected.ts";
import { type Run, stackKey } from "./engine.ts";
import { readDeployedTemplate } from "./look.ts";

/**
 * Looks once more at a stack that is about to be removed: what a person was shown may be minutes old.
 * Throws AstroError("declined") if more would go than was shown, or if it must not go any more.
 */
export async function lookAgain(run: Run, step: Step, found: DeployedStack): Promise<void> {
  const { stack, region } = step;
  const isBootstrap = stack === BOOTSTRAP_STACK;
  if (found.terminationProtection && !isBootstrap) {
    throw new AstroError(
      "declined",
      `${stack} has termination protection: somebody turned that on after the plan was shown`,
      unprotected(stack, region, "if it is to be deleted, turn the protection off and run the same command again"),
    );
  }
  const known = run.deployed.get(stackKey(found));
  const news =
    known !== undefined && known.id !== found.id
      ? ["it was deleted and created again"]
      : differences(step.changes, allOf(await readDeployedTemplate(run.cloud, found), "remove"));
  if (news.length > 0) {
    throw new AstroError(
      "declined",
      `the plan is stale: ${stack} changed after it was shown (${news.join(", ")}); the stack was left as it is`,
      [
        { text: "see who works on it", command: command`astro status` },
        { text: "then run the same command again: it shows what is deployed now" },
      ],
    );
  }
  if (!isBootstrap) return;
  const users = (await run.cloud.stacks(region)).filter(
    ({ name, tags }) => name !== stack && tags.ManagedBy === "astro",
  );
  const [user] = users.map(({ tags }) => `${tags.Project}-${tags.Environment}`);
  if (user === undefined) return;
  throw new AstroError(
    "declined",
    `${stack} was left as it is: ${user} uses it`,
    "run the same command again without --bootstrap",
  );
}

/** What would go otherwise than shown; what is gone already is no matter. */
function differences(shown: readonly PlannedChange[], now: readonly PlannedChange[]): readonly string[] {
  return now.flatMap(({ logicalId, type, kept, snapshot }) => {
    const before = shown.find((change) => change.logicalId === logicalId && change.type === type);
    if (before === undefined) return [`${logicalId} is new`];
    if (before.kept !== kept) return [`${logicalId} is ${kept ? "kept now" : "not kept any more"}`];
    if (before.snapshot !== snapshot) return [`${snapshot ? "a" : "no"} snapshot of ${logicalId} is taken now`];
    return [];
  });
}
