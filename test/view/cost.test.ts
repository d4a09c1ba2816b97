import { describe, expect, it } from "vitest";
import type { CostItem } from "../../src/cost/estimate.ts";
import type { CostReport } from "../../src/cost/report.ts";
import { renderCost, renderTemplateCost } from "../../src/view/cost.ts";
import { paper } from "./screen.ts";

const item = (resource: string, item: string, quantity: number, unit: string, unitPrice: number): CostItem => ({
  resource,
  stack: "astro-dev-network",
  item,
  quantity,
  unit,
  unitPrice,
  monthly: quantity * unitPrice,
});

const NAT = [
  item("NatGateway", "gateway hours", 730, "hour", 0.045),
  item("NatGateway", "data processed", 10, "GB", 0.045),
];
const SECRETS = ["Jwt", "Redis", "Database"].map((id) => item(id, "secret", 1, "secret-month", 0.4));

const REPORT: CostReport = {
  currency: "USD",
  prices: { asOf: "2025-12-06", newest: "2026-10-01" },
  assumptions: ["a month of 730 hours", "10 GB a month through each NAT gateway"],
  environments: [
    {
      name: "dev",
      region: "us-east-1",
      monthlyTotal: 34.5,
      components: [
        { component: "NAT Gateway", monthly: 33.3, items: NAT },
        { component: "Other", monthly: 1.2, items: [...SECRETS, item("Key", "requests, free", 0, "request", 0)] },
      ],
      unpriced: [
        { resource: "Thing", type: "AWS::New::Thing", stack: "astro-dev-network", reason: "no price is known for it" },
      ],
      assumptions: [],
      pricesAsOf: { oldest: "2025-12-06", newest: "2026-10-01" },
    },
  ],
};

describe("a cost table", () => {
  it("shows the components with what they are made of, dearest first", () => {
    expect(renderCost(REPORT, paper())).toMatchInlineSnapshot(`
      "   Assumed     a month of 730 hours · 10 GB a month through each NAT gateway
         Not priced  Thing, AWS::New::Thing: no price is known for it
         Usage       astro cost --usage FILE  takes what your month really uses

       Cost of dev in us-east-1 · prices of 2025-12-06 to 2026-10-01

                      a month
       NAT Gateway     $33.30   gateway hours $32.85 + data processed $0.45
       Other            $1.20   secret $1.20
       Total           $34.50
      "
    `);
  });

  it("prints every assumption and everything it could not price, however narrow the terminal", () => {
    const text = renderCost(REPORT, paper({ columns: 50, unicode: false })).replaceAll(/\s+/g, " ");
    for (const sentence of REPORT.assumptions) expect(text).toContain(sentence);
    expect(text).toContain("Thing, AWS::New::Thing: no price is known for it");
  });

  it("ends with the total", () => {
    expect(renderCost(REPORT, paper()).trimEnd().split("\n").at(-1)).toMatch(/^ Total +\$34\.50$/);
  });
});

describe("a template's cost", () => {
  it("goes by resource, dearest first, with quantity and price of a unit", () => {
    expect(renderTemplateCost(REPORT, paper())).toMatchInlineSnapshot(`
      "   Assumed     a month of 730 hours · 10 GB a month through each NAT gateway
         Not priced  Thing, AWS::New::Thing: no price is known for it
         Usage       astro cost --usage FILE  takes what your month really uses

       Cost of dev in us-east-1 · prices of 2025-12-06 to 2026-10-01

       NatGateway                                                              $33.30
         gateway hours                    730 hour × $0.045                    $32.85
         data processed                   10 GB × $0.045                        $0.45
       Jwt                                                                      $0.40
         secret                           1 secret-month × $0.40                $0.40
       Redis                                                                    $0.40
         secret                           1 secret-month × $0.40                $0.40
       Database                                                                 $0.40
         secret                           1 secret-month × $0.40                $0.40
       Total                                                                $34.50/mo
      "
    `);
  });
});
