import { join, resolve } from "node:path";
import type { FrontendSource } from "../../build/frontend.ts";
import type { FrontendManifest } from "../../build/frontend-manifest.ts";
import { frontendSourceName } from "../../build/frontend-source.ts";
import { type ImageBuild, type ImageSource, sourceOf } from "../../build/source.ts";
import type { CommandLine } from "../../command-line.ts";
import type { Context } from "../../context.ts";
import { namedImage } from "../../release/ensure-image.ts";
import { isPublished } from "../../release/frontend.ts";
import { frontendSite, readManifest } from "../../release/frontend-state.ts";
import { type ReleaseRecord, releasesOf } from "../../release/record.ts";
import { taskArchitecture } from "../../template/task-architecture.ts";
import type { EnvironmentOperation } from "../open.ts";
import type { DeployedApp } from "./deployed-app.ts";
import type { DeployFlags } from "./flags.ts";

/** An image that is to run: where it is known already by its digest, or what it is built from. */
export type WantedImage = {
  readonly known?: { readonly ref: string; readonly digest: string; readonly tag: string };
  readonly source?: ImageSource;
  readonly build?: ImageBuild;
};

/** A frontend that is to be served; `hash` where it is known without a build. */
export type WantedFrontend = {
  readonly source: FrontendSource;
  readonly name?: string;
  readonly hash?: string;
  /** Whether that one is served as it should be. */
  readonly isServed: boolean;
  /** What was built of the same sources before and is kept, where it is not served. */
  readonly kept?: FrontendManifest;
};

/** What a release is made of. */
export type Wanted = {
  readonly image?: WantedImage;
  readonly migrate?: CommandLine;
  readonly frontend?: WantedFrontend;
  /** The newest releases, oldest first, and the number of the next. */
  readonly releases: readonly ReleaseRecord[];
  readonly number: number;
};

/** Whether a part of a release is meant by `--only`; all are without it. */
export function isMeant({ only }: Pick<DeployFlags, "only">, ...parts: readonly string[]): boolean {
  return only === undefined || parts.includes(only);
}

/** What is to run and to be served: looks at the sources, and builds nothing. */
export async function wantedRelease(
  context: Context,
  operation: EnvironmentOperation,
  flags: DeployFlags,
  current: DeployedApp,
): Promise<Wanted> {
  const { target, site, project } = operation;
  const { migrate } = project.config;
  const listed = releasesOf(target.cloud, site, RECENT);
  const [{ last, releases }, image, frontend] = await Promise.all([
    listed,
    isMeant(flags, "api", "worker", "migrate") ? wantedImage(context, operation, flags, current) : undefined,
    isMeant(flags, "frontend")
      ? listed.then(({ releases }) => wantedFrontend(operation, current, releases))
      : undefined,
  ]);
  return {
    ...(image && { image }),
    ...(migrate && migrate.length > 0 && isMeant(flags, "migrate") && { migrate }),
    ...(frontend && { frontend }),
    releases,
    number: last + 1,
  };
}

/** Releases that are looked at for what was deployed last. */
const RECENT = 5;

const PLATFORMS = { x86_64: "linux/amd64", arm64: "linux/arm64" } as const;

/**
 * The build that astro.yaml names, its paths absolute, for the machines that the deployed tasks run on: another
 * `service.architecture` is theirs from the next provisioning on.
 */
function imageBuildOf({ project }: EnvironmentOperation, { api }: DeployedApp): ImageBuild | undefined {
  const { build } = project.config;
  if (build === undefined) return undefined;
  const context = resolve(project.directory, build.context);
  return {
    context,
    dockerfile: resolve(context, build.dockerfile),
    ...(build.target !== undefined && { target: build.target }),
    ...(build.args && { args: build.args }),
    platform: build.platform ?? PLATFORMS[taskArchitecture(api.stack.template)],
  };
}

async function wantedImage(
  context: Context,
  operation: EnvironmentOperation,
  flags: DeployFlags,
  current: DeployedApp,
): Promise<WantedImage | undefined> {
  const { repository, api } = current;
  const app = await operation.target.app();
  const build = imageBuildOf(operation, current);
  const signal = context.interruptible();
  if (flags.image !== undefined) {
    const platform = PLATFORMS[taskArchitecture(api.stack.template)];
    return { known: await namedImage(app, { name: flags.image, repository, platform, signal }) };
  }
  if (build === undefined) return undefined;
  const source = await sourceOf(context, build, signal);
  const [uri, stored] = await Promise.all([app.repositoryUri(repository), app.storedImage(repository, source.tag)]);
  const known = uri !== undefined &&
    stored && { ref: `${uri}@${stored.digest}`, digest: stored.digest, tag: source.tag };
  return { source, build, ...(known && { known }) };
}

async function wantedFrontend(
  { project, target, site }: EnvironmentOperation,
  current: DeployedApp,
  releases: readonly ReleaseRecord[],
): Promise<WantedFrontend | undefined> {
  const { frontend } = project.config;
  if (frontend === undefined) return undefined;
  const source = {
    directory: join(project.directory, frontend.directory),
    ...(frontend.build && { build: frontend.build }),
    output: frontend.output,
  };
  const name = frontendSourceName(source);
  const before = name === undefined ? undefined : releases.findLast((one) => one.frontend?.source === name)?.frontend;
  if (name === undefined || before === undefined)
    return { source, ...(name !== undefined && { name }), isServed: false };
  const { hash } = before;
  const [app, place] = [await target.app(), frontendSite(site, current.stacks)];
  if (await isPublished(app, place, hash)) return { source, name, hash, isServed: true };
  const kept = await readManifest(app, place, hash);
  // What is not kept any more has to be built again.
  return { source, name, isServed: false, ...(kept && { hash, kept }) };
}
