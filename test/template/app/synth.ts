import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { config, type EnvironmentInput } from "../../../src/config/schema.ts";
import type { Stack } from "../../../src/synth/assembly.ts";
import { readAssembly } from "../../../src/synth/read.ts";
import type { Template } from "../../../src/template/types.ts";

/** The folder that `astro init` copies. */
export const APP = fileURLToPath(new URL("../../../templates/app", import.meta.url));

/** One stack as the app synthesised it. */
export type Synthesised = {
  readonly stackName: string;
  readonly template: Template;
  readonly tags: { readonly [key: string]: string };
  readonly environment: { readonly region: string };
  /** Names of the stacks that must stand before. */
  readonly needs: readonly string[];
};

type CdkStack = Omit<Synthesised, "needs"> & { readonly dependencies: readonly { readonly id: string }[] };
type AppModule = {
  buildApp(
    config: unknown,
    props: { outdir: string; stackTraces: boolean; treeMetadata: boolean },
  ): { synth(): { readonly stacks: readonly CdkStack[] } };
};
type ConfigModule = { complete(parsed: unknown): { environments: object } };

// A program of its own, with a compiler configuration of its own: loaded by its path, not compiled with us.
const app: AppModule = await import(/* @vite-ignore */ join(APP, "lib/app.ts"));
/** The app's own reading of astro.yaml. */
export const appConfig: ConfigModule = await import(/* @vite-ignore */ join(APP, "lib/config.ts"));

process.env.CDK_VALIDATION = "false";

/** Synthesises the environment `dev` of the project `astro`, or another; throws if astro.yaml would be refused. */
export function synthesise(chosen: EnvironmentInput, project = "astro", name = "dev"): readonly Synthesised[] {
  const input = { name: project, environments: { [name]: chosen } };
  config.parse(input);
  const outdir = mkdtempSync(join(tmpdir(), "astro-template-"));
  try {
    const { stacks } = app
      .buildApp(appConfig.complete(input), { outdir, stackTraces: false, treeMetadata: false })
      .synth();
    // The template is read from disk on first use: before the folder goes.
    return stacks.map(({ stackName, template, tags, environment, dependencies }) => ({
      stackName,
      template,
      tags,
      environment,
      needs: dependencies.map(({ id }) => id),
    }));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The same as astro reads it from the cloud assembly that the app writes. */
export async function assemblyOf(chosen: EnvironmentInput, project: string, name: string): Promise<readonly Stack[]> {
  const input = { name: project, environments: { [name]: chosen } };
  config.parse(input);
  const outdir = mkdtempSync(join(tmpdir(), "astro-template-"));
  try {
    app.buildApp(appConfig.complete(input), { outdir, stackTraces: false, treeMetadata: false }).synth();
    return (await readAssembly(outdir, chosen.region)).stacks;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The same by the stack's short name, `network` for `astro-dev-network`. */
export function templatesOf(environment: EnvironmentInput): { readonly [stack: string]: Template } {
  return Object.fromEntries(
    synthesise(environment).map(({ stackName, template }) => [stackName.slice("astro-dev-".length), template]),
  );
}
