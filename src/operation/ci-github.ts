import { join, relative, sep } from "node:path";
import { type CommandLine, command } from "../command-line.ts";
import { ci } from "../config/ci.ts";
import { type Edit, editConfig } from "../config/edit.ts";
import { parseConfig } from "../config/parse.ts";
import type { Config, Environment } from "../config/schema.ts";
import type { Context } from "../context.ts";
import { AstroError, type Hint } from "../errors.ts";
import { ciStackName } from "../policy/ci.ts";
import type { Project } from "../project.ts";
import type { TokenProvider } from "../release/port-providers.ts";
import { type DeployedByWorkflow, isAsAstroWrote, renderWorkflow, WORKFLOW_FILE } from "../scaffold/workflow.ts";
import { writeFiles } from "../scaffold/write.ts";
import { synthesise } from "../synth/synthesise.ts";
import { partitionOf } from "../template/partition.ts";
import { type CiReport, renderCi } from "../view/ci.ts";
import { during } from "../view/spinner.ts";
import { ciPolicyFiles, textAt, withinQuotas } from "./ci-policies.ts";
import { canConfirm, isConfirmed } from "./confirm.ts";
import { commandWith, type OperationOptions } from "./flags.ts";
import { type EnvironmentOperation, inOperation } from "./open.ts";
import { gitHubName, type Repository, repositoryAt, type TokenSubject, tokenSubject } from "./repository.ts";
import { interruptibly } from "./session.ts";

type CiOptions = OperationOptions & {
  readonly branch?: string | undefined;
  readonly repository?: string | undefined;
  readonly ids?: string | undefined;
  readonly yes: boolean;
};

type GitHub = NonNullable<Environment["ci"]>["github"];

/** Who signs the tokens of GitHub's jobs, and whom they have to be for. */
const ISSUER = "token.actions.githubusercontent.com";
const AUDIENCE = "sts.amazonaws.com";

/**
 * `astro ci github`: writes what makes a repository deploy an environment by GitHub Actions, without keys that are kept there.
 * Changes nothing in the account: the roles are made by the next provisioning.
 */
export async function ciGitHub(
  context: Context,
  flags: CiOptions,
): Promise<{ readonly value: CiReport; readonly render: () => string }> {
  return inOperation(context, "ci github", flags, async (operation) => {
    const { project, environment, site, header } = operation;
    knowsCi(project);
    const repository = await repositoryAt(context, project.directory);
    const named = await chosen(context, flags, environment, repository);
    const found = await during(context.stderr, "reading the app and the account", () =>
      interruptibly(context, () => lookUp(context, operation, named.repository)),
    );
    const { stacks, subject, provider, stack } = found;
    const ids = flags.ids ?? (subject.known ? ("ids" in subject ? subject.ids : undefined) : named.ids);
    const github = {
      repository: named.repository,
      ...(ids !== undefined && { ids }),
      branch: named.branch,
      ...(provider !== undefined && !stack.hasProvider && { provider: provider.arn }),
    };
    const { policies, files } = ciPolicyFiles(project, { name: site.environment, environment }, stacks);
    withinQuotas(policies);
    const text = editConfig(project.text, editsOf(site.environment, environment.ci?.github, github));
    const config = parseConfig(text, project.file);
    const own = new Map([...files, ["astro.yaml", text]].map(([name = "", words = ""]) => [name, words] as const));
    const workflow = await workflowOf(context, flags, operation, config, repository);
    const changed = await written(project.directory, own);
    if (workflow.text !== undefined) await writeFiles(repository.root, new Map([[WORKFLOW_FILE, workflow.text]]));
    const shown = (path: string) => relative(context.cwd, path) || ".";
    const all = [
      ...changed.map((name) => shown(join(project.directory, name))),
      ...(workflow.text === undefined ? [] : [shown(join(repository.root, WORKFLOW_FILE))]),
    ];
    const report: CiReport = {
      environment: site.environment,
      ...github,
      makesProvider: github.provider === undefined,
      roles: rolesOf({ project: site.project, environment: site.environment, region: site.region }, site.account),
      policies: { deploy: policies.deploy.length, plan: policies.plan.length },
      written: all,
      ...(workflow.kept && { kept: shown(join(repository.root, WORKFLOW_FILE)) }),
      notices: noticesOf(operation, { subject, provider, ids }),
      next: nextOf(flags, operation, all, stack.isThere),
    };
    return { value: report, render: () => renderCi(report, header, context.stdout) };
  });
}

