import { buildImage } from "../build/build-image.ts";
import { type BuilderName, builderWords, findBuilder } from "../build/builder.ts";
import { largeContext } from "../build/context-files.ts";
import type { ImageEvent } from "../build/event.ts";
import type { ImageBuild, ImageSource } from "../build/source.ts";
import { CACHE_TAG } from "../build/words.ts";
import { command } from "../command-line.ts";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import type { ImagesPort } from "./port-images.ts";

/** An image that a task can run, and that is never another one. */
export type DeployableImage = {
  /** With its digest: `REPOSITORY@sha256:…`. */
  readonly ref: string;
  readonly digest: string;
  /** Its tag in the repository, or the name that was asked for. */
  readonly tag: string;
  readonly commit?: string;
  readonly dirty: boolean;
  /** Whether it was built by this very run. */
  readonly built: boolean;
};

export type EnsureOptions = {
  readonly source: ImageSource;
  readonly build: ImageBuild;
  /** The repository's name, `PROJECT-ENV`. */
  readonly repository: string;
  readonly builder?: BuilderName | undefined;
  readonly emit: (event: ImageEvent) => void;
  readonly signal: AbortSignal;
};

/**
 * Sees to it that the image of a source is in the repository: builds and pushes it if its tag is not there. Throws
 * AstroError where there is no builder, a build or a push fails, or what was built does not run on the tasks' machines.
 */
export async function ensureImage(
  context: Context,
  images: ImagesPort,
  { source, build, repository, builder: wanted, emit, signal }: EnsureOptions,
): Promise<DeployableImage> {
  const { tag, commit, dirty } = source;
  const [uri, stored] = await Promise.all([uriOf(images, repository), images.storedImage(repository, tag)]);
  const about = { tag, ...(commit !== undefined && { commit }), dirty };
  if (stored) {
    const { digest } = stored;
    await checkPlatform(images, repository, { digest, name: tag, wanted: build.platform, came: "found" });
    emit({ type: "image.found", tag, digest });
    return { ref: `${uri}@${digest}`, digest, ...about, built: false };
  }
  const builder = await findBuilder(context, { wanted, cwd: build.context, signal });
  const large = largeContext(build);
  if (large) emit({ type: "image.context-large", ...large });
  const { platform } = build;
  emit({ type: "image.building", builder: builderWords(builder.name), ...about, ...(platform && { platform }) });
  const caches = builder.name === "buildx" ? await images.newestTags(repository, CACHE_TAG) : [];
  const target = { name: repository, tag, caches: caches.slice(0, 1) };
  await buildImage(context, { builder, build, target, login: images.registryLogin, emit, signal });
  const pushed = await images.storedImage(repository, tag);
  if (pushed === undefined) {
    throw new AstroError(
      "failed",
      `${builderWords(builder.name)} pushed the image, and ${repository} has none with the tag ${tag}`,
      "choose another builder with --builder, or push it yourself and name it with --image",
    );
  }
  const { digest } = pushed;
  emit({ type: "image.pushed", tag, digest });
  await checkPlatform(images, repository, { digest, name: tag, wanted: platform, came: "built" });
  return { ref: `${uri}@${digest}`, digest, ...about, built: true };
}

/**
 * The image that `--image` names: a tag or a digest of the environment's own repository, or the full name of one that
 * anybody may pull. Throws AstroError("usage") for what is not there, and for another private repository's.
 */
