import { realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { isPhase, PHASES, type Phase } from "../config/phases.ts";
import { AstroError, reasonOf } from "../errors.ts";
import { DEEPEST, MOST_BYTES, MOST_SAID } from "../reading/limits.ts";
import { flagSchema, listSchema, mapSchema, numberSchema, objectSchema, shaped, textSchema } from "../reading/shape.ts";
import { circleOf } from "../template/circle.ts";
import { dependencies } from "../template/graph.ts";
import type { NamedTemplate } from "../template/linked.ts";
import { asTemplate } from "../template/shape.ts";
import type { Template } from "../template/types.ts";
import type { Assembly, Stack, Wants } from "./assembly.ts";
import { type Assets, assetsIn } from "./asset-manifest.ts";
import { readPart, unreadable } from "./part.ts";

/** A cloud assembly's manifest, the part we read (AWS CDK, "cloud-assembly-schema"). */
const MANIFEST = objectSchema({
  artifacts: mapSchema(
    objectSchema({
      type: textSchema,
      environment: textSchema.optional(),
      dependencies: listSchema(textSchema).optional(),
      properties: objectSchema({
        templateFile: textSchema.optional(),
        stackName: textSchema.optional(),
        tags: mapSchema(textSchema).optional(),
        terminationProtection: flagSchema.optional(),
        directoryName: textSchema.optional(),
        file: textSchema.optional(),
        cloudFormationExecutionRoleArn: textSchema.optional(),
        requiresBootstrapStackVersion: numberSchema.optional(),
        bootstrapStackVersionSsmParameter: textSchema.optional(),
      }).optional(),
    }),
  ).optional(),
  missing: listSchema(objectSchema({ key: textSchema })).optional(),
});
type Manifest = ReturnType<typeof MANIFEST.parse>;
type Artifact = NonNullable<Manifest["artifacts"]>[string];

type Found = Omit<Stack, "phase" | "needs"> & { readonly id: string; readonly after: readonly string[] };

/** What has been read of an assembly so far: folders, and bytes of templates. */
type Reading = { readonly region: string; readonly folders: Set<string>; bytes: number };

/**
 * Reads a finished cloud assembly, nested ones included.
 * Throws AstroError("synthesis") if it is not one, or if it needs a context lookup in an account.
 */
export async function readAssembly(directory: string, fallbackRegion: string): Promise<Assembly> {
  const found = readStacks(resolve(directory), { region: fallbackRegion, folders: new Set(), bytes: 0 });
  if (found.length === 0) {
    throw new AstroError(
      "synthesis",
      `${directory} contains no stack`,
      "check that the CDK app adds its stacks to the App",
    );
  }
  const circle = circleOf(new Map(found.map(({ id, after }) => [id, after])));
  if (circle.length > 0) {
    const names = circle.map((id) => found.find((stack) => stack.id === id)?.name ?? id);
    throw circular(`${join(directory, "manifest.json")}: stacks`, names);
  }
  return { directory: resolve(directory), stacks: inPhases(found) };
}

function readStacks(directory: string, reading: Reading): readonly Found[] {
  const file = join(directory, "manifest.json");
  const real = realPath(directory, file);
  // Reading the same folder again, even through a link, would never end.
  if (reading.folders.has(real)) throw unreadable(`${file}: this assembly is nested in itself, or twice in another`);
  reading.folders.add(real);
  const manifest = readPart(file, (value) => shaped<Manifest>(MANIFEST, value));
  const [missing] = manifest.missing ?? [];
  if (missing) {
    throw new AstroError(
      "synthesis",
      `the CDK app needs a context lookup in AWS: ${missing.key}`,
      "run `npx cdk synth` once with credentials and commit cdk.context.json, or give the value in the code",
    );
  }
  const found: Found[] = [];
  for (const [id, artifact] of Object.entries(manifest.artifacts ?? {})) {
    if (artifact.type === "cdk:cloud-assembly" && artifact.properties?.directoryName) {
      found.push(...readStacks(resolve(directory, artifact.properties.directoryName), reading));
    } else if (artifact.type === "aws:cloudformation:stack") {
      found.push(readStack(directory, id, artifact, manifest, reading));
    }
  }
  return found;
}

function readStack(directory: string, id: string, artifact: Artifact, manifest: Manifest, reading: Reading): Found {
  const { properties = {} } = artifact;
  const { templateFile, stackName, tags, terminationProtection } = properties;
  const file = join(directory, templateFile ?? `${id}.template.json`);
  const template = readPart(file, asTemplate);
  const circle = circleOf(dependencies(template));
  if (circle.length > 0) throw circular(`${file}: resources`, circle);
  const body = JSON.stringify(template);
  reading.bytes += body.length;
  if (reading.bytes > MOST_BYTES.templates) {
    throw unreadable(
      `${file}: with it the templates have more than the ${MOST_BYTES.templates} bytes that astro reads`,
    );
  }
  const [, account, region] = /^aws:\/\/([^/]*)\/(.+)$/.exec(artifact.environment ?? "") ?? [];
  const after = artifact.dependencies ?? [];
  const artifacts = new Map(Object.entries(manifest.artifacts ?? {}));
  const files = after.flatMap((other) => artifacts.get(other)?.properties?.file ?? []);
  const manifests = files.map((file) => join(directory, file));
  const assets = manifests.map(assetsIn);
  const name = stackName ?? id;
  const home = region === undefined || region === "unknown-region" ? reading.region : region;
  const nested = nestedIn({ name, region: home, template }, directory, reading);
  return {
    id,
    name,
    region: home,
    ...(account !== undefined && account !== "unknown-account" && { account }),
    template,
    ...(nested.length > 0 && { nested }),
    body,
    tags: tags ?? {},
    terminationProtection: terminationProtection ?? false,
    assetManifests: manifests.filter((_, index) => assets[index]?.hasFiles),
    ...needsInAccount(properties, assets),
    after,
  };
}

/** The role of a CDK bootstrap, which BootstraplessSynthesizer names too, though its stacks need none. */
const BOOTSTRAP_ROLE = /:role\/cdk-[^/]+-cfn-exec-role-/;

/** What a stack needs in its account, by its own entry and those of its assets. */
function needsInAccount(
  properties: NonNullable<Artifact["properties"]>,
  assets: readonly Assets[],
): Pick<Stack, "wants"> {
  const {
    cloudFormationExecutionRoleArn: role,
    requiresBootstrapStackVersion: version,
    bootstrapStackVersionSsmParameter: parameter,
  } = properties;
  const buckets = [...new Set(assets.flatMap((one) => one.buckets))];
  const images = assets.flatMap((one) => one.images);
  const wants: Wants = {
    ...(parameter !== undefined && version !== undefined && { bootstrap: { parameter, version } }),
    ...(role !== undefined && !(version === undefined && BOOTSTRAP_ROLE.test(role)) && { role }),
    ...(buckets.length > 0 && { buckets }),
    ...(images.length > 0 && { images }),
  };
  return Object.keys(wants).length === 0 ? {} : { wants };
}

/**
 * The stacks nested in one, as far as the assembly has their templates: the CDK names the file in the resource's metadata
 * (AWS CDK, "aws:asset:path"). A missing or invalid template is skipped: nested templates are only priced.
 */
function nestedIn(stack: NamedTemplate, directory: string, reading: Reading, depth = 0): readonly NamedTemplate[] {
  return Object.entries(stack.template.Resources).flatMap(([logicalId, { Type, Metadata }]) => {
    const path = Type === NESTED ? Metadata?.["aws:asset:path"] : undefined;
    if (typeof path !== "string" || depth > DEEPEST) return [];
    const template = templateIn(join(directory, path));
    if (template === undefined) return [];
    reading.bytes += JSON.stringify(template).length;
    if (reading.bytes > MOST_BYTES.templates) return [];
    const { name, region } = stack;
    const one = { name: `${name}/${logicalId}`, region, template, within: { stack: name, logicalId } };
    return [one, ...nestedIn(one, directory, reading, depth + 1)];
  });
}

function templateIn(file: string): Template | undefined {
  try {
    return readPart(file, asTemplate);
  } catch {
    return undefined;
  }
}

/** The type of a nested stack. */
const NESTED = "AWS::CloudFormation::Stack";

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

function realPath(directory: string, file: string): string {
  try {
    return realpathSync(directory);
  } catch (error) {
    throw unreadable(`${file} cannot be read: ${reasonOf(error)}`, error);
  }
}

function circular(what: string, names: readonly string[]): AstroError {
  const [first = ""] = names;
  const words = `${what} depend on each other in a circle: ${[...names, first].slice(-MOST_SAID).join(" → ")}`;
  return new AstroError("synthesis", words, "remove one of these dependencies from the CDK app");
}