/** Throws AstroError("config") for an app that an earlier version of astro wrote. */
function knowsCi({ directory }: Project): void {
  if (textAt(join(directory, "stacks", "ci.ts")) !== undefined) return;
  throw new AstroError("config", "the app has no stack for CI: it was written by an earlier astro", {
    text: "bring its files up to date, those that you edited stay as they are",
    command: command`astro init ${directory}`,
  });
}

/** Repository and branch: as the flags say, else as astro.yaml has them, else as git does, else as a person answers. */
async function chosen(
  context: Context,
  flags: CiOptions,
  { ci: before }: Environment,
  { remote, branch: first }: Repository,
): Promise<GitHub> {
  const name =
    flags.repository ??
    before?.github.repository ??
    (remote && gitHubName(remote)) ??
    (await answered(context, flags, remote));
  const branch = flags.branch ?? before?.github.branch ?? first;
  const ids = flags.ids ?? (before?.github.repository === name ? before.github.ids : undefined);
  const given = { repository: name, ...(ids !== undefined && { ids }), ...(branch !== undefined && { branch }) };
  const { success, data, error } = ci.safeParse({ github: given });
  if (success) return data.github;
  const [issue] = error.issues;
  const flag = String(issue?.path.at(-1) ?? "repository");
  const value = JSON.stringify(given[flag as keyof typeof given]);
  throw new AstroError("usage", `--${flag} is ${value}: ${issue?.message}`, `give another --${flag}`);
}

async function answered(context: Context, flags: CiOptions, remote: string | undefined): Promise<string> {
  if (canConfirm(context, flags)) {
    const { terminalAsk } = await import("../wizard/terminal-ask.ts");
    const refuse = (answer: string) => (answer.includes("/") ? undefined : "a repository of GitHub is OWNER/NAME");
    return terminalAsk(context).text({ message: "Repository on GitHub (OWNER/NAME):", refuse });
  }
  const why = remote === undefined ? "git has no remote here" : "git's remote is not at github.com";
  throw new AstroError("usage", `--repository is missing: ${why}`, "name the repository: --repository OWNER/NAME");
}

/** What the app is, how GitHub's tokens name the repository, and what of this the account has already. */
async function lookUp(context: Context, { project, site, target }: EnvironmentOperation, repository: string) {
  const ref = { name: ciStackName(site), region: site.region };
  const own = async () => {
    const isThere = (await target.cloud.stack(ref)) !== undefined;
    const resources = isThere ? await target.cloud.resources(ref) : [];
    const made = ({ type, status }: (typeof resources)[number]) =>
      type === "AWS::IAM::OIDCProvider" && !/^DELETE_/.test(status);
    return { isThere, hasProvider: resources.some(made) };
  };
  const [{ stacks }, subject, provider, stack] = await Promise.all([
    synthesise(context, project, site.region, site.environment),
    tokenSubject(context, repository),
    target.app().then((app) => app.tokenProvider(ISSUER)),
    own(),
  ]);
  return { stacks, subject, provider, stack };
}

/** What of astro.yaml becomes another. */
function editsOf(environment: string, before: GitHub | undefined, after: GitHub): readonly Edit[] {
  const path = ["environments", environment, "ci"];
  if (before === undefined)
    return [{ path, value: { github: after }, comment: "Deployed by GitHub Actions; `astro ci github` writes this." }];
  const keys = ["repository", "ids", "branch", "provider"] as const;
  return keys
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ path: [...path, "github", key], value: after[key] }));
}

/** Writes what differs from what is there; the names of that. */
async function written(directory: string, files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const differing = [...files].filter(
    ([name, text]) => textAt(join(directory, name)) !== text.replaceAll("\r\n", "\n"),
  );
  if (differing.length > 0) await writeFiles(directory, new Map(differing));
  return differing.map(([name]) => name);
}

