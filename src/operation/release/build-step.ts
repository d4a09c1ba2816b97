import { dockerfileOf } from "../../build/context-files.ts";
import type { ImageEvent } from "../../build/event.ts";
import { type BuiltFrontend, buildFrontend } from "../../build/frontend.ts";
import type { ImageBuild } from "../../build/source.ts";
import type { Context } from "../../context.ts";
import { tell } from "../../provision/event.ts";
import { readText } from "../../reading/file.ts";
import { MOST_BYTES } from "../../reading/limits.ts";
import { redact } from "../../redact.ts";
import { type DeployableImage, ensureImage } from "../../release/ensure-image.ts";
import type { ReleasedImage } from "../../release/record.ts";
import type { EnvironmentOperation } from "../open.ts";
import type { DeployedApp } from "./deployed-app.ts";
import { builderOf, type DeployFlags } from "./flags.ts";
import { releaseStep, type StepReporter } from "./steps.ts";
import type { WantedFrontend, WantedImage } from "./wanted.ts";

/** What is to be built of a release, and what the builds learn of it. */
type Building = {
  readonly image?: Required<Pick<WantedImage, "source" | "build">> | undefined;
  readonly frontend?: Pick<WantedFrontend, "source"> | undefined;
  readonly release: string;
};

/** What was built: the image as the repository has it, the frontend in its folder. */
export type Built = { readonly image?: ReleasedImage; readonly frontend?: BuiltFrontend };

/** Builds what is to be built, before anything is changed; the image is in the repository then. */
export async function buildStep(
  context: Context,
  operation: EnvironmentOperation,
  flags: DeployFlags,
  app: DeployedApp,
  { image, frontend, release }: Building,
  reporter: StepReporter,
  signal: AbortSignal,
): Promise<Built> {
  const command = image === undefined ? frontend?.source.build : undefined;
  const about = { ...(flags.builder !== undefined && { builder: flags.builder }), ...(command && { command }) };
  return releaseStep(reporter, "build", about, async () => {
    const made = image && (await imageOf(context, operation, flags, app, image, reporter, signal));
    const line = (said: string) => tell(reporter, { type: "step.output", step: "build", line: said });
    const files =
      frontend && (await operation.target.still(() => buildFrontend(context, frontend.source, { release, line })));
    const { ref, digest = "", tag = "", built } = made ?? {};
    return {
      value: { ...(ref !== undefined && { image: { ref, digest, tag } }), ...(files && { frontend: files }) },
      done: { outcome: built === false && !files ? "unchanged" : "done", ...(made && { tag, digest }) },
    };
  });
}

/** Sees to it that the image of a release is in the repository. */
async function imageOf(
  context: Context,
  { target }: EnvironmentOperation,
  flags: DeployFlags,
  { repository }: DeployedApp,
  { source, build }: NonNullable<Building["image"]>,
  reporter: StepReporter,
  signal: AbortSignal,
): Promise<DeployableImage> {
  const app = await target.app();
  const builder = builderOf(flags);
  const emit = (event: ImageEvent) => {
    if (event.type === "image.output") tell(reporter, { type: "step.output", step: "build", line: redact(event.line) });
    if (event.type === "image.context-large") {
      const { bytes, files } = event;
      tell(reporter, { type: "context.large", bytes, files });
    }
    if (event.type === "image.pushing") tell(reporter, { type: "step.progress", step: "build", status: "PUSHING" });
  };
  return target.still(() =>
    ensureImage(context, app, { source, build: toldRelease(build, source.tag), repository, builder, emit, signal }),
  );
}

/** The build with the release's name as the argument RELEASE, where its Dockerfile takes one and astro.yaml gives none. */
function toldRelease(build: ImageBuild, release: string): ImageBuild {
  try {
    const takes = /^\s*ARG\s+RELEASE\b/im.test(readText(dockerfileOf(build), MOST_BYTES.source));
    return takes ? { ...build, args: { RELEASE: release, ...build.args } } : build;
  } catch {
    // Its builder says what is wrong with it.
    return build;
  }
}
