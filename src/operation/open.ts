import type { AwsEnvironment } from "../aws/surroundings.ts";
import type { Environment } from "../config/schema.ts";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import type { Site } from "../plan/provision-plan.ts";
import { findProject, openProject, type Project } from "../project.ts";
import { completedHints } from "../provision/commands.ts";
import { renderNotices } from "../view/notices.ts";
import type { Header } from "../view/view.ts";
import { chooseEnvironment, FROM_DEPLOYED } from "./choose.ts";
import { commandWith, type OperationOptions, type SourceOptions } from "./flags.ts";
import { projectMadeHere, projectOf } from "./foreign.ts";
import { memoryIn, recall } from "./memory.ts";
import { openTarget, rehearsingOf, type Target } from "./target.ts";

/** Everything one operation on an environment needs: the project, the AWS it uses, and the account and region. */
export type EnvironmentOperation = {
  readonly project: Project;
  readonly environment: Environment;
  readonly target: Target;
  readonly site: Site;
  /** The caller's ARN. */
  readonly who: string;
  readonly header: Header;
};

/**
 * Opens an operation, on AWS or rehearsed, and makes sure it is in the account the environment is pinned to.
 * Throws AstroError("usage"), ("config"), ("credentials") or ("wrong-account").
 */
export async function openOperation(
  context: Context,
  command: string,
  flags: OperationOptions & Pick<SourceOptions, "assembly">,
): Promise<EnvironmentOperation> {
  const rehearsing = flags.rehearse ? await rehearsingOf(flags) : undefined;
  const found = await projectFor(context, command, flags);
  const around = rehearsing ? undefined : await surroundingsOf(context);
  const aws = rehearsing ? "rehearsal" : around?.real ? "real" : "endpoint";
  const project =
    found ??
    projectMadeHere(context, command, flags, (empty) => recall(memoryIn(empty, aws))) ??
    (await openProject(context, flags.dir, WITHOUT_CONFIG));
  const chosen = chooseEnvironment(project, command, flags, () => recall(memoryIn(project, aws)));
  const { name, environment } = chosen;
  const { region, account: pinned } = environment;
  const target = await openTarget(context, {
    region,
    own: project.own,
    ...(pinned !== undefined && { account: pinned }),
    ...(rehearsing && { rehearsing }),
    around,
  });
  const signer = around?.signer.words;
  try {
    const { account, arn } = await target.cloud.identity();
    if (pinned !== undefined && pinned !== account) {
      const whose = signer === undefined ? "these credentials are" : `the credentials in use (${signer}) are`;
      throw new AstroError(
        "wrong-account",
        `${name} belongs to account ${pinned}, but ${whose} of ${account} (${arn})`,
        `choose the right profile (--profile NAME), or change account in ${project.foreign ? "the app" : "astro.yaml"}`,
      );
    }
    const site = { project: chosen.project, environment: name, region, account };
    const header = {
      command,
      environment: name,
      region,
      account,
      ...(signer !== undefined && { signer }),
      ...(flags.profile !== undefined && !rehearsing && { profile: flags.profile }),
      ...(rehearsing && { rehearsal: { speed: rehearsing.speed } }),
    };
    return { project, environment, target, site, who: arn, header };
  } catch (error) {
    await target.close();
    throw error;
  }
}

/**
 * Does `work` on an environment and closes what was opened for it. Commands of astro that an error's hints name get the
 * user's own flags: the environment, the folder, the rehearsal. Throws as `openOperation` does, and as `work` does.
 */
export async function inOperation<T>(
  context: Context,
  command: string,
  flags: OperationOptions & Pick<SourceOptions, "assembly">,
  work: (operation: EnvironmentOperation) => Promise<T>,
): Promise<T> {
  const operation = await openOperation(context, command, flags);
  try {
    return await work(operation);
  } catch (error) {
    if (!(error instanceof AstroError)) throw error;
    throw error.withHints(completedHints(error.hints, commandWith(command, operation.site.environment, flags)));
  } finally {
    await operation.target.close();
  }
}

/** The project of astro.yaml, or of an app without one; `undefined` where what was made from here may tell. */
async function projectFor(
  context: Context,
  command: string,
  flags: OperationOptions & Pick<SourceOptions, "assembly">,
): Promise<Project | undefined> {
  const found = await findProject(context, flags.dir);
  if (found) return found;
  if (flags.assembly !== undefined) return projectOf(context, command, flags, flags.assembly);
  return FROM_DEPLOYED.includes(command) ? undefined : openProject(context, flags.dir, FINISHED);
}

/** What helps where an app has no astro.yaml: what stands is known by its tags, what is to stand by its assembly. */
const WITHOUT_CONFIG = "or, for what an app without one has deployed, add --project NAME --env ENV --region REGION";
const FINISHED = "or, for an app without one, add --assembly DIR to name its cloud assembly";

/** AWS settings of the environment and `~/.aws`; prints surprising ones, and asks for an MFA code at a terminal. */
async function surroundingsOf(context: Context): Promise<AwsEnvironment> {
  const { surroundings } = await import("../aws/surroundings.ts");
  const askCode = async (device: string) => {
    const { terminalAsk } = await import("../wizard/terminal-ask.ts");
    return terminalAsk(context).text({
      message: `Code of ${device}:`,
      refuse: (code) => (/^\d{6}$/.test(code) ? undefined : "a code is six digits"),
    });
  };
  const around = await surroundings(context.env, context.canAsk ? askCode : undefined);
  const { notice } = around.signer;
  if (notice !== undefined) context.stderr.write(renderNotices([notice], context.stderr));
  return around;
}
