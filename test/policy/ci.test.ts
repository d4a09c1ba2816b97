import { describe, expect, it } from "vitest";
import { CALLS } from "../../src/policy/calls.ts";
import { ciPolicies, MOST_POLICIES } from "../../src/policy/ci.ts";
import { HANDLERS } from "../../src/policy/permissions.ts";
import { MOST_CHARACTERS, sizeOf } from "../../src/policy/statement.ts";
import { allows, decide } from "../support/iam.ts";
import { synthesise } from "../template/app/synth.ts";
import { ACCOUNT, ask, BOUNDARY, everything, REGION, tags, VIA } from "./operators.ts";

const GITHUB = { github: { repository: "octo-org/shop" } };
const stacks = synthesise({ ...everything("dev.example.com"), ci: GITHUB }, "shop", "dev").map(
  ({ stackName: name, template, environment: { region } }) => ({ name, region, template }),
);
const PLACE = { project: "shop", environment: "dev", region: REGION, account: ACCOUNT };
const free = ciPolicies(PLACE, stacks);
const bounded = ciPolicies(PLACE, stacks, { boundary: BOUNDARY });
const own = tags("Resource", "shop", "dev");

/** Every action of a service that the tables know to change something. */
const changing = (service: string) =>
  [...Object.values(HANDLERS), ...Object.values(CALLS).map(({ actions }) => actions)]
    .flatMap((actions) => actions.split(" "))
    .filter((action) => action.startsWith(`${service}:`) && !/:(Describe|Get|List)/.test(action));

const ITSELF = [
  "iam::ACCOUNT:role/shop-dev-deploy",
  "iam::ACCOUNT:role/shop-dev-plan",
  "iam::ACCOUNT:policy/shop-dev-deploy-1",
  "iam::ACCOUNT:policy/shop-dev-plan-2",
  "iam::ACCOUNT:oidc-provider/token.actions.githubusercontent.com",
];
const CI = "cloudformation:HERE:stack/shop-dev-ci/1";
const SERVICE = "cloudformation:HERE:stack/shop-dev-service/1";
const TASK_ROLE = "iam::ACCOUNT:role/shop-dev-ecs-task-role";

describe.each([
  ["without a boundary", free],
  ["under a boundary", bounded],
])("the roles of CI %s", (_, policies) => {
  it.each(["deploy", "plan"] as const)("cannot reach what says what they may: %s", (role) => {
    const iam = [...new Set([...changing("iam"), "iam:PassRole", "iam:PutRolePermissionsBoundary"])];
    const stack = [
      ...new Set([...changing("cloudformation"), "cloudformation:UpdateStack", "cloudformation:SetStackPolicy"]),
    ];
    expect([iam.length, stack.length].every((many) => many > 8)).toBe(true);
    const asked = [
      ...ITSELF.flatMap((arn) =>
        iam.map((action) => ask(action, arn, { "iam:PermissionsBoundary": BOUNDARY, ...VIA })),
      ),
      ...stack.map((action) => ask(action, CI, VIA)),
    ];
    const reached = asked.filter((one) => decide(policies[role], one) !== "denied");
    expect(reached.map(({ action, resource }) => `${action} ${resource}`)).toEqual([]);
  });

  it("fit into what IAM takes", () => {
    for (const documents of [policies.deploy, policies.plan]) {
      expect(documents.length).toBeLessThanOrEqual(MOST_POLICIES);
      expect(documents.filter((document) => sizeOf(document) > MOST_CHARACTERS)).toEqual([]);
    }
  });

  it("read the template of their own stack, as a plan does of every stack", () => {
    for (const documents of [policies.deploy, policies.plan])
      expect(allows(documents, ask("cloudformation:GetTemplate", CI))).toBe(true);
  });
});

