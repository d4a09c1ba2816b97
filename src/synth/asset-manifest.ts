import { map, shaped, text, thing } from "../reading/shape.ts";
import type { ImageAsset } from "./assembly.ts";
import { readPart } from "./part.ts";

const DESTINATIONS = map(
  thing({ bucketName: text.optional(), repositoryName: text.optional(), imageTag: text.optional() }),
);

/** An asset manifest, the part we read (AWS CDK, "cloud-assembly-schema", AssetManifest). */
const ASSETS = thing({
  files: map(
    thing({
      source: thing({ path: text.optional() }).optional(),
      destinations: DESTINATIONS.optional(),
    }),
  ).optional(),
  dockerImages: map(thing({ destinations: DESTINATIONS.optional() })).optional(),
});
type AssetManifest = ReturnType<typeof ASSETS.parse>;

/** A stack's template among its assets; a nested stack's is called otherwise (AWS CDK, "NestedStack"). */
const OWN_TEMPLATE = /(?<!\.nested)\.template\.json$/;

/** The files and folders that an asset manifest publishes, named from its own folder. Throws AstroError("synthesis"). */
export function filesToPublish(manifest: string): readonly string[] {
  return published(readManifest(manifest)).flatMap(({ source }) => source?.path ?? []);
}

/** True if a manifest names a file beside the stack's own template, which the engine sends itself. */
export function hasFiles(manifest: string): boolean {
  return published(readManifest(manifest)).length > 0;
}

/**
 * Where an asset manifest wants its files, as it writes them: `${AWS::AccountId}` and its like are left. Throws
 * AstroError("synthesis").
 */
export function bucketsOf(manifest: string): readonly string[] {
  const files = published(readManifest(manifest));
  return files.flatMap(({ destinations = {} }) => Object.values(destinations).flatMap((one) => one.bucketName ?? []));
}

/** The images that an asset manifest names, as it writes them. Throws AstroError("synthesis"). */
export function imagesOf(manifest: string): readonly ImageAsset[] {
  return Object.values(readManifest(manifest).dockerImages ?? {}).flatMap(({ destinations = {} }) =>
    Object.values(destinations).flatMap(({ repositoryName: repository, imageTag: tag }) =>
      repository === undefined || tag === undefined ? [] : [{ repository, tag, manifest }],
    ),
  );
}

/** What is published beside the stack's own template; what a program makes has no path. */
function published({ files = {} }: AssetManifest) {
  return Object.values(files).filter(({ source }) => !OWN_TEMPLATE.test(source?.path ?? ""));
}

function readManifest(manifest: string): AssetManifest {
  return readPart(manifest, (value) => shaped<AssetManifest>(ASSETS, value));
}
