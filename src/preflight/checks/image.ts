import { command } from "../../command-line.ts";
import type { PreflightCheck, Scene } from "../check.ts";
import { type Declared, isMade, rowsOf, wordOf } from "../declared.ts";
import type { CheckVerdict } from "../finding.ts";
import type { ImageRef } from "../look-ups.ts";

/** `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG@DIGEST` (Amazon ECR User Guide, "Private registry"). */
const ECR =
  /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]+))?$/;

/** Docker's word for each of Fargate's architectures. */
const PLATFORMS: { readonly [architecture: string]: string } = { X86_64: "linux/amd64", ARM64: "linux/arm64" };

/** Whether the images that tasks run are in their repositories, and built for the tasks' architecture. */
export const IMAGE_CHECK: PreflightCheck = {
  code: "image",
  document: "Amazon ECS Developer Guide, CannotPullContainer task errors; Task definition parameters (runtimePlatform)",
  of: async (scene) => {
    const definitions = scene.resources.filter(
      (one) =>
        one.type === "AWS::ECS::TaskDefinition" &&
        (isMade(one) || one.causes.some((name) => ["ContainerDefinitions", "RuntimePlatform"].includes(name))),
    );
    const wanted = definitions.flatMap((definition) => imagesOf(definition).map((image) => ({ definition, image })));
    const seen = wanted.filter(({ image }, index) => wanted.findIndex((other) => other.image === image) === index);
    return (await Promise.all(seen.map(({ definition, image }) => verdictOf(scene, definition, image)))).flat();
  },
};

function imagesOf({ properties }: Declared): readonly string[] {
  return rowsOf(properties.ContainerDefinitions).flatMap((container) => wordOf(container, "Image") ?? []);
}

async function verdictOf(scene: Scene, definition: Declared, image: string): Promise<readonly CheckVerdict[]> {
  const [, registry = "", region = "", repository = "", tag = "latest", digest] = ECR.exec(image) ?? [];
  // Who names another registry knows what is there; the placeholder is one of them.
  if (registry === "" || isAsset(scene, region, tag)) return [];
  const ref: ImageRef = { registry, region, repository, version: digest ?? tag };
  if (isToBeMade(scene, ref)) {
    const words = `${ref.version} cannot be in ${repository} yet: this provisioning makes the repository`;
    const hints = [{ text: "leave service.image out at first; once it is provisioned", command: DEPLOY }];
    return [{ outcome: "problem", words, fix: { hints } }];
  }
  const platforms = await scene.look.image(ref);
  if (platforms === undefined) {
    const fix = {
      hints: [
        { text: "name one that is there, or push it (service.image)" },
        { text: "or leave service.image out, and have your app built and pushed", command: DEPLOY },
      ],
    };
    return [{ outcome: "problem", words: `${repository} has no image ${ref.version}`, fix }];
  }
  const wanted = platformOf(definition);
  if (platforms.length === 0)
    return [{ outcome: "ok", words: `${ref.version} is in ${repository}; it names no platform` }];
  if (platforms.includes(wanted))
    return [{ outcome: "ok", words: `${ref.version} is in ${repository}, for ${wanted}` }];
  return [
    {
      outcome: "problem",
      words: `${ref.version} is built for ${platforms.join(", ")}, and the tasks are ${wanted}: none would start`,
      fix: {
        hints: [
          { text: "if astro.yaml names it, build it for them", command: command`docker build --platform ${wanted} .` },
          {
            text: "if it was deployed, deploy one first that is for both",
            command: command`astro deploy --image NAME`,
          },
          { text: `or set service.architecture: ${otherThan(wanted)} in astro.yaml` },
        ],
      },
    },
  ];
}

/** Whether it is one that the app's own assets bring, which are looked at apart. */
function isAsset({ stacks = [] }: Scene, region: string, tag: string): boolean {
  return stacks.some((stack) => stack.region === region && stack.wants?.images?.some((image) => image.tag === tag));
}

const DEPLOY = command`astro deploy`;

function isToBeMade({ resources, site }: Scene, { registry, region, repository }: ImageRef): boolean {
  return resources.some(
    (one) =>
      one.type === "AWS::ECR::Repository" &&
      one.how === "add" &&
      one.region === region &&
      registry === site.account &&
      wordOf(one.properties, "RepositoryName") === repository,
  );
}

/** Tasks are X86_64 unless their definition says otherwise. */
function platformOf({ properties }: Declared): string {
  const platform = rowsOf([properties.RuntimePlatform ?? {}])[0] ?? {};
  return PLATFORMS[wordOf(platform, "CpuArchitecture") ?? "X86_64"] ?? "linux/amd64";
}

function otherThan(platform: string): string {
  return platform === "linux/amd64" ? "arm64" : "x86_64";
}