describe("the role that deploys", () => {
  it.each([
    ["change the service", ask("cloudformation:CreateChangeSet", SERVICE)],
    ["carry that out", ask("cloudformation:ExecuteChangeSet", SERVICE)],
    ["push an image", ask("ecr:PutImage", "ecr:HERE:repository/shop-dev")],
    [
      "run a migration",
      ask("ecs:RunTask", "ecs:HERE:task-definition/shop-dev-migrate:1", {
        "ecs:cluster": `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/shop-dev`,
      }),
    ],
    [
      "take the lock",
      ask("dynamodb:PutItem", "dynamodb:HERE:table/astro-locks", { "dynamodb:LeadingKeys": ["shop/dev"] }),
    ],
    ["hand the tasks their role", ask("iam:PassRole", TASK_ROLE, { "iam:PassedToService": "ecs-tasks.amazonaws.com" })],
  ])("may %s", (_, asked) => {
    expect(allows(free.deploy, asked)).toBe(true);
  });

  it("makes and changes roles only under a boundary: what it wrote into one a task of its own could do", () => {
    const write = ask("iam:PutRolePolicy", TASK_ROLE, { "iam:PermissionsBoundary": BOUNDARY });
    expect([free, bounded].map(({ deploy }) => decide(deploy, write))).toEqual(["denied", "allowed"]);
    const unbound = ask("iam:PutRolePolicy", TASK_ROLE);
    expect(allows(bounded.deploy, unbound)).toBe(false);
  });

  it("reaches no other environment", () => {
    const prod = ask("cloudformation:ExecuteChangeSet", "cloudformation:HERE:stack/shop-prod-service/1");
    expect(allows(free.deploy, prod)).toBe(false);
  });
});

describe("the role that plans", () => {
  it.each([
    ["read a template", ask("cloudformation:GetTemplate", SERVICE)],
    ["have AWS foresee a change", ask("cloudformation:CreateChangeSet", SERVICE)],
    ["take that back", ask("cloudformation:DeleteChangeSet", SERVICE)],
    ["look at a service", ask("ecs:DescribeServices", "*")],
    ["read the values that stacks hand on", ask("ssm:GetParameters", "ssm:HERE:parameter/shop/dev/network/VpcId")],
  ])("may %s", (_, asked) => {
    expect(allows(free.plan, asked)).toBe(true);
  });

  it.each([
    ["carry a change out", ask("cloudformation:ExecuteChangeSet", SERVICE)],
    ["delete a stack", ask("cloudformation:DeleteStack", SERVICE)],
    [
      "read a secret",
      ask("secretsmanager:GetSecretValue", "secretsmanager:HERE:secret:shop/dev/jwt-abcdef", { ...own, ...VIA }),
    ],
    ["read log lines", ask("logs:GetLogEvents", "logs:HERE:log-group:/ecs/shop-dev:log-stream:a")],
    [
      "lay a file where a deployment would take it",
      ask("s3:PutObject", `s3:::astro-bootstrap-${ACCOUNT}-${REGION}/environments/shop/dev/assets/1.zip`),
    ],
    [
      "take the lock",
      ask("dynamodb:PutItem", "dynamodb:HERE:table/astro-locks", { "dynamodb:LeadingKeys": ["shop/dev"] }),
    ],
    ["hand over a role", ask("iam:PassRole", TASK_ROLE, { "iam:PassedToService": "ecs-tasks.amazonaws.com" })],
    ["push an image", ask("ecr:PutImage", "ecr:HERE:repository/shop-dev")],
    [
      "run a task",
      ask("ecs:RunTask", "ecs:HERE:task-definition/shop-dev-migrate:1", {
        "ecs:cluster": `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/shop-dev`,
      }),
    ],
  ])("may not %s", (_, asked) => {
    expect(allows(free.plan, asked)).toBe(false);
  });

  it("has no statement that allows a change but that of a change set", () => {
    const allowed = free.plan.flatMap(({ Statement }) =>
      Statement.flatMap(({ Effect, Action }) => (Effect === "Allow" ? Action : [])),
    );
    const changes = allowed.filter((action) => !/:(BatchGet|Describe|Get|List|View)/.test(action));
    expect([...new Set(changes)].sort()).toEqual([
      "cloudformation:CreateChangeSet",
      "cloudformation:DeleteChangeSet",
      "cloudformation:TagResource",
      "cloudformation:UntagResource",
    ]);
  });
});
