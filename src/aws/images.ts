import {
  BatchGetImageCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  type ImageDetail,
  type ImageScanFindings,
  paginateDescribeImages,
} from "@aws-sdk/client-ecr";
import { AstroError } from "../errors.ts";
import type { ImageScan, ImagesPort, ScanFinding, StoredImage } from "../release/port-images.ts";
import { call, callOptional, codeOf } from "./errors.ts";
import { configOf, MANIFESTS, platformsIn } from "./look-ups/image.ts";
import { publicImage } from "./public-image.ts";
import type { AwsSession } from "./session.ts";

/** Findings that are named of those that are critical. */
const NAMED = 10;

/** How ECR says that something is not there (API Reference, the operations' "Errors"). */
const isNone = (...codes: readonly string[]) => {
  const all = new Set(codes);
  return (error: unknown) => all.has(codeOf(error));
};
const noRepository = isNone("RepositoryNotFoundException");
const noImage = isNone("RepositoryNotFoundException", "ImageNotFoundException");
const noScan = isNone("ScanNotFoundException", "ImageNotFoundException");

/** An environment's images, on Amazon ECR. */
export function images(session: AwsSession, region: string): ImagesPort {
  const client = session.client((settings) => new ECRClient(settings))(region);
  return {
    repositoryUri: async (repository) => {
      const command = new DescribeRepositoriesCommand({ repositoryNames: [repository] });
      const found = await callOptional("ecr:DescribeRepositories", () => client.send(command), noRepository);
      return found?.repositories?.[0]?.repositoryUri;
    },
    registryLogin: async () => {
      const command = new GetAuthorizationTokenCommand({});
      const { authorizationData: [given] = [] } = await call("ecr:GetAuthorizationToken", () => client.send(command));
      const { authorizationToken = "", proxyEndpoint = "" } = given ?? {};
      const [, username, password] = /^([^:]+):(.+)$/s.exec(Buffer.from(authorizationToken, "base64").toString()) ?? [];
      if (username === undefined || password === undefined || !URL.canParse(proxyEndpoint))
        throw noLogin(proxyEndpoint);
      const { host, protocol } = new URL(proxyEndpoint);
      return { address: host, insecure: protocol === "http:", username, password };
    },
    storedImage: async (repositoryName, version) => {
      const command = new DescribeImagesCommand({ repositoryName, imageIds: [idOf(version)] });
      const found = await callOptional("ecr:DescribeImages", () => client.send(command), noImage);
      return found?.imageDetails?.map(storedOf)[0];
    },
    newestTags: async (repositoryName, prefix) => {
      const input = { repositoryName, filter: { tagStatus: "TAGGED" as const } };
      const found: ImageDetail[] = [];
      const page = async () => {
        for await (const { imageDetails = [] } of paginateDescribeImages({ client }, input))
          found.push(...imageDetails.filter(({ imageTags = [] }) => imageTags.some((tag) => tag.startsWith(prefix))));
      };
      await callOptional("ecr:DescribeImages", page, noRepository);
      const at = ({ imagePushedAt }: ImageDetail) => imagePushedAt?.getTime() ?? 0;
      const newest = found.sort((one, other) => at(other) - at(one))[0];
      return newest?.imageTags?.filter((tag) => tag.startsWith(prefix)) ?? [];
    },
    imagePlatforms: async (repository, digest) => {
      const command = new BatchGetImageCommand({
        repositoryName: repository,
        imageIds: [idOf(digest)],
        acceptedMediaTypes: MANIFESTS,
      });
      const found = await callOptional("ecr:BatchGetImage", () => client.send(command), noRepository);
      const text = found?.images?.[0]?.imageManifest;
      return text === undefined ? [] : platformsIn(text, (config) => configOf(client, { repository }, config));
    },
    imageScan: (repository, digest) => scanOf(client, repository, digest),
    publicImage: (name, signal) => publicImage(name, session.settings(region).requestHandler, signal),
  };
}

function idOf(version: string): { readonly imageDigest: string } | { readonly imageTag: string } {
  return version.startsWith("sha256:") ? { imageDigest: version } : { imageTag: version };
}

function storedOf({ imageDigest = "", imageTags = [], imageSizeInBytes, imagePushedAt }: ImageDetail): StoredImage {
  return {
    digest: imageDigest,
    tags: imageTags,
    ...(imageSizeInBytes !== undefined && { size: imageSizeInBytes }),
    ...(imagePushedAt && { pushedAt: imagePushedAt.toISOString() }),
  };
}

function noLogin(endpoint: string): AstroError {
  return new AstroError(
    "failed",
    `ECR gave no login for its registry ${endpoint}`.trim(),
    "see what AWS_ENDPOINT_URL leads to: an emulator may have no registry; or deploy a public image with --image",
  );
}

/** Both kinds of scan, whose findings are in lists of their own (API Reference, "ImageScanFindings"). */
async function scanOf(client: ECRClient, repositoryName: string, imageDigest: string): Promise<ImageScan> {
  let nextToken: string | undefined;
  const findings: ScanFinding[] = [];
  let critical = 0;
  do {
    const page = nextToken === undefined ? {} : { nextToken };
    const command = new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageDigest }, ...page });
    const found = await callOptional("ecr:DescribeImageScanFindings", () => client.send(command), noScan);
    const { status = "", description = "" } = found?.imageScanStatus ?? {};
    if (found === undefined || RESTING.has(status)) return { status: "none" };
    if (status === "IN_PROGRESS" || status === "PENDING") return { status: "in-progress" };
    if (status !== "COMPLETE" && status !== "ACTIVE") return { status: "failed", reason: description || status };
    critical = found.imageScanFindings?.findingSeverityCounts?.CRITICAL ?? 0;
    findings.push(...criticalIn(found.imageScanFindings ?? {}));
    nextToken = found.nextToken;
  } while (nextToken !== undefined && findings.length < Math.min(critical, NAMED));
  return { status: "complete", critical, findings: findings.slice(0, NAMED) };
}

/** States in which nobody scans an image (API Reference, "ImageScanStatus"). */
const RESTING = new Set(["UNSUPPORTED_IMAGE", "SCAN_ELIGIBILITY_EXPIRED", "LIMIT_EXCEEDED", "IMAGE_ARCHIVED"]);

function criticalIn({ findings = [], enhancedFindings = [] }: ImageScanFindings): readonly ScanFinding[] {
  const basic = findings
    .filter(({ severity }) => severity === "CRITICAL")
    .map(({ name = "", uri, attributes = [] }) =>
      findingOf(name, attributes.find(({ key }) => key === "package_name")?.value, uri),
    );
  const enhanced = enhancedFindings
    .filter(({ severity }) => severity === "CRITICAL")
    .map(({ title = "", packageVulnerabilityDetails: details = {} }) =>
      findingOf(details.vulnerabilityId ?? title, details.vulnerablePackages?.[0]?.name, details.sourceUrl),
    );
  return [...basic, ...enhanced];
}

function findingOf(name: string, pack: string | undefined, uri: string | undefined): ScanFinding {
  return { name, ...(pack !== undefined && { package: pack }), ...(uri !== undefined && { uri }) };
}
