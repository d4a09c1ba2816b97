import { describe, expect, it } from "vitest";
import type { Statement } from "../../src/policy/statement.ts";
import { type PolicyReport, renderPolicy } from "../../src/view/policy.ts";
import { paper } from "./screen.ts";

const STATEMENTS: readonly Statement[] = [
  {
    Sid: "Look",
    Effect: "Allow",
    Action: ["ec2:Describe*", "rds:Describe*"],
    Resource: ["*"],
    Condition: { StringEquals: { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] } },
  },
  { Sid: "Sns", Effect: "Allow", Action: ["sns:CreateTopic"], Resource: ["arn:aws:sns:eu-west-1:*:shop-dev-*"] },
];
const REPORT: PolicyReport = {
  project: "shop",
  environment: "dev",
  region: "eu-west-1",
  account: "*",
  policies: [{ name: "shop-dev-operator-1", document: { Version: "2012-10-17", Statement: STATEMENTS } }],
  uncovered: [],
  of: "environment",
  warnings: [],
  limits: [],
};

describe("an operator's policies on the screen", () => {
  it("say what is allowed where and on which condition, and what comes next", () => {
    expect(renderPolicy(REPORT, paper())).toMatchInlineSnapshot(`
      " What an operator of dev of shop is allowed

       shop-dev-operator-1  319 characters of 6144
         Look        2 actions anywhere
                     if aws:RequestedRegion is eu-west-1 or us-east-1
         Sns         sns:CreateTopic on arn:aws:sns:eu-west-1:*:shop-dev-*

         Bootstrap   astro's own bucket and table are looked at and used, not made:
                     for the first provisioning in an account and region, attach what
                     astro iam-policy --bootstrap
                     writes as well, and take it off again

       Next:  astro iam-policy --env dev --out policies
      "
    `);
  });

  it("name the types they do not provide for", () => {
    const shown = renderPolicy({ ...REPORT, uncovered: ["AWS::Glue::Job", "Custom::X"] }, paper());
    expect(shown).toMatch(/Not covered +AWS::Glue::Job, Custom::X\n +add what these types take/);
  });

  it("once written, are attached by commands that can be copied, the account left to be filled in where none is pinned", () => {
    const policies = REPORT.policies.map((policy) => ({ ...policy, file: "policies/shop-dev-operator-1.json" }));
    expect(
      renderPolicy({ ...REPORT, policies }, paper())
        .split("\n")
        .slice(-4),
    ).toEqual([
      " Attach them to the role that runs astro (ROLE):",
      "   aws iam create-policy --policy-name shop-dev-operator-1 --policy-document file://policies/shop-dev-operator-1.json",
      "   aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::ACCOUNT:policy/shop-dev-operator-1",
      "",
    ]);
  });
});
