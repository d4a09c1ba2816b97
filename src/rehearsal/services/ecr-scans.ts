import type { JsonObject } from "../../template/types.ts";
import { isOn, partOf } from "../resources/properties.ts";
import type { Image } from "../resources/stored-contents.ts";
import { hasRegistryFault } from "../state/faults.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { CallResult } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";

/** Milliseconds a scan takes; AWS publishes no figure. */
const SCAN = 20_000;

/** What a fault lets a scan find. */
const CRITICAL = {
  name: "CVE-2022-3602",
  severity: "CRITICAL",
  uri: "https://nvd.nist.gov/vuln/detail/CVE-2022-3602",
  attributes: [{ key: "package_name", value: "openssl" }],
};

/** What a scan on push has found, nothing but by a fault (Amazon ECR API Reference, "DescribeImageScanFindings"). */
export function scanFindings(
  simulator: Simulator,
  { id, account, properties }: ServiceResource,
  { digest, pushed }: Image,
  { imageDigest = "null", imageTag }: JsonObject,
): CallResult {
  if (!isOn(partOf(properties.ImageScanningConfiguration).ScanOnPush)) {
    throw new AwsError(
      "ScanNotFoundException",
      `Image scan does not exist for the image with '{imageDigest:'${imageDigest}', imageTag:'${imageTag ?? "null"}'}' in the repository with name '${id}' in the registry with id '${account}'`,
    );
  }
  const about = {
    registryId: account,
    repositoryName: id,
    imageId: { imageDigest: digest, ...(imageTag !== undefined && { imageTag }) },
  };
  if (simulator.state.now < pushed + SCAN) return { ...about, imageScanStatus: { status: "IN_PROGRESS" } };
  const findings = hasRegistryFault(simulator, "scan-critical") ? [CRITICAL] : [];
  return {
    ...about,
    imageScanStatus: { status: "COMPLETE", description: "The scan was completed successfully." },
    imageScanFindings: {
      imageScanCompletedAt: (pushed + SCAN) / 1000,
      findings,
      findingSeverityCounts: findings.length > 0 ? { CRITICAL: findings.length } : {},
    },
  };
}
