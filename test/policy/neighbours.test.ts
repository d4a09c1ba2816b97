import { describe, expect, it } from "vitest";
import { ciPolicies } from "../../src/policy/ci.ts";
import { operatorPolicy } from "../../src/policy/policy.ts";
import { type Asked, allows } from "../support/iam.ts";
import { synthesise } from "../template/app/synth.ts";
import { ACCOUNT, ask, BOUNDARY, everything, REGION, tags } from "./operators.ts";

const chosen = {
  ...everything("dev.example.com"),
  ci: { github: { repository: "octo-org/shop" } },
  worker: { command: ["celery", "worker"] },
};
const stacks = synthesise(chosen, "shop", "dev").map(({ stackName: name, template, environment: { region } }) => ({
  name,
  region,
  template,
}));
const place = { project: "shop", environment: "dev", region: REGION, account: ACCOUNT };
const operator = operatorPolicy(place, stacks, { boundary: BOUNDARY }).documents;
const { deploy, plan } = ciPolicies(place, stacks, { boundary: BOUNDARY });

/** An environment as its things are named: PROJECT-ENVIRONMENT or PROJECT/ENVIRONMENT. */
type Of = { readonly project: string; readonly environment: string };

const OWN: Of = { project: "shop", environment: "dev" };
const NEIGHBOURS: readonly Of[] = [
  { project: "shop", environment: "prod" },
  // Alike in what comes first.
  { project: "shop", environment: "dev-2" },
  { project: "shop-dev", environment: "dev" },
  { project: "bank", environment: "dev" },
];

const onKey = (of: Of, by: string) => ({
  ...tags("Resource", of.project, of.environment),
  "kms:ViaService": `${by}.${REGION}.amazonaws.com`,
});
const onCluster = (name: string) => ({ "ecs:cluster": `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/${name}` });
const KEPT = `s3:::astro-bootstrap-${ACCOUNT}-${REGION}/environments`;

/** What the commands on a running app do, each as it is asked of IAM for the environment whose things it is on. */
const ACTS: readonly (readonly [act: string, on: (of: Of, name: string) => readonly Asked[]])[] = [
  ["push an image", (_, name) => [ask("ecr:PutImage", `ecr:HERE:repository/${name}`)]],
  ["pull an image", (_, name) => [ask("ecr:GetDownloadUrlForLayer", `ecr:HERE:repository/${name}`)]],
  ["read what an image is made of", (_, name) => [ask("ecr:BatchGetImage", `ecr:HERE:repository/${name}`)]],
  [
    "register what migrates",
    (_, name) => [ask("ecs:RegisterTaskDefinition", `ecs:HERE:task-definition/${name}-migrate:2`)],
  ],
  [
    "run what migrates",
    (_, name) => [ask("ecs:RunTask", `ecs:HERE:task-definition/${name}-migrate:2`, onCluster(name))],
  ],
  [
    "run a task of the API",
    (_, name) => [ask("ecs:RunTask", `ecs:HERE:task-definition/${name}-api:2`, onCluster(name))],
  ],
  ["tag a task as it starts", (_, name) => [ask("ecs:TagResource", `ecs:HERE:task/${name}/*`)]],
  ["stop a task", (_, name) => [ask("ecs:StopTask", `ecs:HERE:task/${name}/0123456789abcdef`)]],
  ["replace the API's tasks", (_, name) => [ask("ecs:UpdateService", `ecs:HERE:service/${name}/api`)]],
  ["replace the worker's tasks", (_, name) => [ask("ecs:UpdateService", `ecs:HERE:service/${name}/worker`)]],
  [
    "open a shell",
    (_, name) => [
      ask("ecs:ExecuteCommand", `ecs:HERE:cluster/${name}`),
      ask("ecs:ExecuteCommand", `ecs:HERE:task/${name}/0123456789abcdef`),
    ],
  ],
  ["forward a port", (_, name) => [ask("ssm:StartSession", `ecs:HERE:task/${name}/0123456789abcdef`)]],
  [
    "read the lines of the API",
    ({ project, environment }) => [ask("logs:FilterLogEvents", `logs:HERE:log-group:/${project}/${environment}/api`)],
  ],
  [
    "read the lines of a task of the worker",
    ({ project, environment }) => [
      ask("logs:GetLogEvents", `logs:HERE:log-group:/${project}/${environment}/worker:log-stream:worker/worker/1`),
    ],
  ],
  [
    "read the variables that are secrets",
    (of) => [
      ask("secretsmanager:GetSecretValue", `secretsmanager:HERE:secret:${of.project}/${of.environment}/app-AbCdEf`),
      ask("kms:Decrypt", "kms:HERE:key/1", onKey(of, "secretsmanager")),
    ],
  ],
  [
    "set a variable that is a secret",
    (of) => [
      ask("secretsmanager:PutSecretValue", `secretsmanager:HERE:secret:${of.project}/${of.environment}/app-AbCdEf`),
      ask("kms:GenerateDataKey", "kms:HERE:key/1", onKey(of, "secretsmanager")),
    ],
  ],
  [
    "read the database's password",
    ({ project, environment }) => [
      ask("secretsmanager:GetSecretValue", `secretsmanager:HERE:secret:${project}/${environment}/database-AbCdEf`),
    ],
  ],
  [
    "write to the frontend's bucket",
    (of, name) => [
      ask("s3:PutObject", `s3:::${name}-frontend-${ACCOUNT}-${REGION}/index.html`),
      ask("kms:GenerateDataKey", "kms:HERE:key/1", onKey(of, "s3")),
    ],
  ],
  [
    "take a file away from the frontend's bucket",
    (_, name) => [ask("s3:DeleteObject", `s3:::${name}-frontend-${ACCOUNT}-${REGION}/old.js`)],
  ],
  ["list the frontend's bucket", (_, name) => [ask("s3:ListBucket", `s3:::${name}-frontend-${ACCOUNT}-${REGION}`)]],
  [
    "have the CDN forget",
    ({ project, environment }) => [
      ask(
        "cloudfront:CreateInvalidation",
        "cloudfront::ACCOUNT:distribution/E1",
        tags("Resource", project, environment),
      ),
    ],
  ],
  [
    "see whether the CDN has forgotten",
    ({ project, environment }) => [
      ask("cloudfront:GetInvalidation", "cloudfront::ACCOUNT:distribution/E1", tags("Resource", project, environment)),
    ],
  ],
  [
    "keep a frontend's file",
    ({ project, environment }) => [ask("s3:PutObject", `${KEPT}/${project}/${environment}/frontend/blobs/0`)],
  ],
  [
    "delete what is kept of an old frontend",
    ({ project, environment }) => [ask("s3:DeleteObject", `${KEPT}/${project}/${environment}/frontend/blobs/0`)],
  ],
  [
    "write a release down",
    ({ project, environment }) => [ask("s3:PutObject", `${KEPT}/${project}/${environment}/releases/000001.json`)],
  ],
  [
    "take the lock",
    ({ project, environment }) => [
      ask("dynamodb:PutItem", "dynamodb:HERE:table/astro-locks", {
        "dynamodb:LeadingKeys": [`${project}/${environment}`],
      }),
    ],
  ],
  [
    "roll an image out",
    (_, name) => [ask("cloudformation:ExecuteChangeSet", `cloudformation:HERE:stack/${name}-service/1`)],
  ],
  [
    "hand the tasks their role",
    (_, name) => [
      ask("iam:PassRole", `iam::ACCOUNT:role/${name}-ecs-task-role`, {
        "iam:PassedToService": "ecs-tasks.amazonaws.com",
      }),
    ],
  ],
];

