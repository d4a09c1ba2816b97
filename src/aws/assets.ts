import {
  AssetManifest,
  AssetPublishing,
  type ClientOptions,
  DockerImageManifestEntry,
  type IAws,
  type IManifestEntry,
  type IS3Client,
} from "@aws-cdk/cdk-assets-lib";
import {
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { Upload } from "@aws-sdk/lib-storage";
import { command } from "../command-line.ts";
import { AstroError, reasonOf } from "../errors.ts";
import { inPlace, partitionOf } from "../template/partition.ts";
import { astroErrorOf, codeOf, isDenied, unreachable } from "./errors.ts";
import type { SigningKeys } from "./guard.ts";
import type { AwsSession } from "./session.ts";

/** A stack's template among its assets; a nested stack's is called otherwise (AWS CDK, "NestedStack"). */
const OWN_TEMPLATE = /(?<!\.nested)\.template\.json$/;

/** What the library says of a bucket that is not there, and of one that has a name of ours in another account. */
const NO_BUCKET = /^No bucket named/;
const OTHERS_BUCKET = /UNEXPECTED BUCKET OWNER|we dont have access to it/;

/**
 * Publishes the files an asset manifest names the way the `cdk` client does: with its library, and our session, by the
 * role that the manifest names where these credentials may take it. Images are nobody's to build here: preflight says which are missing.
 */
export async function publishAssets(
  session: AwsSession,
  region: string,
  file: string,
  accountOf: () => Promise<string>,
): Promise<void> {
  const manifest = AssetManifest.fromFile(file);
  const roles = rolesOf(session, region, accountOf);
  const aws = awsFor(session, region, accountOf, roles.of);
  const publishing = new AssetPublishing(manifest, { aws, throwOnError: true });
  for (const entry of manifest.entries) {
    if (entry instanceof DockerImageManifestEntry) continue;
    // The engine sends the stack's template itself; those of stacks nested in it CloudFormation fetches.
    if (OWN_TEMPLATE.test(sourcePath(entry.genericSource))) continue;
    try {
      // A name that anybody could have taken before, in another account, is no place for one's code.
      await published(publishing, entry);
    } catch (error) {
      throw publishingError(error, entry, { account: await accountOf(), region }, roles.refused());
    }
  }
}

/** The library throws nothing for a single entry: it keeps what went wrong. */
async function published(publishing: AssetPublishing, entry: IManifestEntry): Promise<void> {
  await publishing.publishEntry(entry, { allowCrossAccount: false });
  const [failure] = publishing.failures;
  if (failure) throw failure.error;
}

type Destination = { readonly account: string; readonly region: string };

/** What to do about a file that could not be published: the library's words name no way. */
function publishingError(
  error: unknown,
  entry: IManifestEntry,
  place: Destination,
  refused: string | undefined,
): AstroError {
  if (error instanceof AstroError) return error;
  const { bucketName = "" } = entry.genericDestination as { readonly bucketName?: string };
  const bucket = inPlace(bucketName, place);
  const reason = reasonOf(error);
  if (NO_BUCKET.test(reason)) {
    const words = `the app's files are for the bucket ${bucket}, which is not there`;
    const hint = {
      text: "if it is the CDK's, make it, then run the same command again",
      command: command`npx cdk bootstrap aws://${place.account}/${place.region}`,
    };
    return new AstroError("cdk-bootstrap-missing", words, hint, error);
  }
  if (OTHERS_BUCKET.test(reason)) {
    const words = `the app's files are for the bucket ${bucket}, which another account owns, or which these credentials may not read`;
    const hint = `find out whose it is; if it is not of account ${place.account}, bootstrap the CDK again with another --qualifier, and use that in the app`;
    return new AstroError("bucket-not-ours", words, hint, error);
  }
  if (isDenied(error) && refused !== undefined) {
    const words = `these credentials allow neither writing to ${bucket} nor assuming the role that the app names for it: ${refused}`;
    return new AstroError("denied", words, "ask for sts:AssumeRole on that role, or for s3:PutObject there", error);
  }
  return astroErrorOf(error, "s3:PutObject");
}

function sourcePath(source: unknown): string {
  return typeof source === "object" && source !== null && "path" in source ? String(source.path) : "";
}

/**
 * Credentials of the roles that an asset manifest names. Of one that these credentials may not take there are none, and
 * theirs are used, as the `cdk` client does in the account itself.
 */
function rolesOf(session: AwsSession, region: string, accountOf: () => Promise<string>) {
  const taken = new Map<string, Promise<SigningKeys | undefined>>();
  let refused: string | undefined;
  const take = async (role: string, externalId: string | undefined): Promise<SigningKeys | undefined> => {
    const command = new AssumeRoleCommand({
      RoleArn: role,
      RoleSessionName: "astro",
      ...(externalId !== undefined && { ExternalId: externalId }),
    });
    try {
      const { Credentials: given } = await session.sts(region).send(command);
      return {
        accessKeyId: given?.AccessKeyId ?? "",
        secretAccessKey: given?.SecretAccessKey ?? "",
        sessionToken: given?.SessionToken ?? "",
      };
    } catch (error) {
      // A role that is not there is answered like one that nobody may take.
      if (unreachable(error) || !(isDenied(error) || codeOf(error) === "ValidationError")) {
        throw astroErrorOf(error, "sts:AssumeRole");
      }
      refused = `${role} (${reasonOf(error)})`;
      return undefined;
    }
  };
  return {
    refused: () => refused,
    of: async ({ assumeRoleArn, assumeRoleExternalId }: ClientOptions) => {
      if (assumeRoleArn === undefined) return undefined;
      const role = inPlace(assumeRoleArn, { account: await accountOf(), region });
      const known = taken.get(role) ?? take(role, assumeRoleExternalId);
      taken.set(role, known);
      return known;
    },
  };
}

function awsFor(
  session: AwsSession,
  region: string,
  accountOf: () => Promise<string>,
  roleOf: (options: ClientOptions) => Promise<SigningKeys | undefined>,
): IAws {
  const partition = partitionOf(region);
  const account = async () => ({ accountId: await accountOf(), partition });
  const refuse = async (): Promise<never> => {
    throw new AstroError("template", "astro publishes files alone", {
      text: "publish the rest with",
      command: command`npx cdk-assets publish`,
    });
  };
  return {
    discoverPartition: async () => partition,
    discoverDefaultRegion: async () => region,
    discoverCurrentAccount: account,
    discoverTargetAccount: account,
    s3Client: async (options) => s3For(session, options.region ?? region, await roleOf(options)),
    ecrClient: refuse,
    secretsManagerClient: refuse,
  };
}

function s3For(session: AwsSession, region: string, credentials: SigningKeys | undefined): IS3Client {
  const client =
    credentials === undefined
      ? session.s3(region)
      : session.client((settings) => new S3Client({ ...settings, credentials }))(region);
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
