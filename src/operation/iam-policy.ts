import { readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { boundaryArn } from "../config/schema.ts";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import { stateFolder } from "../plan/bootstrap.ts";
import type { PolicyLimit } from "../policy/limits.ts";
import { bootstrapPolicy, operatorPolicy } from "../policy/policy.ts";
import { openProject, selectEnvironment } from "../project.ts";
import { writeFiles } from "../scaffold/write.ts";
import type { Stack } from "../synth/assembly.ts";
import { synthesise } from "../synth/synthesise.ts";
import { type PolicyReport, renderPolicy } from "../view/policy.ts";
import { during } from "../view/spinner.ts";

type Flags = {
  readonly dir?: string | undefined;
  readonly env?: string | undefined;
  readonly out?: string | undefined;
  readonly boundary?: string | undefined;
  readonly bootstrap?: boolean | undefined;
};

/** `astro iam-policy`: the permissions needed to provision an environment. Makes no AWS call. */
export async function iamPolicy(
  context: Context,
  flags: Flags,
): Promise<{ readonly value: PolicyReport; readonly render: () => string }> {
  const project = await openProject(context, flags.dir);
  const { name, environment } = selectEnvironment(project, flags.env);
  const { region, account } = environment;
  const boundary = boundaryOf(flags.boundary) ?? environment.boundary;
  const { stacks } = await during(context.stderr, "synthesising", () => synthesise(context, project, region, name));
  // IAM takes a star for an account; a policy allows nothing outside the one it is in anyhow.
  const place = { project: project.config.name, environment: name, region, account: account ?? "*" };
  const regions = stacks.map((stack) => stack.region);
  const { documents, ...words } =
    flags.bootstrap === true
      ? { documents: bootstrapPolicy(place, regions), uncovered: [], warnings: [], limits: [] }
      : operatorPolicy(place, stacks, { boundary });
  const holder = flags.bootstrap === true ? "astro-bootstrap" : `${place.project}-${name}-operator`;
  const named = documents.map((document, index) => ({ name: `${holder}-${index + 1}`, document }));
  const files = flags.bootstrap === true ? [] : await sharedFiles(stacks, stateFolder(place));
  const report: PolicyReport = {
    ...place,
    of: flags.bootstrap === true ? "bootstrap" : "environment",
    policies: named,
    ...words,
    warnings: [...words.warnings, ...files],
  };
  if (flags.out === undefined) return { value: report, render: () => renderPolicy(report, context.stdout) };
  const folder = resolve(context.cwd, flags.out);
  const policies = named.map((policy) => ({ ...policy, file: join(folder, `${policy.name}.json`) }));
  const texts = named.map(({ name, document }) => [`${name}.json`, `${JSON.stringify(document, null, 2)}\n`] as const);
  await writeFiles(folder, new Map(texts));
  const here = policies.map((policy) => ({ ...policy, file: relative(context.cwd, policy.file) }));
  const written = { ...report, policies: here };
  return { value: written, render: () => renderPolicy(written, context.stdout) };
}

function boundaryOf(flag: string | undefined): string | undefined {
  if (flag === undefined) return undefined;
  const { success, error } = boundaryArn.safeParse(flag);
  if (success) return flag;
  const reason = error.issues.map(({ message }) => message).join("; ");
  throw new AstroError("usage", `--boundary is ${JSON.stringify(flag)}: ${reason}`, "give the ARN of a managed policy");
}

type Manifest = {
  readonly files?: {
    readonly [id: string]: {
      readonly source?: { readonly path?: string };
      readonly destinations?: { readonly [id: string]: { readonly objectKey?: string } };
    };
  };
};

/** Files that an app written by an earlier astro publishes beside its environment's folder. */
async function sharedFiles(stacks: readonly Stack[], folder: string): Promise<readonly PolicyLimit[]> {
  const found: string[] = [];
  for (const { name, assetManifests } of stacks) {
    for (const file of assetManifests) {
      const { files = {} } = JSON.parse(await readFile(file, "utf8")) as Manifest;
      const keys = Object.values(files)
        .filter(({ source }) => source?.path?.endsWith(".template.json") !== true)
        .flatMap(({ destinations = {} }) => Object.values(destinations).map(({ objectKey = "" }) => objectKey));
      if (keys.some((key) => !key.startsWith(folder))) found.push(name);
    }
  }
  if (found.length === 0) return [];
  const says = `are published outside the environment's own folder, where no operator may write: in lib/astro-stack.ts set bucketPrefix to "${folder}assets/"`;
  return [{ about: `files of ${found.join(", ")}`, says }];
}
