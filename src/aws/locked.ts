import {
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  type S3Client,
  type _Error as S3Failure,
} from "@aws-sdk/client-s3";
import { AstroError, shellWord } from "../errors.ts";

/** Keys that are named; of the others only how many there are. */
const NAMED = 3;

/**
 * Why S3 does not delete versions, and the way out, by what the first of them is: locked for a time or until further
 * notice (Amazon S3 User Guide, "Locking objects with Object Lock"), in need of a second factor ("Configuring MFA
 * delete"), or not the caller's to delete.
 */
export async function whyNotDeleted(
  client: S3Client,
  bucket: string,
  failures: readonly S3Failure[],
): Promise<AstroError> {
  const [first] = failures;
  const keys = failures.slice(0, NAMED).map(({ Key }) => Key);
  const more = failures.length > NAMED ? ` and ${failures.length - NAMED} more` : "";
  const words = first?.Message ?? first?.Code ?? "AWS gives no reason";
  const found = first && (await reasonOf(client, bucket, first));
  const each = failures.length > 1 && found?.each ? " (and so for each of them)" : "";
  return new AstroError(
    "failed",
    `${bucket}: S3 does not delete ${keys.join(", ")}${more}: ${found ? `${found.reason}: ` : ""}${words}`,
    found ? `${found.way}${each}` : byHand(bucket, first),
  );
}

/** What is left where S3 gives a reason that is none of those. */
function byHand(bucket: string, { Key = "", VersionId = "null" }: S3Failure = {}): string {
  const command = `aws s3api delete-object --bucket ${bucket} --key ${shellWord(Key)} --version-id ${VersionId}`;
  return `wait some minutes, then run the same command again; if S3 refuses it still, try it by hand:  ${command}`;
}

type Reason = { readonly reason: string; readonly way: string; readonly each?: true };

async function reasonOf(client: S3Client, Bucket: string, failure: S3Failure): Promise<Reason | undefined> {
  const { Key = "", VersionId, Message = "", Code } = failure;
  if (/\bmfa\b/i.test(Message)) {
    return {
      reason: "the bucket demands a second factor (MFA delete)",
      way: `have the account's root user turn that off, then run the same command again:  aws s3api put-bucket-versioning --bucket ${Bucket} --versioning-configuration Status=Enabled,MFADelete=Disabled --mfa "DEVICE CODE"`,
    };
  }
  if (Code !== "AccessDenied") return undefined;
  const at = { Bucket, Key, VersionId };
  const which = `--bucket ${Bucket} --key ${shellWord(Key)} --version-id ${VersionId ?? "null"}`;
  // Both answer with an error where no object is locked, or where the caller may not ask.
  const hold = await client.send(new GetObjectLegalHoldCommand(at)).catch(() => undefined);
  if (hold?.LegalHold?.Status === "ON") {
    return {
      reason: "locked by a legal hold",
      way: `if it may go, lift the hold, then run the same command again:  aws s3api put-object-legal-hold ${which} --legal-hold Status=OFF`,
      each: true,
    };
  }
  const { Retention } = (await client.send(new GetObjectRetentionCommand(at)).catch(() => undefined)) ?? {};
  const until = Retention?.RetainUntilDate?.toISOString();
  if (until !== undefined && Retention?.Mode === "COMPLIANCE") {
    return {
      reason: `locked in COMPLIANCE mode until ${until}`,
      way: "nobody can delete it sooner, not even the account's root user; after that run the same command again",
    };
  }
  if (until !== undefined) {
    return {
      reason: `locked in GOVERNANCE mode until ${until}`,
      way: `if it may go, delete it with the permission s3:BypassGovernanceRetention, then run the same command again:  aws s3api delete-object ${which} --bypass-governance-retention`,
      each: true,
    };
  }
  return {
    reason: "the credentials, or a policy of the bucket, do not allow it",
    way: `ask for the permission s3:DeleteObjectVersion, or take what denies it out of the bucket's policy:  aws s3api get-bucket-policy --bucket ${Bucket}`,
  };
}
