import { type Billed, type CostFinding, line } from "../finding.ts";

/** A distribution: data out and HTTPS requests by the geography of the edge, invalidations (Amazon CloudFront pricing). */
export function* distribution(it: Billed): Iterable<CostFinding> {
  for (const [geography, gb] of it.usage.byGeography("transferGB"))
    yield line("CloudFront + S3", `CDN data out, ${geography}`, "cloudfront.out_internet.gb", gb, at(geography));
  for (const [geography, requests] of it.usage.byGeography("requests"))
    yield line(
      "CloudFront + S3",
      `CDN requests, ${geography}`,
      "cloudfront.request.https_get",
      requests,
      at(geography),
    );
  const paths = it.usage.get("invalidationPaths");
  yield line("CloudFront + S3", "CDN invalidations", "cloudfront.invalidation.path", paths, { list: "global" });
}

const at = (geography: string) => ({ list: `edge:${geography}` });

/** A hosted zone and its queries by their kind (Amazon Route 53 pricing). */
export function* hostedZone(it: Billed): Iterable<CostFinding> {
  yield line("Other", "hosted zone", "route53.hosted_zone.month", 1, { list: "global" });
  yield line("Other", "DNS queries", "route53.query.standard", it.usage.get("queries"), { list: "global" });
  const latency = it.usage.get("latencyQueries");
  yield line("Other", "latency-based DNS queries", "route53.query.latency", latency, { list: "global" });
}
