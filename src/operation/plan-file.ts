import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { command } from "../command-line.ts";
import type { Context } from "../context.ts";
import { AstroError, reasonOf } from "../errors.ts";
import type { DeployedTemplate } from "../plan/deployed.ts";
import { type Seen, whatMoved } from "../plan/moved.ts";
import type { Plan } from "../plan/plan.ts";
import { readText } from "../reading/file.ts";
import { readJson } from "../reading/json.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import { ReadingError } from "../reading/reading-error.ts";
import { shaped } from "../reading/shape.ts";
import type { Stack, Wants } from "../synth/assembly.ts";
import { digestOfAssets } from "../synth/published.ts";
import { asTemplate } from "../template/shape.ts";
import type { EnvironmentOperation } from "./open.ts";
import { CONTENT } from "./plan-shape.ts";
import type { Proposal } from "./propose.ts";

const FORMAT = "astro-plan";
const VERSION = 2;

/** A saved plan, with what it was made from. */
type PlanFile = {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** Of everything below: detects accidental changes, not deliberate ones. */
  readonly digest: string;
  readonly content: Content;
};

type Content = {
  /** ISO 8601. */
  readonly made: string;
  readonly astro: string;
  /** True if it was made in a simulation, and applies only there. */
  readonly rehearsal: boolean;
  readonly seen: readonly Seen[];
  readonly plan: Plan;
  /** What the plan's steps deploy. */
  readonly stacks: readonly WrittenStack[];
};

/** The template's text follows from the template; asset manifests are named from the project's folder. */
type WrittenStack = Omit<Stack, "body" | "assetManifests" | "nested"> & {
  readonly assets: readonly Asset[];
};
type Asset = { readonly manifest: string; readonly digest: string };

/** A plan read back from its file. */
export type KeptPlan = { readonly file: string; readonly content: Content };

/** Writes a plan so that `astro provision FILE` carries out just what the file says. Throws AstroError("failed"). */
export async function keepPlan(
  context: Context,
  { project, target }: EnvironmentOperation,
  { plan, stacks, known }: Proposal,
  file: string,
): Promise<void> {
  const content: Content = {
    made: context.clock.now().toISOString(),
    astro: context.version,
    rehearsal: target.rehearsing !== undefined,
    seen: seenIn(known.deployed),
    // Drift is read again when the plan is carried out.
    plan: { ...plan, steps: plan.steps.map(({ drift: _, unseen: _unseen, ...step }) => step) },
    stacks: await Promise.all(stacks.map((stack) => written(stack, project.directory))),
  };
  const kept: PlanFile = { format: FORMAT, version: VERSION, digest: digestOf(JSON.stringify(content)), content };
  try {
    // It holds templates, which describe secrets and access: readable by its owner only.
    await writeFile(resolve(context.cwd, file), `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new AstroError("failed", `${file} cannot be written: ${reasonOf(error)}`, "choose another file", error);
  }
}

/** Reads a plan back. Throws AstroError("config") for a file that is none, or is no longer what astro wrote. */
export async function readPlan(context: Context, file: string): Promise<KeptPlan> {
  const bad = (words: string, cause?: unknown) => new AstroError("config", `${file}: ${words}`, anew(file), cause);
  let kept: Partial<PlanFile> | null;
  try {
    kept = readJson(readText(resolve(context.cwd, file), MOST_BYTES.plan)) as Partial<PlanFile> | null;
  } catch (error) {
    if (error instanceof ReadingError) throw new AstroError("config", error.in(file), anew(file), error);
    throw bad(reasonOf(error), error);
  }
  if (kept?.format !== FORMAT) throw bad("not a plan file written by astro");
  if (kept.version !== VERSION)
    throw bad(`a plan file of version ${kept.version}, but this astro reads version ${VERSION}`);
  const { content } = kept;
  if (content === undefined || digestOf(JSON.stringify(content)) !== kept.digest) {
    throw bad("modified since astro wrote it");
  }
  try {
    // A digest shows that the file is complete, not who wrote it.
    for (const { template } of shaped<Content>(CONTENT, content).stacks) asTemplate(template);
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error;
    throw bad(`not a plan file written by astro: ${error.message}`, error);
  }
  return { file, content };
}

const anew = (file: string) => ({ text: "write it again with", command: command`astro plan --out ${file}` });

/**
 * The plan of the file and the stacks it deploys, unless it is stale. Throws AstroError("failed") that says what
 * changed, ("wrong-account") for another account.
 */
export async function recallPlan(
  { project, site }: EnvironmentOperation,
  { file, content: { plan, stacks, seen } }: KeptPlan,
  deployed: readonly DeployedTemplate[],
): Promise<Pick<Proposal, "plan" | "stacks">> {
  if (plan.account !== site.account) {
    throw new AstroError(
      "wrong-account",
      `${file} is a plan for account ${plan.account}, but these credentials are of ${site.account}`,
      "choose the right profile (--profile NAME)",
    );
  }
  const place = ({ project: name, environment, region }: typeof site) => `${name} ${environment} in ${region}`;
  const moved = [
    ...(place(plan) === place(site) ? [] : [`it was made for ${place(plan)}, but astro.yaml now says ${place(site)}`]),
    ...whatMoved(seen, seenIn(deployed)),
  ];
  const assembly = await Promise.all(stacks.map((stack) => revived(stack, project.directory, moved)));
  if (moved.length > 0) {
    const hint = { text: "plan again", command: command`astro plan --env ${plan.environment} --out ${file}` };
    throw new AstroError("failed", `${file}: the plan is stale: ${moved.join("; ")}`, hint);
  }
  return { plan, stacks: assembly };
}

/** The state of each deployed stack; its template as a digest. */
function seenIn(deployed: readonly DeployedTemplate[]): readonly Seen[] {
  return deployed.map(({ name, region, id, status, createdAt, updatedAt, tags, template }) => ({
    stack: name,
    region,
    id,
    status,
    changed: (updatedAt ?? createdAt).toISOString(),
    content: digestOf(JSON.stringify([template, Object.entries(tags).sort()])),
  }));
}

async function written(whole: Stack, directory: string): Promise<WrittenStack> {
  const { body: _body, nested: _nested, assetManifests, wants, ...stack } = whole;
  const assets = assetManifests.map(async (path) => ({
    manifest: relative(directory, path),
    digest: await digestOfAssets(path),
  }));
  return {
    ...stack,
    assets: await Promise.all(assets),
    ...(wants && { wants: placed(wants, (path) => relative(directory, path)) }),
  };
}

async function revived({ assets, wants, ...stack }: WrittenStack, directory: string, moved: string[]): Promise<Stack> {
  for (const { manifest, digest } of assets) {
    if ((await digestOfAssets(resolve(directory, manifest))) === digest) continue;
    moved.push(`${manifest}, or one of the files of ${stack.name} that it publishes, has changed`);
  }
  const assetManifests = assets.map(({ manifest }) => resolve(directory, manifest));
  const body = JSON.stringify(stack.template);
  return { ...stack, body, assetManifests, ...(wants && { wants: placed(wants, (path) => resolve(directory, path)) }) };
}

/** What an app counts on, with the manifests of its images at other paths. */
function placed(wants: Wants, place: (path: string) => string): Wants {
  const images = wants.images?.map((image) => ({ ...image, manifest: place(image.manifest) }));
  return { ...wants, ...(images && { images }) };
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
