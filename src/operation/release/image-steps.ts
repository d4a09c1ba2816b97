import { dockerfileOf } from "../../build/context-files.ts";
import type { ImageEvent } from "../../build/event.ts";
import type { ImageBuild } from "../../build/source.ts";
import type { Context } from "../../context.ts";
import { AstroError } from "../../errors.ts";
import { tell } from "../../provision/event.ts";
import { readText } from "../../reading/file.ts";
import { MOST_BYTES } from "../../reading/limits.ts";
import { redact } from "../../redact.ts";
import { ensureImage } from "../../release/ensure-image.ts";
import type { ImageScan } from "../../release/port-images.ts";
import type { ReleasedImage } from "../../release/record.ts";
import { weaknessWords } from "../../view/event-words.ts";
import type { EnvironmentOperation } from "../open.ts";
import { builderOf, type DeployFlags } from "./flags.ts";
import type { AppStanding } from "./standing.ts";
import { releaseStep, type Teller } from "./steps.ts";
import type { WantedImage } from "./wanted.ts";

/** Sees to it that the image of a release is in the repository; what it is known by there. `more` is built with it. */
export async function imageStep(
  context: Context,
  { target }: EnvironmentOperation,
  flags: DeployFlags,
  { repository }: AppStanding,
  { known, source, build }: WantedImage,
  teller: Teller,
  signal: AbortSignal,
  more: () => Promise<void>,
): Promise<ReleasedImage> {
  if (known && (flags.image !== undefined || source === undefined || build === undefined)) return known;
  if (source === undefined || build === undefined) throw new Error("nothing is to be built");
  const app = await target.app();
  const emit = (event: ImageEvent) => {
    if (event.type === "image.output") tell(teller, { type: "step.output", step: "build", line: redact(event.line) });
    if (event.type === "image.context-large") {
      const { bytes, files } = event;
      tell(teller, { type: "context.large", bytes, files });
    }
    if (event.type === "image.pushing") tell(teller, { type: "step.progress", step: "build", status: "PUSHING" });
  };
  return releaseStep(teller, "build", { ...(flags.builder !== undefined && { builder: flags.builder }) }, async () => {
    const builder = builderOf(flags);
    const made = await target.still(() =>
      ensureImage(context, app, { source, build: toldRelease(build, source.tag), repository, builder, emit, signal }),
    );
    await more();
    const { ref, digest, tag, built } = made;
    return { value: { ref, digest, tag }, done: { outcome: built ? "done" : "unchanged", tag, digest } };
  });
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

/** Milliseconds between two looks at a scan, and how many there are: with `--fail-on` it is waited for. */
const LOOK = 5000;
const SHORT = 3;
const LONG = 36;

/** Tells what the repository's scan found. Throws AstroError("failed") with `--fail-on critical` for what is critical. */
export async function scanned(
  { target }: EnvironmentOperation,
  flags: DeployFlags,
  { repository }: AppStanding,
  { ref, digest }: ReleasedImage,
  teller: Teller,
  signal: AbortSignal,
): Promise<void> {
  const app = await target.app();
  const isDemanded = flags.failOn === "critical";
  // Of a public image the repository knows nothing.
  if (!isDemanded && !ref.includes(`/${repository}@`)) return;
  const most = isDemanded ? LONG : SHORT;
  let scan: ImageScan = { status: "in-progress" };
  for (let looks = 0; looks < most && scan.status === "in-progress"; looks++) {
    if (looks > 0) await teller.clock.sleep(LOOK, signal);
    scan = await app.imageScan(repository, digest);
  }
  if (scan.status === "complete") {
    const { critical } = scan;
    const findings = scan.findings.map(weaknessWords);
    if (critical > 0 || isDemanded) {
      const found = scan.findings.map(({ name, package: of }) => ({ name, ...(of !== undefined && { package: of }) }));
      tell(teller, { type: "image.scanned", critical, findings: found });
    }
    if (critical === 0 || !isDemanded) return;
    throw new AstroError(
      "failed",
      `the image has ${critical} findings of severity CRITICAL: ${findings.join(", ")}; nothing was rolled out`,
      "update the base image or the packages, or deploy without --fail-on critical",
    );
  }
  if (!isDemanded) return;
  const why =
    scan.status === "failed"
      ? scan.reason
      : scan.status === "none"
        ? "the repository scans none"
        : "it is not done yet";
  throw new AstroError(
    "failed",
    `the image's scan says nothing: ${why}; nothing was rolled out`,
    "wait a minute and run the same command again, or deploy without --fail-on critical",
  );
}
