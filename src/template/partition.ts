/** AWS's partition of a region: `aws`, `aws-cn` or `aws-us-gov` (AWS General Reference, "Amazon Resource Names"). */
export function partitionOf(region: string): string {
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return region.startsWith("cn-") ? "aws-cn" : "aws";
}

/** `amazonaws.com`, or China's (Template Reference, "Pseudo parameters reference": AWS::URLSuffix). */
export function suffixOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}

/**
 * A text of a cloud assembly with its placeholders, `${AWS::AccountId}` and the like, replaced (AWS CDK,
 * "cx-api", EnvironmentPlaceholders).
 */
export function inPlace(
  text: string,
  { account, region }: { readonly account: string; readonly region: string },
): string {
  return text
    .replaceAll("${AWS::Partition}", partitionOf(region))
    .replaceAll("${AWS::AccountId}", account)
    .replaceAll("${AWS::Region}", region)
    .replaceAll("${AWS::URLSuffix}", suffixOf(region));
}
