import { describe, expect, it } from "vitest";
import { loadPricesFor, type Price, priceOf } from "../../src/cost/catalogue.ts";
import { newMeter } from "../../src/cost/meter.ts";

const prices = await loadPricesFor(["us-east-1"]);

function price(list: string, item: string): Price {
  const found = priceOf(prices, list, item);
  if (found === undefined) throw new Error(`no price of ${item}`);
  return found;
}

/** Quantity and price of each part, for one meter fed with `quantities` in turn. */
function parts(list: string, item: string, ...quantities: number[]) {
  const meter = newMeter();
  return quantities.map((quantity) =>
    meter(list, item, quantity, price(list, item)).map((part) => [part.quantity, part.usd]),
  );
}

describe("a month's meter", () => {
  it("splits a quantity at the tiers' bounds", () => {
    expect(parts("us-east-1", "s3.standard.gb_month", 51_200)).toEqual([[[51_200, 0.023]]]);
    expect(parts("us-east-1", "s3.standard.gb_month", 600_000)).toEqual([
      [
        [51_200, 0.023],
        [460_800, 0.022],
        [88_000, 0.021],
      ],
    ]);
  });

  it("counts endpoint tiers in binary petabytes", () => {
    expect(parts("us-east-1", "vpc_endpoint.interface.gb", 1_048_577)).toEqual([
      [
        [1_048_576, 0.01],
        [1, 0.006],
      ],
    ]);
  });

  it("runs the tiers on from one resource to the next: the 26th hosted zone is cheaper", () => {
    expect(parts("global", "route53.hosted_zone.month", 24, 1, 1)).toEqual([[[24, 0.5]], [[1, 0.5]], [[1, 0.1]]]);
  });

  it("gives what is free once, then begins with the first tier", () => {
    expect(parts("us-east-1", "data_transfer.out_internet.gb", 60, 60, 10_240)).toEqual([
      [[60, 0]],
      [
        [40, 0],
        [20, 0.09],
      ],
      [
        [10_220, 0.09],
        [20, 0.085],
      ],
    ]);
  });

  it("shares CloudFront's free terabyte between geographies, which have tiers of their own", () => {
    const meter = newMeter();
    const item = "cloudfront.out_internet.gb";
    const read = (geography: string, gb: number) =>
      meter(`edge:${geography}`, item, gb, price(`edge:${geography}`, item)).map((part) => [part.quantity, part.usd]);
    expect(read("United States", 1000)).toEqual([[1000, 0]]);
    expect(read("Japan", 100)).toEqual([
      [24, 0],
      [76, 0.114],
    ]);
    expect(read("Japan", 10_240)).toEqual([
      [10_164, 0.114],
      [76, 0.089],
    ]);
  });

  it("reads nothing as nothing", () => {
    expect(parts("us-east-1", "alb.hour", 0)).toEqual([[]]);
  });
});