export async function namedImage(
  images: ImagesPort,
  {
    name,
    repository,
    platform,
    signal,
  }: {
    readonly name: string;
    readonly repository: string;
    readonly platform?: string | undefined;
    readonly signal: AbortSignal;
  },
): Promise<DeployableImage> {
  const uri = await uriOf(images, repository);
  const version = versionOf(name, uri);
  if (version !== undefined) {
    const stored = await images.storedImage(repository, version);
    if (!stored) throw missing(name, `the repository ${repository} has no image ${version}`);
    const { digest, tags } = stored;
    await checkPlatform(images, repository, { digest, name, wanted: platform, came: "named" });
    const tag = version.startsWith("sha256:") ? (tags[0] ?? version) : version;
    return { ref: `${uri}@${digest}`, digest, tag, dirty: false, built: false };
  }
  if (PRIVATE.test(name)) throw elsewhere(name, repository);
  const found = await images.publicImage(name, signal);
  if (!found) throw missing(name, `there is no image ${name} that anybody may pull`);
  refuseOther(found.platforms, { name, wanted: platform, came: "named" });
  const { digest } = found;
  return { ref: `${withoutVersion(name)}@${digest}`, digest, tag: name, dirty: false, built: false };
}

/** A private repository of Amazon ECR (User Guide, "Private registry"). */
const PRIVATE = /^\d{12}\.dkr[.-]ecr(-fips)?\./;

/** What names an image of our own repository: a tag, a digest, or its URI with either. */
function versionOf(name: string, uri: string): string | undefined {
  if (name.startsWith(`${uri}@`) || name.startsWith(`${uri}:`)) return name.slice(uri.length + 1).replace(/^.*@/, "");
  return /^(sha256:[0-9a-f]{64}|\w[\w.-]{0,127})$/.test(name) ? name : undefined;
}

/** A name without its tag and digest; a colon before a slash is a port's. */
function withoutVersion(name: string): string {
  return name.replace(/@.*$/, "").replace(/:[^/:]+$/, "");
}

async function uriOf(images: ImagesPort, repository: string): Promise<string> {
  const uri = await images.repositoryUri(repository);
  if (uri !== undefined) return uri;
  throw new AstroError("failed", `there is no repository ${repository} for the image`, {
    text: "provision the environment first",
    command: command`astro provision`,
  });
}

function missing(name: string, words: string): AstroError {
  return new AstroError(
    "usage",
    `--image ${name}: ${words}`,
    "give a tag or a digest that is in the repository, or a public image's full name, or leave out --image to build one",
  );
}

function elsewhere(name: string, repository: string): AstroError {
  return new AstroError(
    "usage",
    `--image ${name}: the tasks' execution role may pull from the repository ${repository} only, and from public ones`,
    `push it to ${repository} and name its tag, or pin it in astro.yaml (service.image), which gives the role the right to pull it`,
  );
}

/** An image that was built just now, by an earlier run of the same sources, or that somebody named. */
type Came = "built" | "found" | "named";

type Wanted = { readonly name: string; readonly wanted: string | undefined; readonly came: Came };

const OTHER_MACHINES =
  "let the builder build for other machines (QEMU's binfmt handlers), or set service.architecture in astro.yaml to what it builds";

const OF_OTHER_MACHINES: { readonly [came in Came]: string } = {
  built: OTHER_MACHINES,
  found: `delete it from the repository, or commit a change, which gives the next image a tag of its own; before that, ${OTHER_MACHINES}`,
  named: "give an image of the tasks' architecture, or change service.architecture in astro.yaml and provision",
};

async function checkPlatform(
  images: ImagesPort,
  repository: string,
  { digest, ...wanted }: Wanted & { readonly digest: string },
): Promise<void> {
  if (wanted.wanted !== undefined) refuseOther(await images.imagePlatforms(repository, digest), wanted);
}

/** Throws for an image of which is known that it does not run where it is to run. */
function refuseOther(platforms: readonly string[], { name, wanted, came }: Wanted): void {
  if (wanted === undefined || platforms.length === 0) return;
  const [os, architecture] = wanted.split("/");
  if (platforms.includes(`${os}/${architecture}`)) return;
  throw new AstroError(
    came === "named" ? "usage" : "failed",
    `the image ${name} is built for ${platforms.join(", ")}, and the tasks run ${os}/${architecture}`,
    OF_OTHER_MACHINES[came],
  );
}
