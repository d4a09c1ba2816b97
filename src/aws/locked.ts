import {
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  type S3Client,
  type _Error as S3Failure,
} from "@aws-sdk/client-s3";
import { type CommandLine, command } from "../command-line.ts";
import { AstroError, type Hint } from "../errors.ts";

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
  const each = failures.length > 1 && found?.each ? ", for each of them" : "";
  return new AstroError(
    "failed",
    `${bucket}: S3 does not delete ${keys.join(", ")}${more}: ${found ? `${found.reason}: ` : ""}${words}`,
    found ? { ...found.way, text: `${found.way.text}${each}` } : byHand(bucket, first),
  );
}

/** What is left where S3 gives a reason that is none of those. */
function byHand(bucket: string, { Key = "", VersionId = "null" }: S3Failure = {}): Hint {
  return {
    text: "wait some minutes, then run the same command again; if S3 still refuses, try it by hand",
    command: command`aws s3api delete-object --bucket ${bucket} --key ${Key} --version-id ${VersionId}`,
  };
}

type Reason = { readonly reason: string; readonly way: Hint; readonly each?: true };

async function reasonOf(client: S3Client, Bucket: string, failure: S3Failure): Promise<Reason | undefined> {
  const { Key = "", VersionId, Message = "", Code } = failure;
  if (/\bmfa\b/i.test(Message)) {
    return {
      reason: "the bucket demands a second factor (MFA delete)",
      way: {
        text: "have the account's root user turn that off, then run the same command again",
        command: command`aws s3api put-bucket-versioning --bucket ${Bucket} --versioning-configuration Status=Enabled,MFADelete=Disabled --mfa ${"DEVICE CODE"}`,
      },
    };
  }
  if (Code !== "AccessDenied") return undefined;
  const at = { Bucket, Key, VersionId };
  const which: CommandLine = command`--bucket ${Bucket} --key ${Key} --version-id ${VersionId ?? "null"}`;
  // Both answer with an error where no object is locked, or where the caller may not ask.
  const hold = await client.send(new GetObjectLegalHoldCommand(at)).catch(() => undefined);
  if (hold?.LegalHold?.Status === "ON") {
    return {
      reason: "locked by a legal hold",
      way: {
        text: "if it may be deleted, lift the hold, then run the same command again",
        command: command`aws s3api put-object-legal-hold ${which} --legal-hold Status=OFF`,
      },
      each: true,
    };
  }
  const { Retention } = (await client.send(new GetObjectRetentionCommand(at)).catch(() => undefined)) ?? {};
  const until = Retention?.RetainUntilDate?.toISOString();
  if (until !== undefined && Retention?.Mode === "COMPLIANCE") {
    return {
      reason: `locked in COMPLIANCE mode until ${until}`,
      way: {
        text: "nobody can delete it before that, not even the account's root user; run the same command again after it",
      },
    };
  }
  if (until !== undefined) {
    return {
      reason: `locked in GOVERNANCE mode until ${until}`,
      way: {
        text: "if it may be deleted, do that with the permission s3:BypassGovernanceRetention, then run the same command again",
        command: command`aws s3api delete-object ${which} --bypass-governance-retention`,
      },
      each: true,
    };
  }
  return {
    reason: "the credentials, or a policy of the bucket, do not allow it",
    way: {
      text: "ask for the permission s3:DeleteObjectVersion, or remove what denies it from the bucket's policy",
      command: command`aws s3api get-bucket-policy --bucket ${Bucket}`,
    },
  };
}
