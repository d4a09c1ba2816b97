import type { PriceRows } from "../price-rows.ts";

/** AWS list prices that are the same everywhere, USD, from AWS's public price lists; true on 2025-12-06 where a row gives no date. */
export const rows: PriceRows = {
  "cloudfront.invalidation.path": [0.005, "path", "2024-07-01"],
  "dashboard.month": [3, "dashboard-month"],
  "route53.health_check.basic.aws.month": [0.5, "check-month"],
  "route53.health_check.basic.non_aws.month": [0.75, "check-month"],
  "route53.health_check.feature.aws.month": [1, "feature-month"],
  "route53.hosted_zone.month": [[[25, 0.5, "2026-09-29"], [Infinity, 0.1]], "zone-month"],
  "route53.query.latency": [[[1_000_000_000, 0.0000006, "2024-07-01"], [Infinity, 0.0000003, "2024-07-01"]], "query"],
  "route53.query.standard": [[[1_000_000_000, 0.0000004, "2026-09-29"], [Infinity, 0.0000002]], "query"],
};
