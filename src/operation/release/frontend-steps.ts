import type { FrontendManifest } from "../../build/frontend-manifest.ts";
import { tell } from "../../provision/event.ts";
import { type FrontendRelease, publishFrontend } from "../../release/frontend.ts";
import { frontendSite, outputNamed } from "../../release/frontend-state.ts";
import { type ProofCheck, proofError, proofProbes, proveRelease } from "../../release/proof.ts";
import type { EnvironmentOperation } from "../open.ts";
import type { DeployedApp } from "./deployed-app.ts";
import { releaseStep, type StepReporter } from "./steps.ts";

/** Serves a frontend: what was just built, or what is kept of an earlier build. */
export async function frontendStep(
  { target, site }: EnvironmentOperation,
  { stacks }: DeployedApp,
  release: FrontendRelease,
  reporter: StepReporter,
): Promise<FrontendManifest> {
  const app = await target.app();
  const progress = ({ done, of }: { readonly done: number; readonly of: number }) =>
    tell(reporter, { type: "step.progress", step: "frontend", done, of });
  return releaseStep(reporter, "frontend", {}, async () => {
    const place = frontendSite(site, stacks);
    const result = await target.still(() => publishFrontend(app, place, release, { clock: target.clock, progress }));
    const { sent, placed } = result;
    const outcome = placed === 0 && sent === 0 ? "unchanged" : "done";
    return { value: release.manifest, done: { outcome, sent, placed } };
  });
}

/** Asks whether what was released answers, and what each has answered. Throws what `proofError` makes of what does not. */
export async function proveStep(
  { target, environment }: EnvironmentOperation,
  { stacks }: DeployedApp,
  manifest: FrontendManifest | undefined,
  reporter: StepReporter,
  signal: AbortSignal,
): Promise<readonly ProofCheck[]> {
  const outputs = (name: string) => outputNamed(stacks, name);
  const { healthPath } = environment.service;
  const probes = proofProbes({ outputs, healthPath, ...(manifest && { manifest }) });
  return releaseStep(reporter, "prove", {}, async () => {
    const checks = await proveRelease(probes, {
      ask: target.ask,
      clock: target.clock,
      signal,
      tell: ({ about, through, url, status, firstByte, fault }) =>
        tell(reporter, {
          type: "url.asked",
          about,
          through,
          url,
          isGood: fault === undefined,
          ...(status !== undefined && { status }),
          ...(firstByte !== undefined && { firstByte: Math.round(firstByte) }),
        }),
    });
    const error = proofError(checks);
    if (error) throw error;
    return { value: checks, done: { outcome: "done" } };
  });
}
