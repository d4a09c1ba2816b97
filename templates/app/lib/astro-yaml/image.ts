// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** The generated app's repository expires images whose tags begin so (stacks/registry.ts). */
const BUILD = /^build-/;
const OWN_REPOSITORY = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/([^:@]+):([^@]+)/;
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

/** Whether the lifecycle rule of the environment's own repository, called `repository`, could expire `image` while it runs. */
export function canExpire(image: string, repository: string): boolean {
  if (TAG.test(image)) return BUILD.test(image);
  const [, name, tag = ""] = OWN_REPOSITORY.exec(image) ?? [];
  return name === repository && BUILD.test(tag);
}
