import { join, relative } from "node:path";
import { type CommandLine, command } from "../command-line.ts";
import type { Environment } from "../config/schema.ts";
import type { Context } from "../context.ts";
import { AstroError, hintText } from "../errors.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { Site } from "../plan/provision-plan.ts";
import { type CiPolicies, ciPolicies, MOST_POLICIES } from "../policy/ci.ts";
import { MOST_CHARACTERS, sizeOf } from "../policy/statement.ts";
import type { Project } from "../project.ts";
import { readText } from "../reading/file.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import type { Stack } from "../synth/assembly.ts";

/** The roles of an environment's CI. */
const ROLES = ["deploy", "plan"] as const;

/** What the roles of an environment's CI may do, as the app reads it: by their files, from its folder. */
export type CiPolicyFiles = { readonly policies: CiPolicies; readonly files: ReadonlyMap<string, string> };

/** Derives them from the stacks; of any account where astro.yaml pins none, so that a rehearsal writes the same. */
export function ciPolicyFiles(
  project: Project,
  { name, environment }: { readonly name: string; readonly environment: Environment },
  stacks: readonly Pick<Stack, "name" | "region" | "template">[],
): CiPolicyFiles {
  const { region, account = "*", boundary } = environment;
  const place = { project: project.config.name, environment: name, region, account };
  const own = stacks.filter((stack) => stack.name !== BOOTSTRAP_STACK);
  const policies = ciPolicies(place, own, { boundary });
  const texts = ROLES.map(
    (role) => [`ci/${name}/${role}.json`, `${JSON.stringify(policies[role], null, 2)}\n`] as const,
  );
  return { policies, files: new Map(texts) };
}

/** Throws AstroError("config") where IAM would not take them (IAM User Guide, "IAM and AWS STS quotas"). */
export function withinQuotas(policies: CiPolicies): void {
  for (const role of ROLES) {
    const documents = policies[role];
    const large = documents.find((document) => sizeOf(document) > MOST_CHARACTERS);
    if (large === undefined && documents.length <= MOST_POLICIES) continue;
    const what =
      large === undefined
        ? `${documents.length} managed policies, and a role has at most ${MOST_POLICIES}`
        : `a policy of ${sizeOf(large)} characters, and IAM takes ${MOST_CHARACTERS}`;
    throw new AstroError("config", `the role that ${role === "deploy" ? "deploys" : "plans"} would need ${what}`, [
      {
        text: "move stacks of your own that CI need not deploy to another app, and see what is left with",
        command: command`astro iam-policy`,
      },
    ]);
  }
}

/** What is no longer as the app and the account are, a sentence each; `as` is the flag of the profile, if one was given. */
export function outdatedCi(
  context: Pick<Context, "cwd">,
  { project, environment, site }: { readonly project: Project; readonly environment: Environment; readonly site: Site },
  stacks: readonly Stack[],
  as: CommandLine,
): readonly string[] {
  const github = environment.ci?.github;
  if (github === undefined || project.foreign) return [];
  const { files } = ciPolicyFiles(project, { name: site.environment, environment }, stacks);
  const stale = [...files].filter(([file, text]) => textAt(join(project.directory, file)) !== text);
  const again = command`astro ci github --env ${site.environment} ${as}`;
  const names = stale.map(([file]) => relative(context.cwd, join(project.directory, file))).join(", ");
  const elsewhere = github.provider !== undefined && github.provider.split(":")[4] !== site.account;
  return [
    ...(stale.length > 0
      ? [
          `the app has changed since ${names} was written, by which GitHub Actions may deploy and plan it: ${hintText({ text: "write it anew with", command: again })}`,
        ]
      : []),
    ...(elsewhere
      ? [
          `ci.github.provider of ${site.environment} is another account's than ${site.account}: ${hintText({ text: "write it anew with", command: again })}`,
        ]
      : []),
  ];
}

/** The text of a file; `undefined` where there is none that could be read. */
export function textAt(path: string): string | undefined {
  try {
    return readText(path, MOST_BYTES.source).replaceAll("\r\n", "\n");
  } catch {
    return undefined;
  }
}
