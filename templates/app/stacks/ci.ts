import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CfnDeletionPolicy } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { AstroStack, type Settings } from "../lib/astro-stack";
import type { Environment } from "../lib/config";
import { roleName } from "../lib/names";

/** Who signs the tokens of GitHub's jobs, and for whom (GitHub Docs, "Configuring OpenID Connect in Amazon Web Services"). */
const ISSUER = "token.actions.githubusercontent.com";
const AUDIENCE = "sts.amazonaws.com";

type GitHub = NonNullable<Environment["ci"]>["github"];

/**
 * What GitHub Actions may take in place of stored keys: one role that deploys, for the branch alone, and one that plans, for
 * pull requests. What they may do is in ci/ENVIRONMENT, which `astro ci github` writes.
 */
export class CiStack extends AstroStack {
  constructor(scope: Construct, settings: Settings, github: GitHub) {
    super(scope, settings, {
      name: "ci",
      phase: "dns",
      description: "Roles of GitHub Actions",
      optional: true,
    });
    const provider = github.provider ?? ownProvider(this);
    role(this, settings, {
      id: "Deploy",
      provider,
      subject: `${subjectOf(github)}:ref:refs/heads/${github.branch}`,
      description: `Deploys from ${github.repository}, branch ${github.branch}`,
    });
    role(this, settings, {
      id: "Plan",
      provider,
      subject: `${subjectOf(github)}:pull_request`,
      description: `Plans pull requests of ${github.repository}`,
    });
  }
}

/**
 * An account has one provider for one issuer, and every environment and repository in it goes by that (IAM User Guide, "Create
 * an OpenID Connect (OIDC) identity provider in IAM"). So it stays when this stack goes: with it the roles of all others would
 * end. By itself it lets nobody in and costs nothing.
 */
function ownProvider(scope: Construct): string {
  const provider = new iam.CfnOIDCProvider(scope, "Provider", { url: `https://${ISSUER}`, clientIdList: [AUDIENCE] });
  provider.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
  provider.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  return provider.ref;
}

/**
 * Whom a token of the repository names. Repositories made, renamed or transferred since 15 July 2026 carry the numbers of owner
 * and repository, which nobody gets a second time (GitHub Docs, "OpenID Connect reference": immutable subject claims).
 */
function subjectOf({ repository, ids }: GitHub): string {
  if (ids === undefined) return `repo:${repository}`;
  const [owner, name] = repository.split("/");
  const [ownerId, repositoryId] = ids.split("/");
  return `repo:${owner}@${ownerId}/${name}@${repositoryId}`;
}

type Job = { id: "Deploy" | "Plan"; provider: string; subject: string; description: string };

/** A role for tokens with exactly this subject, and its policies (IAM User Guide, "Create a role for OpenID Connect federation"). */
function role(scope: Construct, settings: Settings, { id, provider, subject, description }: Job): void {
  const name = id.toLowerCase();
  const policies = documents(settings, name).map(
    (policyDocument, index) =>
      new iam.CfnManagedPolicy(scope, `${id}Policy${index + 1}`, {
        managedPolicyName: `${roleName(settings, name)}-${index + 1}`,
        description: `${description} (${index + 1})`,
        policyDocument,
      }),
  );
  new iam.CfnRole(scope, `${id}Role`, {
    roleName: roleName(settings, name),
    description,
    assumeRolePolicyDocument: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          actions: ["sts:AssumeRoleWithWebIdentity"],
          principals: [new iam.FederatedPrincipal(provider)],
          conditions: { StringEquals: { [`${ISSUER}:aud`]: AUDIENCE, [`${ISSUER}:sub`]: subject } },
        }),
      ],
    }),
    managedPolicyArns: policies.map(({ ref }) => ref),
  });
}

/** Where `astro ci github` writes the policies of an environment's roles. */
const POLICIES = join(__dirname, "..", "ci");

/** The policies of one of the roles; none before they are written: it may do nothing then. */
function documents({ environment }: Settings, name: string): object[] {
  const file = join(POLICIES, environment, `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}
