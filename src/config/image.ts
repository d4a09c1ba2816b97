const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** Tags that the generated app's repository lets go of in time begin so. */
const BUILD = /^build-/;
const OWN = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/([^:@]+):([^@]+)/;
const ECR = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\//;

/** Whether `chosen` can name an image: a tag or a digest of the environment's own repository, or a full name. */
export function isImage(chosen: string): boolean {
  return chosen.startsWith("sha256:") ? DIGEST.test(chosen) : TAG.test(chosen) || /^\S+[/:]\S+$/.test(chosen);
}

/**
 * Whether a task in `region` without a way to the internet could pull `image`: only from private ECR repositories of the
 * same region (Amazon ECR User Guide, "Amazon ECR interface VPC endpoints": not from ECR Public).
 */
export function canPull(image: string, region: string): boolean {
  return TAG.test(image) || DIGEST.test(image) || ECR.exec(image)?.[1] === region;
}

/** Whether the environment's own repository, called `repository`, would let go of `image` while it runs. */
export function isLetGo(image: string, repository: string): boolean {
  if (TAG.test(image)) return BUILD.test(image);
  const [, name, tag = ""] = OWN.exec(image) ?? [];
  return name === repository && BUILD.test(tag);
}
