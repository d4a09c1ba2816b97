import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isAsAstroWrote, renderWorkflow } from "../../src/scaffold/workflow.ts";

type Step = {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: { readonly [name: string]: unknown };
  readonly env?: { readonly [name: string]: string };
};
type Job = {
  readonly if: string;
  readonly steps: readonly Step[];
  readonly permissions?: object;
  readonly concurrency?: object;
  readonly defaults: { readonly run: { readonly [name: string]: string } };
};
type Workflow = { readonly on: object; readonly permissions: object; readonly jobs: { readonly [name: string]: Job } };

const environment = (name: string, branch: string) => ({
  name,
  branch,
  region: "eu-west-1",
  roles: {
    deploy: `arn:aws:iam::111122223333:role/shop-${name}-deploy`,
    plan: `arn:aws:iam::111122223333:role/shop-${name}-plan`,
  },
});
const APP = { folder: "infra", project: "shop", version: "1.2.3" };
const text = renderWorkflow(APP, [environment("dev", "main"), environment("prod", "release/v1")]);
const workflow = parse(text) as Workflow;
const job = (name: string): Job => workflow.jobs[name] ?? ({ steps: [] } as unknown as Job);
const runs = (name: string) => job(name).steps.flatMap(({ run }) => run ?? []);

describe("the workflow", () => {
  it("asks for a token, and for no more of the repository than to read it and to comment", () => {
    expect(workflow.permissions).toEqual({ contents: "read", "id-token": "write", "pull-requests": "write" });
    expect(job("deploy-dev").permissions).toEqual({ contents: "read", "id-token": "write" });
    expect(workflow.on).toEqual({ push: { branches: ["main", "release/v1"] }, pull_request: null });
  });

  it("plans every environment of a pull request with the role that plans, and comments once", () => {
    const { steps } = job("plan");
    expect(steps.flatMap((step) => step.with?.["role-to-assume"] ?? [])).toEqual([
      "arn:aws:iam::111122223333:role/shop-dev-plan",
      "arn:aws:iam::111122223333:role/shop-prod-plan",
    ]);
    const [dev, prod] = runs("plan").filter((run) => run.includes("@astro-infra/cli"));
    expect(dev).toContain("npx --yes @astro-infra/cli@1.2.3 plan --env dev >");
    expect(prod).toContain("npx --yes @astro-infra/cli@1.2.3 plan --env prod >");
    expect(runs("plan").filter((run) => run.includes("gh pr comment"))).toEqual([
      expect.stringContaining('gh pr comment "$PULL_REQUEST" --edit-last --create-if-none --body-file'),
    ]);
  });

  it("never plans one environment with what the credentials of the one before left", () => {
    const plans = job("plan").steps.filter(({ run }) => run?.includes("plan --env"));
    expect(plans.map((step) => step.if)).toEqual([
      "${{ !cancelled() && steps.credentials-dev.outcome == 'success' }}",
      "${{ !cancelled() && steps.credentials-prod.outcome == 'success' }}",
    ]);
  });

  it("gives forks nothing", () => {
    expect(job("plan").if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
  });

  it("deploys each environment from its branch alone, one deployment at a time, each to its end", () => {
    expect(job("deploy-prod").if).toBe("github.event_name == 'push' && github.ref == 'refs/heads/release/v1'");
    expect(job("deploy-prod").concurrency).toEqual({ group: "astro-shop-prod", "cancel-in-progress": false });
    expect(runs("deploy-prod").at(-1)).toBe("npx --yes @astro-infra/cli@1.2.3 deploy --env prod --yes");
    expect(job("deploy-prod").defaults.run["working-directory"]).toBe("infra");
  });

  it("lets nothing that a stranger could name into a shell's line", () => {
    const lines = Object.keys(workflow.jobs).flatMap(runs);
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter((run) => run.includes("${{"))).toEqual([]);
  });

  it("names each action by a major release", () => {
    const used = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
    expect(new Set(used)).toEqual(
      new Set(["actions/checkout@v6", "actions/setup-node@v6", "aws-actions/configure-aws-credentials@v6"]),
    );
  });

  it("is valid whatever the app's folder is called", () => {
    const folder = 'in: "fra" # \\ ${x}';
    const odd = parse(renderWorkflow({ ...APP, folder }, [environment("dev", "main")])) as Workflow;
    expect(odd.jobs.plan?.defaults.run["working-directory"]).toBe(folder);
  });

  it("tells whether somebody edited it, whatever the ends of its lines", () => {
    expect(isAsAstroWrote(text)).toBe(true);
    expect(isAsAstroWrote(text.replaceAll("\n", "\r\n"))).toBe(true);
    expect(isAsAstroWrote(text.replace("ubuntu-latest", "ubuntu-24.04"))).toBe(false);
    expect(isAsAstroWrote("name: mine\n")).toBe(false);
  });
});
