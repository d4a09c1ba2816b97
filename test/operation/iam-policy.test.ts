import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AstroError } from "../../src/errors.ts";
import { iamPolicy } from "../../src/operation/iam-policy.ts";
import { init } from "../../src/operation/init.ts";
import { run } from "../support/cli.ts";
import { contextWith } from "../support/context.ts";
import { allows } from "../support/iam.ts";

const ACCOUNT = "111122223333";
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/engineers`;

let folder: string;
const context = () =>
  contextWith(
    async (command, options) => {
      const { code, stdout, stderr } = await run("sh", ["-c", command], options);
      return { exitCode: code ?? 1, stdout, stderr };
    },
    { cwd: folder },
  );
const file = (...path: readonly string[]) => join(folder, "infra", ...path);
const change = (path: readonly string[], from: string, to: string) => {
  const text = readFileSync(file(...path), "utf8");
  expect(text).toContain(from);
  writeFileSync(file(...path), text.replace(from, to));
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-iam-policy-"));
  const flags = { name: "shop", env: "dev", preset: "dev", region: "eu-west-1", yes: true, json: true };
  await init(context(), "infra", flags);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const role = `arn:aws:iam::${ACCOUNT}:role/shop-dev-ecs-task-role`;
const making = (boundary?: string) => ({
  action: "iam:CreateRole",
  resource: role,
  context: boundary === undefined ? {} : { "iam:PermissionsBoundary": boundary },
});

describe("astro iam-policy", () => {
  it("says what it means that roles have no boundary", async () => {
    const { value, render } = await iamPolicy(context(), {});
    expect(
      allows(
        value.policies.map(({ document }) => document),
        making(),
      ),
    ).toBe(true);
    expect(render().replace(/\s+/g, " ")).toContain("without a permissions boundary, whoever may write");
  });

  it("demands the boundary that is given, and says which roles do not carry it", async () => {
    const { value } = await iamPolicy(context(), { boundary: BOUNDARY });
    const documents = value.policies.map(({ document }) => document);
    expect([making(), making(BOUNDARY)].map((asked) => allows(documents, asked))).toEqual([false, true]);
    expect(value.warnings).toEqual([
      {
        about: "ExecutionRole of shop-dev-service, TaskRole of shop-dev-service",
        says: expect.stringContaining(`set boundary: ${BOUNDARY} under dev in astro.yaml`),
      },
    ]);
  });

  it("takes the boundary from astro.yaml, which the roles then carry", async () => {
    change(["astro.yaml"], "region: eu-west-1", `region: eu-west-1\n    boundary: ${BOUNDARY}`);
    const { value } = await iamPolicy(context(), {});
    const documents = value.policies.map(({ document }) => document);
    expect([making(), making(BOUNDARY)].map((asked) => allows(documents, asked))).toEqual([false, true]);
    expect(value.warnings).toEqual([]);
    change(["astro.yaml"], `\n    boundary: ${BOUNDARY}`, "");
  });

  it.each(["engineers", "arn:aws:iam::1:policy/a", `arn:aws:iam::${ACCOUNT}:role/a`])(
    "takes no %s for a boundary",
    async (boundary) => {
      await expect(iamPolicy(context(), { boundary })).rejects.toMatchObject({
        code: "usage",
        message: expect.stringContaining(boundary),
      });
    },
  );

  it("refuses a folder that is none, in words", async () => {
    const asked = iamPolicy(context(), { bootstrap: true, out: file("astro.yaml") });
    await expect(asked).rejects.toThrow(AstroError);
    await expect(asked).rejects.toThrow(`${file("astro.yaml")} cannot be written`);
  });

  it("gives the bootstrap to nobody but whom it is asked for", async () => {
    const asked = {
      action: "cloudformation:DeleteStack",
      resource: `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/astro-bootstrap/1`,
    };
    const [operator, bootstrap] = [await iamPolicy(context(), {}), await iamPolicy(context(), { bootstrap: true })];
    const documentsOf = ({ value }: typeof operator) => value.policies.map(({ document }) => document);
    expect([operator, bootstrap].map((one) => allows(documentsOf(one), asked))).toEqual([false, true]);
    expect(bootstrap.value.policies.map(({ name }) => name)).toEqual(["astro-bootstrap-1"]);
    expect(allows(documentsOf(bootstrap), making())).toBe(false);
    expect(bootstrap.render()).toContain("astro iam-policy --env dev --bootstrap --out policies");
  });

  it("says which files of an app that an earlier astro wrote no operator may publish", async () => {
    const jobs = /```ts\n(.*?)```/s.exec(readFileSync(file("README.md"), "utf8"))?.[1] ?? "";
    writeFileSync(file("stacks", "jobs.ts"), jobs.replace('fromAsset("worker")', 'fromAsset(__dirname + "/../lib")'));
    change(["lib", "environment.ts"], "  // vpc\n", "  new JobsStack(scope, settings);\n  // vpc\n");
    change(
      ["lib", "environment.ts"],
      "import { ZoneStack",
      'import { JobsStack } from "../stacks/jobs";\nimport { ZoneStack',
    );
    expect((await iamPolicy(context(), {})).value.warnings).toEqual([]);
    change(["lib", "astro-stack.ts"], "`environments/${project}/${environment}/assets/`", '"assets/"');
    expect((await iamPolicy(context(), {})).value.warnings).toEqual([
      { about: "files of shop-dev-jobs", says: expect.stringContaining('"environments/shop/dev/assets/"') },
    ]);
  });
});