const on = (of: Of, act: (typeof ACTS)[number][1]) => act(of, `${of.project}-${of.environment}`);

/** Of these a plan may look at its own, too. */
const LOOKS = ["read what an image is made of", "see whether the CDN has forgotten", "list the frontend's bucket"];

describe.each(ACTS)("who may %s", (act, asked) => {
  it("are the environment's operator and the role that deploys it, and not the one that plans it", () => {
    const may = (documents: typeof operator) => on(OWN, asked).filter((one) => !allows(documents, one));
    expect([may(operator), may(deploy)]).toEqual([[], []]);
    expect(on(OWN, asked).every((one) => allows(plan, one))).toBe(LOOKS.includes(act));
  });

  it("are none of those of a neighbour", () => {
    for (const of of NEIGHBOURS)
      for (const documents of [operator, deploy, plan])
        expect(
          on(of, asked).filter((one) => allows(documents, one)),
          `${of.project}/${of.environment}`,
        ).toEqual([]);
  });
});

describe("a session", () => {
  const end = (session: string, who: { readonly [key: string]: string }, begunBy: string) =>
    allows(
      operator,
      ask("ssm:TerminateSession", `ssm:HERE:session/${session}`, {
        ...who,
        "ssm:resourceTag/aws:ssmmessages:session-id": begunBy,
      }),
    );

  it("is ended by the IAM user who began it, and by no other", () => {
    const ada = { "aws:userid": "AIDAADA", "aws:username": "ada" };
    expect(end("ada-0123", ada, "AIDAADA")).toBe(true);
    expect(end("grace-0123", ada, "AIDAGRACE")).toBe(false);
  });

  it("is ended by who began it as a role, as everybody of IAM Identity Center does, and by nobody else with that role", () => {
    const ada = { "aws:userid": "AROAROLE:ada@example.com" };
    expect(end("ada@example.com-0123", ada, "AROAROLE:ada@example.com")).toBe(true);
    expect(end("grace@example.com-0123", ada, "AROAROLE:grace@example.com")).toBe(false);
  });
});
