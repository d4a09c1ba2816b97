import { command } from "../../command-line.ts";
import { bootstrapBucket } from "../../plan/bootstrap.ts";
import { storedKey } from "../../plan/stored-values.ts";
import type { ImageAsset, Stack } from "../../synth/assembly.ts";
import { inPlace } from "../../template/partition.ts";
import type { PreflightCheck, Scene } from "../check.ts";
import type { CheckVerdict } from "../finding.ts";
import { bootstrapCommand } from "../stored.ts";

/**
 * Whether there is what an app counts on beside its bootstrap's version: buckets that its files go to, the role by which
 * CloudFormation is to work, images that whoever publishes its assets has pushed. Without the bootstrap itself none of it
 * is there, and that is said already.
 */
export const ASSET_CHECK: PreflightCheck = {
  code: "assets",
  document: "AWS CDK Developer Guide, Customize CDK bootstrapping; Assets and the AWS CDK",
  of: async (scene) => {
    const looks = new Map((scene.changing ?? []).flatMap((stack) => looksFor(scene, stack)));
    return Promise.all([...looks.values()].map((look) => look()));
  },
};

/** Letters of a digest by which a person knows it again. */
const SHORT = 12;

/** What to look at for one stack, each under a name of its own: stacks share most of it. */
function looksFor(scene: Scene, stack: Stack): readonly (readonly [name: string, look: () => Promise<CheckVerdict>])[] {
  const { region, wants } = stack;
  const { bootstrap, role, buckets = [], images = [] } = wants ?? {};
  if (bootstrap && !scene.values?.has(storedKey(region, bootstrap.parameter))) return [];
  const { account } = scene.site;
  const told = (text: string) => inPlace(text, { account, region });
  const ours = bootstrapBucket(account, region);
  const arn = role === undefined ? undefined : told(role);
  return [
    ...buckets
      .map(told)
      .filter((name) => name !== ours)
      .map((name) => [`${region} ${name}`, () => nameVerdict(scene, region, BUCKET, name)] as const),
    // Nobody here can look into another account.
    ...(arn?.split(":")[4] === account
      ? [[arn, () => nameVerdict(scene, region, ROLE, arn.split("/").at(-1) ?? "")] as const]
      : []),
    ...images.map((image) => {
      const [repository, tag] = [told(image.repository), told(image.tag)];
      return [
        `${region} ${repository}:${tag}`,
        () => imageVerdict(scene, region, { ...image, repository, tag }),
      ] as const;
    }),
  ];
}

const BUCKET = { type: "AWS::S3::Bucket", says: "the bucket for the app's files" };
const ROLE = { type: "AWS::IAM::Role", says: "the role CloudFormation uses" };

async function nameVerdict(
  { look, site }: Scene,
  region: string,
  { type, says }: typeof BUCKET,
  name: string,
): Promise<CheckVerdict> {
  if ((await look.taken(region, type, name)) !== undefined) return { outcome: "ok", words: `${name} is there` };
  const again = {
    text: "run the CDK bootstrap again, if it is the CDK's own",
    command: bootstrapCommand(site.account, region),
  };
  const fix = { hints: [again] };
  return { outcome: "problem", words: `${name}, ${says}, is not there`, fix };
}

async function imageVerdict(
  { look, site, real }: Scene,
  region: string,
  { repository, tag, manifest }: ImageAsset,
): Promise<CheckVerdict> {
  const image = `image ${tag.slice(0, SHORT)} of the app`;
  const found = await look.image({ registry: site.account, region, repository, version: tag });
  if (found !== undefined) return { outcome: "ok", words: `${image} is in ${repository}` };
  const fix = { hints: [{ text: "build and push it", command: command`npx cdk-assets publish --path ${manifest}` }] };
  // Where nothing is pulled, nothing waits for it.
  if (!real) return { outcome: "warning", warning: { type: "image-not-pushed", repository, tag }, fix };
  return { outcome: "problem", words: `${image} is not in ${repository}, and astro builds none`, fix };
}
