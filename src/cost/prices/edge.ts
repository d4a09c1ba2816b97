import type { PriceRows } from "../price-rows.ts";

/** AWS list prices of CloudFront by the geography of its edge, USD, from AWS's public price lists; true on 2025-12-06 where a row gives no date. */
export const geographies = {
  "Asia Pacific": {
    "cloudfront.out_internet.gb": [[[10_240, 0.12], [51_200, 0.1], [153_600, 0.095], [512_000, 0.09], [1_048_576, 0.08], [5_242_880, 0.07], [Infinity, 0.06]], "GB"],
    "cloudfront.request.https_get": [0.0000012, "request"],
    "cloudfront.request.https_proxy": [0.0000012, "request"],
  },
  "Australia": {
    "cloudfront.out_internet.gb": [[[10_240, 0.114], [51_200, 0.098], [153_600, 0.094], [512_000, 0.092], [1_048_576, 0.09], [5_242_880, 0.085], [Infinity, 0.08]], "GB"],
    "cloudfront.request.https_get": [0.00000125, "request"],
    "cloudfront.request.https_proxy": [0.00000125, "request"],
  },
  "Canada": {
    "cloudfront.out_internet.gb": [[[10_240, 0.085], [51_200, 0.08], [153_600, 0.06], [512_000, 0.04], [1_048_576, 0.03], [5_242_880, 0.025], [Infinity, 0.02]], "GB"],
    "cloudfront.request.https_get": [0.000001, "request"],
    "cloudfront.request.https_proxy": [0.000001, "request"],
  },
  "EU": {
    "cloudfront.out_internet.gb": [[[10_240, 0.085, "2026-09-29"], [51_200, 0.08], [153_600, 0.06], [512_000, 0.04], [1_048_576, 0.03], [5_242_880, 0.025], [Infinity, 0.02]], "GB"],
    "cloudfront.request.https_get": [0.0000012, "request", "2026-09-29"],
    "cloudfront.request.https_proxy": [0.0000012, "request"],
  },
  "India": {
    "cloudfront.out_internet.gb": [[[10_240, 0.109], [51_200, 0.085], [153_600, 0.082], [512_000, 0.08], [1_048_576, 0.078], [5_242_880, 0.075], [Infinity, 0.072]], "GB"],
    "cloudfront.request.https_get": [0.0000012, "request"],
    "cloudfront.request.https_proxy": [0.0000012, "request"],
  },
  "Japan": {
    "cloudfront.out_internet.gb": [[[10_240, 0.114], [51_200, 0.089], [153_600, 0.086], [512_000, 0.084], [1_048_576, 0.08], [5_242_880, 0.07], [Infinity, 0.06]], "GB"],
    "cloudfront.request.https_get": [0.0000012, "request"],
    "cloudfront.request.https_proxy": [0.0000012, "request"],
  },
  "Middle East": {
    "cloudfront.out_internet.gb": [[[10_240, 0.11], [51_200, 0.105], [153_600, 0.09], [512_000, 0.08], [1_048_576, 0.06], [5_242_880, 0.05], [Infinity, 0.04]], "GB"],
    "cloudfront.request.https_get": [0.0000012, "request"],
    "cloudfront.request.https_proxy": [0.0000012, "request"],
  },
  "South Africa": {
    "cloudfront.out_internet.gb": [[[10_240, 0.11], [51_200, 0.105], [153_600, 0.09], [512_000, 0.08], [1_048_576, 0.06], [5_242_880, 0.05], [Infinity, 0.04]], "GB"],
    "cloudfront.request.https_get": [0.0000012, "request"],
    "cloudfront.request.https_proxy": [0.0000012, "request"],
  },
  "South America": {
    "cloudfront.out_internet.gb": [[[10_240, 0.11], [51_200, 0.105], [153_600, 0.09], [512_000, 0.08], [1_048_576, 0.06], [5_242_880, 0.05], [Infinity, 0.04]], "GB"],
    "cloudfront.request.https_get": [0.0000022, "request"],
    "cloudfront.request.https_proxy": [0.0000022, "request"],
  },
  "United States": {
    "cloudfront.out_internet.gb": [[[10_240, 0.085, "2026-09-29"], [51_200, 0.08], [153_600, 0.06], [512_000, 0.04], [1_048_576, 0.03], [5_242_880, 0.025], [Infinity, 0.02]], "GB"],
    "cloudfront.request.https_get": [0.000001, "request", "2026-09-29"],
    "cloudfront.request.https_proxy": [0.000001, "request"],
  },
} as const satisfies { readonly [geography: string]: PriceRows };
