import { type Builder, builderWords } from "./builder.ts";
import { dockerfileOf } from "./context-files.ts";
import type { LoggedIn } from "./registry-login.ts";
import type { ImageBuild } from "./source.ts";

/** Where an image goes. */
export type ImageTarget = {
  /** The registry's address and the repository: an image's name without its tag. */
  readonly repository: string;
  readonly tag: string;
  readonly insecure: boolean;
  /** Tags of caches that earlier builds left in the repository, and the one of this build's. */
  readonly caches: readonly string[];
};

/** What a cache's tag begins with: the repository's lifecycle rule keeps the newest of these alone. */
export const CACHE_TAG = "build-cache-";

/** The programs that make an image and bring it there, one after the other. */
export type BuildSteps = { readonly build: readonly string[]; readonly push?: readonly string[] };

/**
 * The words of a build and of its push. A plain manifest, without attestations: not every runtime takes an index for an
 * image (Docker documentation, "Build attestations").
 */
export function buildSteps(builder: Builder, build: ImageBuild, target: ImageTarget, login: LoggedIn): BuildSteps {
  const { name, program } = builder;
  const ref = `${target.repository}:${target.tag}`;
  const what = [
    ...(build.platform === undefined ? [] : ["--platform", build.platform]),
    ...(build.target === undefined ? [] : ["--target", build.target]),
    ...Object.entries(build.args ?? {}).flatMap(([arg, value]) => ["--build-arg", `${arg}=${value}`]),
    ...["--tag", ref, "--file", dockerfileOf(build)],
  ];
  if (name === "buildx") {
    // Its builder may run where this machine's own address is another's: what is served here, docker itself takes there.
    const ends = target.insecure ? ["--load"] : [...cacheWords(builder, target), "--push"];
    const plain = ["--progress", "plain", "--provenance=false", "--sbom=false"];
    const words = [...program, "build", ...plain, ...what, ...ends, build.context];
    return target.insecure ? { build: words, push: ["docker", "push", ref] } : { build: words };
  }
  if (name === "podman" || name === "buildah") {
    const { repository } = target;
    const cache = builder.caches ? ["--cache-from", repository, "--cache-to", repository] : [];
    // Docker's format keeps a HEALTHCHECK, which OCI's has no place for (podman-build(1), "--format").
    const how = ["--layers", "--format", "docker", ...login.words, ...cache];
    return {
      build: [...program, "build", ...how, ...what, build.context],
      push: [...program, "push", ...login.words, ref],
    };
  }
  const plain = target.insecure && name === "nerdctl" ? ["--insecure-registry"] : [];
  return {
    build: [builderWords(name), "build", ...what, build.context],
    push: [builderWords(name), ...plain, "push", ref],
  };
}

/** Amazon ECR takes a cache as an image's manifest alone (AWS Containers Blog, "Announcing remote cache support in Amazon ECR for BuildKit clients"). */
function cacheWords({ caches }: Builder, target: ImageTarget): readonly string[] {
  const inRepository = (tag: string) => `type=registry,ref=${target.repository}:${tag}`;
  const from = target.caches.flatMap((tag) => ["--cache-from", inRepository(tag)]);
  if (!caches) return from;
  const to = `${inRepository(`${CACHE_TAG}${target.tag}`)},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`;
  return [...from, "--cache-to", to];
}
