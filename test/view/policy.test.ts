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

         Bootstrap   astro's own bucket and table are used, not made or removed. Who
                     provisions first in an account and region is given what this
                     writes as well, for that once:
                     astro iam-policy --env dev --bootstrap --out policies

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

  it("say each condition as IAM takes it", () => {
    const Condition = {
      StringEqualsIfExists: { "aws:ResourceTag/Project": "shop" },
      "ForAnyValue:StringEquals": { "aws:CalledVia": "cloudformation.amazonaws.com" },
      "ForAllValues:StringLike": { names: ["a", "b*"] },
      "ForAllValues:StringNotEquals": { types: ["c", "d"] },
      Null: { names: "false" },
    };
    const statement: Statement = { Sid: "All", Effect: "Allow", Action: ["a:B"], Resource: ["arn"], Condition };
    const document = { Version: "2012-10-17", Statement: [statement] } as const;
    const shown = renderPolicy({ ...REPORT, policies: [{ name: "one", document }] }, paper());
    expect(shown.split("\n").slice(3, 9)).toEqual([
      "   All         a:B on arn",
      "               if aws:ResourceTag/Project, where there is one, is shop",
      "               if aws:CalledVia is cloudformation.amazonaws.com",
      "               if each names is like a or b*",
      "               if each types is none of c, d",
      "               if names is there",
    ]);
  });

  it("say what will be denied, and what IAM cannot hold to the environment", () => {
    const shown = renderPolicy(
      {
        ...REPORT,
        warnings: [{ about: "Queue of shop-dev-jobs", says: "named by what no template says" }],
        limits: [
          { about: "task definitions", says: "neither names nor tags" },
          { about: "roles", says: "no boundary" },
        ],
      },
      paper(),
    );
    expect(shown.split("\n").slice(7, 10)).toEqual([
      "   Denied      Queue of shop-dev-jobs: named by what no template says",
      "   Not held    task definitions: neither names nor tags",
      "               roles: no boundary",
    ]);
  });

  it("of the bootstrap are said to be everybody's, and are attached like the others", () => {
    const shown = renderPolicy({ ...REPORT, of: "bootstrap" }, paper()).split("\n");
    expect(shown[0]).toBe(" What whoever makes astro's bootstrap is allowed");
    expect(shown.join(" ")).toMatch(/Beware +this reaches the records and locks of every environment/);
    expect(shown.at(-2)).toBe(" Next:  astro iam-policy --env dev --bootstrap --out policies");
  });
});
