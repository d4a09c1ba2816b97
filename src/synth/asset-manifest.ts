import { mapSchema, objectSchema, shaped, textSchema } from "../reading/shape.ts";
import type { ImageAsset } from "./assembly.ts";
import { readPart } from "./part.ts";

const DESTINATIONS = mapSchema(
  objectSchema({
    bucketName: textSchema.optional(),
    repositoryName: textSchema.optional(),
    imageTag: textSchema.optional(),
  }),
);

/** An asset manifest, the part we read (AWS CDK, "cloud-assembly-schema", AssetManifest). */
const ASSETS = objectSchema({
  files: mapSchema(
    objectSchema({
      source: objectSchema({ path: textSchema.optional() }).optional(),
      destinations: DESTINATIONS.optional(),
    }),
  ).optional(),
  dockerImages: mapSchema(objectSchema({ destinations: DESTINATIONS.optional() })).optional(),
});
type AssetManifest = ReturnType<typeof ASSETS.parse>;
type Destinations = ReturnType<typeof DESTINATIONS.parse>;

/** A stack's template among its assets; a nested stack's is called otherwise (AWS CDK, "NestedStack"). */
const OWN_TEMPLATE = /(?<!\.nested)\.template\.json$/;

/** What an asset manifest names; `${AWS::AccountId}` and other pseudo parameters are not resolved. */
export type Assets = {
  /** Whether it publishes files besides the stack's own template, which the engine uploads itself. */
  readonly hasFiles: boolean;
  /** Buckets its files are published to. */
  readonly buckets: readonly string[];
  readonly images: readonly ImageAsset[];
};

/** Reads an asset manifest. Throws AstroError("synthesis"). */
export function assetsIn(manifest: string): Assets {
  const read = readManifest(manifest);
  const files = published(read);
  const targets = (of: readonly { readonly destinations?: Destinations | undefined }[]) =>
    of.flatMap(({ destinations = {} }) => Object.values(destinations));
  return {
    hasFiles: files.length > 0,
    buckets: targets(files).flatMap(({ bucketName }) => bucketName ?? []),
    images: targets(Object.values(read.dockerImages ?? {})).flatMap(({ repositoryName: repository, imageTag: tag }) =>
      repository === undefined || tag === undefined ? [] : [{ repository, tag, manifest }],
    ),
  };
}

/** The files and folders that an asset manifest publishes, named from its own folder. Throws AstroError("synthesis"). */
export function filesToPublish(manifest: string): readonly string[] {
  return published(readManifest(manifest)).flatMap(({ source }) => source?.path ?? []);
}

/** What is published besides the stack's own template; the output of a program has no path. */
function published({ files = {} }: AssetManifest) {
  return Object.values(files).filter(({ source }) => !OWN_TEMPLATE.test(source?.path ?? ""));
}

function readManifest(manifest: string): AssetManifest {
  return readPart(manifest, (value) => shaped<AssetManifest>(ASSETS, value));
}
