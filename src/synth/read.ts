import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isPhase, PHASES, type Phase } from "../config/phases.ts";
import { AstroError, reasonOf } from "../errors.ts";
import type { Template } from "../template/types.ts";
import type { Assembly, Stack } from "./assembly.ts";

/** A cloud assembly's manifest, the part we read (AWS CDK, "cloud-assembly-schema"). */
type Artifact = {
  readonly type: string;
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly tags?: { readonly [key: string]: string };
    readonly terminationProtection?: boolean;
    readonly directoryName?: string;
    readonly file?: string;
  };
};
type Manifest = {
  readonly artifacts?: { readonly [id: string]: Artifact };
  readonly missing?: readonly { readonly key: string }[];
};
type AssetManifest = {
  readonly files?: { readonly [id: string]: { readonly source?: { readonly path?: string } } };
};

type Found = Omit<Stack, "phase" | "needs"> & { readonly id: string; readonly after: readonly string[] };

/**
 * Reads a finished cloud assembly, nested ones included.
 * Throws AstroError("synthesis") if it is not one, or if it still waits for a look-up in an account.
 */
export async function readAssembly(directory: string, fallbackRegion: string): Promise<Assembly> {
  const found = await readStacks(resolve(directory), fallbackRegion);
  if (found.length === 0) {
    throw new AstroError(
      "synthesis",
      `${directory} holds no stack`,
      "check that the CDK app adds its stacks to the App",
    );
  }
  return { directory: resolve(directory), stacks: inPhases(found) };
}

async function readStacks(directory: string, region: string): Promise<readonly Found[]> {
  const manifest = await readJson<Manifest>(join(directory, "manifest.json"));
  const [missing] = manifest.missing ?? [];
  if (missing) {
    throw new AstroError(
      "synthesis",
      `the CDK app looks something up in AWS: ${missing.key}`,
      "run `npx cdk synth` once with credentials and commit cdk.context.json, or give the value in the code",
    );
  }
  const found: Found[] = [];
  for (const [id, artifact] of Object.entries(manifest.artifacts ?? {})) {
    if (artifact.type === "cdk:cloud-assembly" && artifact.properties?.directoryName) {
      found.push(...(await readStacks(join(directory, artifact.properties.directoryName), region)));
    } else if (artifact.type === "aws:cloudformation:stack") {
      found.push(await readStack(directory, id, artifact, manifest, region));
    }
  }
  return found;
}

async function readStack(
  directory: string,
  id: string,
  artifact: Artifact,
  manifest: Manifest,
  fallbackRegion: string,
): Promise<Found> {
  const { templateFile, stackName, tags, terminationProtection } = artifact.properties ?? {};
  const template = await readJson<Template>(join(directory, templateFile ?? `${id}.template.json`));
  const region = /^aws:\/\/[^/]*\/(.+)$/.exec(artifact.environment ?? "")?.[1];
  const after = artifact.dependencies ?? [];
  const files = after.flatMap((other) => manifest.artifacts?.[other]?.properties?.file ?? []);
  const manifests = files.map((file) => join(directory, file));
  const holds = await Promise.all(manifests.map(hasFiles));
  return {
    id,
    name: stackName ?? id,
    region: region === undefined || region === "unknown-region" ? fallbackRegion : region,
    template,
    body: JSON.stringify(template),
    tags: tags ?? {},
    terminationProtection: terminationProtection ?? false,
    assetManifests: manifests.filter((_, index) => holds[index]),
    after,
  };
}

/** A stack's template among its assets; a nested stack's is called otherwise (AWS CDK, "NestedStack"). */
const OWN_TEMPLATE = /(?<!\.nested)\.template\.json$/;

/** True if a manifest names a file beside the stack's own template, which the engine sends itself. */
async function hasFiles(manifest: string): Promise<boolean> {
  const { files } = await readJson<AssetManifest>(manifest);
  return Object.values(files ?? {}).some(({ source }) => !OWN_TEMPLATE.test(source?.path ?? ""));
}

/** Gives each stack its phase: the one its template names, but never before a stack it needs. */
function inPhases(found: readonly Found[]): readonly Stack[] {
  const byId = new Map(found.map((stack) => [stack.id, stack]));
  const phases = new Map<string, Phase>();
  const phaseOf = (stack: Found): Phase => {
    const known = phases.get(stack.id);
    if (known) return known;
    const named = stack.template.Metadata?.["astro:phase"];
    const before = stack.after.flatMap((id) => byId.get(id) ?? []).map((other) => PHASES.indexOf(phaseOf(other)));
    const phase = PHASES[Math.max(isPhase(named) ? PHASES.indexOf(named) : PHASES.indexOf("vpc"), ...before)] ?? "vpc";
    phases.set(stack.id, phase);
    return phase;
  };
  return found.map((stack) => {
    const { id: _, after, ...rest } = stack;
    return { ...rest, phase: phaseOf(stack), needs: after.flatMap((id) => byId.get(id)?.name ?? []) };
  });
}

async function readJson<T>(file: string): Promise<T> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as T;
  } catch (error) {
    throw new AstroError(
      "synthesis",
      `${file} cannot be read: ${reasonOf(error)}`,
      "give the folder of a finished cloud assembly (cdk.out), or leave --assembly out",
      error,
    );
  }
}