/** The workflow as it is to be, if it is to be written; an edited one is kept unless a person says otherwise. */
async function workflowOf(
  context: Context,
  flags: CiOptions,
  { project, site }: EnvironmentOperation,
  config: Config,
  { root }: Repository,
): Promise<{ readonly text?: string; readonly kept?: boolean }> {
  const there = textAt(join(root, WORKFLOW_FILE));
  const environments = Object.entries(config.environments).flatMap(
    ([name, environment]): readonly DeployedByWorkflow[] => {
      if (environment.ci === undefined) return [];
      const place = { project: config.name, environment: name, region: environment.region };
      // Of another environment it is known where astro.yaml or an earlier run says so.
      const before = new RegExp(`:iam::(\\d{12}):role/${config.name}-${name}-deploy\\b`).exec(there ?? "")?.[1];
      const account = name === site.environment ? site.account : (environment.account ?? before ?? site.account);
      return [{ name, region: place.region, branch: environment.ci.github.branch, roles: rolesOf(place, account) }];
    },
  );
  const folder = relative(root, project.directory).split(sep).join("/") || ".";
  if (folder.includes("${{"))
    throw new AstroError(
      "config",
      `GitHub Actions would take a part of the folder's name ${folder} for an expression`,
      "rename it",
    );
  const text = renderWorkflow({ folder, project: config.name, version: context.version }, environments);
  if (there === text) return {};
  if (there === undefined || isAsAstroWrote(there)) return { text };
  const replaces =
    canConfirm(context, flags) && (await isConfirmed(context, `${WORKFLOW_FILE} was edited. Replace it?`));
  return replaces ? { text } : { kept: true };
}

function rolesOf(
  place: { readonly project: string; readonly environment: string; readonly region: string },
  account: string,
) {
  const role = (name: string) =>
    `arn:${partitionOf(place.region)}:iam::${account}:role/${place.project}-${place.environment}-${name}`;
  return { deploy: role("deploy"), plan: role("plan") };
}

/** What somebody has to know before it works. */
function noticesOf(
  { target, environment, site }: EnvironmentOperation,
  {
    subject,
    provider,
    ids,
  }: { readonly subject: TokenSubject; readonly provider: TokenProvider | undefined; readonly ids: string | undefined },
): readonly string[] {
  return [
    ...(subject.known && "custom" in subject
      ? [
          "the repository's tokens have a subject of their own (Settings, Actions, OIDC), which AWS would refuse: set it back to the default",
        ]
      : []),
    ...(!subject.known && ids === undefined
      ? [
          "GitHub could not be asked how its tokens name the repository. Where it was made, renamed or transferred since 15 July 2026 they carry numbers, and AWS refuses them without --ids OWNER_ID/REPOSITORY_ID: `gh api repos/OWNER/NAME/actions/oidc/customization/sub` says them (sub_claim_prefix)",
        ]
      : []),
    ...(provider !== undefined && !provider.audiences.includes(AUDIENCE)
      ? [`the account's provider ${provider.arn} takes no tokens for ${AUDIENCE}: add that audience to it`]
      : []),
    ...(target.rehearsing && environment.account === undefined
      ? [
          `the workflow names the rehearsal's account, ${site.account}: run it again without --rehearse before it is committed`,
        ]
      : []),
  ];
}

function nextOf(
  flags: CiOptions,
  { site }: EnvironmentOperation,
  written: readonly string[],
  isThere: boolean,
): CiReport["next"] {
  const isChanged = written.length > 0;
  const step = (text: string, line: CommandLine): Required<Hint> => ({ text, command: line });
  return [
    ...(isChanged
      ? [
          step("stage what was written", command`git add ${[...written]}`),
          step("commit it", command`git commit -m ${"Deploy by GitHub Actions"}`),
        ]
      : []),
    ...(isChanged || !isThere ? [step("make the roles", commandWith("provision", site.environment, flags))] : []),
    ...(isChanged ? [step("from then on every push deploys", command`git push`)] : []),
  ];
}
