import {
  AssetManifest,
  AssetPublishing,
  type IAws,
  type IManifestEntry,
  type IS3Client,
} from "@aws-cdk/cdk-assets-lib";
import { GetBucketEncryptionCommand, GetBucketLocationCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { AstroError } from "../errors.ts";
import { must } from "./errors.ts";
import type { Session } from "./session.ts";

/** A stack's template among its assets; a nested stack's is called otherwise (AWS CDK, "NestedStack"). */
const OWN_TEMPLATE = /(?<!\.nested)\.template\.json$/;

/**
 * Publishes the files an asset manifest names the way the `cdk` client does: with its library, and our session.
 * Throws AstroError("template") for a Docker image asset.
 */
export async function publishAssets(
  session: Session,
  region: string,
  file: string,
  accountOf: () => Promise<string>,
): Promise<void> {
  const manifest = AssetManifest.fromFile(file);
  const publishing = new AssetPublishing(manifest, { aws: awsFor(session, region, accountOf), throwOnError: true });
  for (const entry of manifest.entries) {
    // The engine sends the stack's template itself; those of stacks nested in it CloudFormation fetches.
    if (OWN_TEMPLATE.test(sourcePath(entry.genericSource))) continue;
    await must("s3:PutObject", () => published(publishing, entry));
  }
}

/** The library throws nothing for a single entry: it keeps what went wrong. */
async function published(publishing: AssetPublishing, entry: IManifestEntry): Promise<void> {
  await publishing.publishEntry(entry);
  const [failure] = publishing.failures;
  if (failure) throw failure.error;
}

function sourcePath(source: unknown): string {
  return typeof source === "object" && source !== null && "path" in source ? String(source.path) : "";
}

function awsFor(session: Session, region: string, accountOf: () => Promise<string>): IAws {
  const account = async () => ({ accountId: await accountOf(), partition: "aws" });
  const refuse = async (): Promise<never> => {
    throw new AstroError(
      "template",
      "the app has a Docker image asset, which astro does not build",
      "push the image to the environment's repository and name it in astro.yaml (service.image)",
    );
  };
  return {
    discoverPartition: async () => "aws",
    discoverDefaultRegion: async () => region,
    discoverCurrentAccount: account,
    discoverTargetAccount: account,
    s3Client: async (options) => s3For(session, options.region ?? region),
    ecrClient: refuse,
    secretsManagerClient: refuse,
  };
}

function s3For(session: Session, region: string): IS3Client {
  const client = session.s3(region);
  // The library's answers say the same as the SDK's, but for how they spell an absent member.
  return {
    getBucketEncryption: async (input) =>
      (await client.send(new GetBucketEncryptionCommand(input))) as Answer<"getBucketEncryption">,
    getBucketLocation: async (input) =>
      (await client.send(new GetBucketLocationCommand(input))) as Answer<"getBucketLocation">,
    listObjectsV2: async (input) => (await client.send(new ListObjectsV2Command(input))) as Answer<"listObjectsV2">,
    upload: async (params) => (await new Upload({ client, params }).done()) as Answer<"upload">,
  };
}

type Answer<Call extends keyof IS3Client> = Awaited<ReturnType<IS3Client[Call]>>;
