import { type BuiltFrontend, buildFrontend } from "../../build/frontend.ts";
import type { FrontendManifest } from "../../build/frontend-manifest.ts";
import type { Context } from "../../context.ts";
import { tell } from "../../provision/event.ts";
import { type FrontendRelease, publishFrontend } from "../../release/frontend.ts";
import { frontendSite, outputNamed, readManifest } from "../../release/frontend-state.ts";
import { type ProofCheck, proofError, proofProbes, proveRelease } from "../../release/proof.ts";
import type { EnvironmentOperation } from "../open.ts";
import type { AppStanding } from "./standing.ts";
import { releaseStep, type Teller } from "./steps.ts";
import type { WantedFrontend } from "./wanted.ts";

/** Builds the frontend and reads what that wrote; `release` is what the build learns of the release. */
export function builtFrontend(
  context: Context,
  { target }: EnvironmentOperation,
  { source }: WantedFrontend,
  release: string,
  teller: Teller,
): Promise<BuiltFrontend> {
  const line = (said: string) => tell(teller, { type: "step.output", step: "build", line: said });
  return target.still(() => buildFrontend(context, source, { release, line }));
}

/** Builds the frontend where nothing else is built. */
export async function frontendBuildStep(
  teller: Teller,
  { source }: WantedFrontend,
  build: () => Promise<void>,
): Promise<void> {
  await releaseStep(teller, "build", { ...(source.build && { command: source.build }) }, async () => {
    await build();
    return { value: undefined, done: { outcome: "done" } };
  });
}

/** Serves the frontend: what was just built, or what was built of the same sources before. */
export async function frontendStep(
  operation: EnvironmentOperation,
  standing: AppStanding,
  { hash }: WantedFrontend,
  built: BuiltFrontend | undefined,
  teller: Teller,
): Promise<FrontendManifest> {
  const app = await operation.target.app();
  const place = frontendSite(operation.site, standing.stacks);
  return releaseStep(teller, "frontend", {}, async () => {
    const manifest = built?.manifest ?? (hash === undefined ? undefined : await readManifest(app, place, hash));
    if (manifest === undefined) throw new Error("nothing is to be served");
    return servedBy(operation, standing, { manifest, ...(built && { folder: built.folder }) }, teller);
  });
}

/** Serves a frontend that is kept: that of an earlier release. */
export async function keptFrontendStep(
  operation: EnvironmentOperation,
  standing: AppStanding,
  manifest: FrontendManifest,
  teller: Teller,
): Promise<FrontendManifest> {
  return releaseStep(teller, "frontend", {}, () => servedBy(operation, standing, { manifest }, teller));
}

async function servedBy(
  { target, site }: EnvironmentOperation,
  standing: AppStanding,
  release: FrontendRelease,
  teller: Teller,
) {
  const app = await target.app();
  const place = frontendSite(site, standing.stacks);
  const progress = ({ done, of }: { readonly done: number; readonly of: number }) =>
    tell(teller, { type: "step.progress", step: "frontend", done, of });
  const result = await target.still(() => publishFrontend(app, place, release, { clock: target.clock, progress }));
  const { sent, placed } = result;
  const outcome = placed === 0 && sent === 0 ? ("unchanged" as const) : ("done" as const);
  return { value: release.manifest, done: { outcome, sent, placed } };
}

/** Asks whether what was released answers, and what each has answered. Throws what `proofError` makes of what does not. */
export async function proveStep(
  { target, environment }: EnvironmentOperation,
  { stacks }: AppStanding,
  manifest: FrontendManifest | undefined,
  teller: Teller,
  signal: AbortSignal,
): Promise<readonly ProofCheck[]> {
  const outputs = (name: string) => outputNamed(stacks, name);
  const { healthPath } = environment.service;
  const probes = proofProbes({ outputs, healthPath, ...(manifest && { manifest }) });
  return releaseStep(teller, "prove", {}, async () => {
    const checks = await proveRelease(probes, {
      ask: target.ask,
      clock: target.clock,
      signal,
      tell: ({ about, through, url, status, firstByte, fault }) =>
        tell(teller, {
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
