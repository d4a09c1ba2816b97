import { AstroError } from "../../errors.ts";
import { tell } from "../../provision/event.ts";
import type { ImageScan } from "../../release/port-images.ts";
import type { ReleasedImage } from "../../release/record.ts";
import { weaknessWords } from "../../view/event-words.ts";
import type { EnvironmentOperation } from "../open.ts";
import type { DeployedApp } from "./deployed-app.ts";
import type { DeployFlags } from "./flags.ts";
import type { StepReporter } from "./steps.ts";

/** Milliseconds between two looks at a scan, and how many there are: with `--fail-on` it is waited for. */
const LOOK = 5000;
const SHORT = 3;
const LONG = 36;

/** Tells what the repository's scan found. Throws AstroError("failed") with `--fail-on critical` for what is critical. */
export async function scanned(
  { target }: EnvironmentOperation,
  flags: DeployFlags,
  { repository }: DeployedApp,
  { ref, digest }: ReleasedImage,
  reporter: StepReporter,
  signal: AbortSignal,
): Promise<void> {
  const app = await target.app();
  const isDemanded = flags.failOn === "critical";
  // Of a public image the repository knows nothing.
  if (!isDemanded && !ref.includes(`/${repository}@`)) return;
  const most = isDemanded ? LONG : SHORT;
  let scan: ImageScan = { status: "in-progress" };
  for (let looks = 0; looks < most && scan.status === "in-progress"; looks++) {
    if (looks > 0) await reporter.clock.sleep(LOOK, signal);
    scan = await app.imageScan(repository, digest);
  }
  if (scan.status === "complete") {
    const { critical } = scan;
    const findings = scan.findings.map(weaknessWords);
    if (critical > 0 || isDemanded) {
      const found = scan.findings.map(({ name, package: of }) => ({ name, ...(of !== undefined && { package: of }) }));
      tell(reporter, { type: "image.scanned", critical, findings: found });
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
