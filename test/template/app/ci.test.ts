import { describe, expect, it } from "vitest";
import { read } from "./designs.ts";

const PROVIDER = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
const roleOf = (github: object, id: string) =>
  read({ region: "eu-west-1", ci: { github: { repository: "octo-org/shop", ...github } } }).at("ci", id);
const trust = (sub: string, provider: unknown = { Ref: "Provider" }) => ({
  AssumeRolePolicyDocument: {
    Statement: [
      {
        Action: "sts:AssumeRoleWithWebIdentity",
        Effect: "Allow",
        Principal: { Federated: provider },
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": sub,
          },
        },
      },
    ],
  },
});

describe("the roles of GitHub Actions", () => {
  it("are there only where astro.yaml says whose", () => {
    expect(read({ region: "eu-west-1" }).all("AWS::IAM::OIDCProvider")).toEqual([]);
  });

  it("are for one branch and for pull requests of one repository, word for word", () => {
    expect(roleOf({}, "DeployRole")).toMatchObject(trust("repo:octo-org/shop:ref:refs/heads/main"));
    expect(roleOf({ branch: "release/v1" }, "DeployRole")).toMatchObject(
      trust("repo:octo-org/shop:ref:refs/heads/release/v1"),
    );
    expect(roleOf({}, "PlanRole")).toMatchObject(trust("repo:octo-org/shop:pull_request"));
  });

  it("are for the repository with these numbers, whoever has its name later", () => {
    expect(roleOf({ ids: "12/34" }, "DeployRole")).toMatchObject(trust("repo:octo-org@12/shop@34:ref:refs/heads/main"));
    expect(roleOf({ ids: "12/34" }, "PlanRole")).toMatchObject(trust("repo:octo-org@12/shop@34:pull_request"));
  });

  it("go by the account's provider where it has one, and make it otherwise", () => {
    const github = { repository: "octo-org/shop", provider: PROVIDER };
    const { all } = read({ region: "eu-west-1", ci: { github } });
    expect(all("AWS::IAM::OIDCProvider")).toEqual([]);
    expect(roleOf({ provider: PROVIDER }, "DeployRole")).toMatchObject(
      trust("repo:octo-org/shop:ref:refs/heads/main", PROVIDER),
    );
    expect(roleOf({}, "Provider")).toMatchObject({
      Url: "https://token.actions.githubusercontent.com",
      ClientIdList: ["sts.amazonaws.com"],
    });
  });

  it("leave the provider behind, by which other environments go", () => {
    const { templates } = read({ region: "eu-west-1", ci: { github: { repository: "octo-org/shop" } } });
    expect(templates.ci?.Resources.Provider).toMatchObject({
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
    });
  });

  it("carry the environment's boundary", () => {
    const boundary = "arn:aws:iam::123456789012:policy/engineers";
    const { at } = read({ region: "eu-west-1", boundary, ci: { github: { repository: "octo-org/shop" } } });
    expect(at("ci", "DeployRole")).toMatchObject({ PermissionsBoundary: boundary });
  });
});
