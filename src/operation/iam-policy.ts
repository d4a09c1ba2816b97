import { mkdir, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { Context } from "../context.ts";
import { operatorPolicy } from "../policy/policy.ts";
import { openProject, selectEnvironment } from "../project.ts";
import { synthesise } from "../synth/synthesise.ts";
import { type PolicyReport, renderPolicy } from "../view/policy.ts";
import { during } from "../view/spinner.ts";

type Flags = {
  readonly dir?: string | undefined;
  readonly env?: string | undefined;
  readonly out?: string | undefined;
};

/** `astro iam-policy`: what whoever provisions an environment has to be allowed. Asks no AWS. */
export async function iamPolicy(
  context: Context,
  flags: Flags,
): Promise<{ readonly value: PolicyReport; readonly render: () => string }> {
  const project = await openProject(context, flags.dir);
  const { name, environment } = selectEnvironment(project, flags.env);
  const { region, account } = environment;
  const { stacks } = await during(context.stderr, "synthesising", () =>
    synthesise(context, project.directory, region, name),
  );
  // IAM takes a star for an account; a policy allows nothing outside the one it is in anyhow.
  const place = { project: project.config.name, environment: name, region, account: account ?? "*" };
  const { documents, uncovered } = operatorPolicy(place, stacks);
  const named = documents.map((document, index) => ({
    name: `${place.project}-${name}-operator-${index + 1}`,
    document,
  }));
  const report = { ...place, policies: named, uncovered };
  if (flags.out === undefined) return { value: report, render: () => renderPolicy(report, context.stdout) };
  const folder = resolve(context.cwd, flags.out);
  await mkdir(folder, { recursive: true });
  const policies = named.map((policy) => ({ ...policy, file: join(folder, `${policy.name}.json`) }));
  for (const { file, document } of policies) await writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
  const here = policies.map((policy) => ({ ...policy, file: relative(context.cwd, policy.file) }));
  const written = { ...report, policies: here };
  return { value: written, render: () => renderPolicy(written, context.stdout) };
}
