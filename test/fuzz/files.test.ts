import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, it } from "vitest";
import { stringify } from "yaml";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { ownFolder, projectFile } from "../../src/folder.ts";
import { checkedTemplates } from "../../src/operation/checked-templates.ts";
import { cost } from "../../src/operation/cost.ts";
import { init } from "../../src/operation/init.ts";
import { memoryIn, recall } from "../../src/operation/memory.ts";
import type { EnvironmentOperation } from "../../src/operation/open.ts";
import { readPlan, recallPlan } from "../../src/operation/plan-file.ts";
import { clearKilledPreviews } from "../../src/operation/preview-records.ts";
import { answersLeft } from "../../src/operation/resume.ts";
import { paceOf } from "../../src/operation/timings.ts";
import { planDestroy } from "../../src/plan/destroy-plan.ts";
import { expectedPlanSeconds } from "../../src/plan/expect.ts";
import { keptBy } from "../../src/plan/kept.ts";
import { planProvision } from "../../src/plan/provision-plan.ts";
import { operatorPolicy } from "../../src/policy/policy.ts";
import { openProject, selectEnvironment } from "../../src/project.ts";
import { readDeployedTemplate } from "../../src/provision/look.ts";
import { lastRun } from "../../src/provision/recorder.ts";
import { readHistory } from "../../src/provision/run-history.ts";
import { faultsOf } from "../../src/rehearsal/faults/fault-flag.ts";
import { emptyState } from "../../src/rehearsal/state/state.ts";
import { lockState } from "../../src/rehearsal/storage/state-lock.ts";
import { diskStore } from "../../src/rehearsal/storage/store.ts";
import { isUntouched } from "../../src/scaffold/untouched.ts";
import { readAssembly } from "../../src/synth/read.ts";
import { readCdkJson } from "../../src/synth/run-app.ts";
import { jsonText } from "../../src/terminal.ts";
import { renderTemplateCost } from "../../src/view/cost.ts";
import { renderDestroyPlan } from "../../src/view/destroy-plan.ts";
import { renderPlan } from "../../src/view/plan.ts";
import { renderPolicy } from "../../src/view/policy.ts";
import { contextWith } from "../support/context.ts";
import { fakeAsk } from "../support/fake-ask.ts";
import { fakeCloud } from "../support/fake-cloud.ts";
import { keptIn } from "../support/kept.ts";
import { SITE, stackOf } from "../support/stacks.ts";
import { paper } from "../view/screen.ts";
import { attempt, CASES, fuzz, inFolder } from "./attempt.ts";
import * as given from "./documents.ts";
import { damaged, mutated } from "./mutate.ts";

const HEADER = { command: "plan", environment: "dev", region: "eu-west-1", account: SITE.account };
const page = paper({ interactive: false });
const asJson = (document: unknown) => JSON.stringify(document, null, 1);

/** Written as YAML where that can be, else as JSON: which is YAML too, nearly. */
function asYaml(document: unknown): string {
  try {
    return stringify(document, { aliasDuplicateObjects: false });
  } catch {
    return asJson(document);
  }
}

const written = (document: unknown, write: readonly ((document: unknown) => string)[]) =>
  fc.tuple(mutated(document), fc.constantFrom(...write)).chain(([one, as]) => damaged(textOf(one, as)));

/** What is too deep to be written down by a library is written without one. */
function textOf(document: unknown, as: (document: unknown) => string): string {
  try {
    return as(document) ?? "null";
  } catch {
    return "[".repeat(5000) + "]".repeat(5000);
  }
}

const world = {
  ...emptyState({ seed: 1, account: SITE.account, now: 0 }),
  objects: {
    "shop-files": [{ key: "k", version: "null", at: 0, size: 1, etag: "e", blob: "0".repeat(64), headers: {} }],
  },
  items: { "111122223333/eu-west-1/astro-locks": { k: { id: { S: "shop/dev" } } } },
};

describe("whatever stands in a file, a command ends with an exit code of the table, in time, and obeys nothing", () => {
  it("astro.yaml", async () => {
    await fuzz(CASES(90, 4000), written(given.CONFIG, [asYaml, asYaml, asJson]), (bytes) =>
      inFolder((folder) =>
        attempt(async (write) => {
          writeFileSync(join(folder, "astro.yaml"), bytes);
          const context = contextWith(async () => ({ exitCode: 1, stdout: "", stderr: "" }), { cwd: folder });
          const project = await openProject(context);
          for (const name of Object.keys(project.config.environments)) selectEnvironment(project, name);
          const [env = ""] = Object.keys(project.config.environments);
          const flags = { env, yes: true, azs: "1", "db-class": "db.t4g.micro", "no-multi-az": true };
          const { value, render } = await init(context, folder, flags);
          write(jsonText(value) + render());
        }),
      ),
    );
  });

  it("answers that are given, and those that were kept", async () => {
    await fuzz(CASES(60, 2000), written(given.ANSWERS, [asYaml, asJson]), (bytes) =>
      inFolder((folder) =>
        attempt(async (write) => {
          writeFileSync(join(folder, "answers.yaml"), bytes);
          const own = ownFolder(folder, () => true);
          own.make();
          own.write(
            "init.json",
            Buffer.concat([Buffer.from('{"at":"2026-11-30","answers":'), bytes, Buffer.from("}")]),
          );
          const context = contextWith(async () => ({ exitCode: 1, stdout: "", stderr: "" }), { cwd: folder });
          const { ask } = fakeAsk(["go on"]);
          write(jsonText((await answersLeft(context, folder, ask)) ?? {}));
          const { value, render } = await init(context, "infra", { yes: true, answers: "answers.yaml" });
          write(jsonText(value) + render());
        }),
      ),
    );
  });

  it("a template that is to be priced", async () => {
    await fuzz(CASES(90, 4000), written(given.TEMPLATE, [asJson, asJson, asYaml]), (bytes) =>
      inFolder((folder) =>
        attempt(async (write) => {
          writeFileSync(join(folder, "t.json"), bytes);
          const context = contextWith(async () => ({ exitCode: 1, stdout: "", stderr: "" }), { cwd: folder });
          const report = await cost(context, { template: "t.json", region: "us-east-1" });
          write(renderTemplateCost(report, page) + jsonText(report));
        }),
      ),
    );
  });

  it("a usage file", async () => {
    await fuzz(CASES(70, 3000), written(given.USAGE, [asYaml, asJson]), (bytes) =>
      inFolder((folder) =>
        attempt(async (write) => {
          writeFileSync(join(folder, "t.json"), asJson(given.TEMPLATE));
          writeFileSync(join(folder, "usage.yaml"), bytes);
          const context = contextWith(async () => ({ exitCode: 1, stdout: "", stderr: "" }), { cwd: folder });
          const report = await cost(context, { template: "t.json", region: "us-east-1", usage: "usage.yaml" });
          write(renderTemplateCost(report, page) + jsonText(report));
        }),
      ),
    );
  });

  it("a cloud assembly, against another that stands", async () => {
    const json = (document: unknown) => written(document, [asJson]);
    const whole = (document: unknown) => fc.constant(new TextEncoder().encode(asJson(document)));
    // One file of it at a time, mostly: a broken manifest hides all the others.
    const assembly = fc.oneof(
      fc.tuple(json(given.MANIFEST), whole(given.TEMPLATE), whole(given.SMALL), json(given.STAGE), whole(given.ASSETS)),
      fc.tuple(
        whole(given.MANIFEST),
        json(given.TEMPLATE),
        whole(given.SMALL),
        whole(given.STAGE),
        whole(given.ASSETS),
      ),
      fc.tuple(whole(given.MANIFEST), whole(given.TEMPLATE), json(given.SMALL), whole(given.STAGE), json(given.ASSETS)),
    );
    const standing = fc.tuple(mutated(given.TEMPLATE), mutated(given.SMALL));
    await fuzz(CASES(110, 2000), fc.tuple(assembly, standing), ([[manifest, a, b, stage, assets], before]) =>
      inFolder((folder) =>
        attempt(async (write) => {
          mkdirSync(join(folder, "stage"));
          writeFileSync(join(folder, "manifest.json"), manifest);
          writeFileSync(join(folder, "a.template.json"), a);
          writeFileSync(join(folder, "b.template.json"), b);
          writeFileSync(join(folder, "stage", "manifest.json"), stage);
          writeFileSync(join(folder, "a.assets.json"), assets);
          const assembly = await readAssembly(folder, "eu-west-1");
          await attempt(async () => void (await checkedTemplates(assembly, SITE.account)));
          // A rehearsal by others is handed what AWS would refuse as well.
          const { stacks } = assembly;
          const cloud = fakeCloud();
          const deployed = await Promise.all(
            before.map(async (template, index) => {
              const ref = { name: index === 0 ? "shop-dev-a" : "shop-dev-b", region: "eu-west-1" };
              const stack = cloud.put(ref, { Resources: {} });
              const text = textOf(template, asJson);
              return {
                ...stack,
                template: await readDeployedTemplate({ ...cloud, template: async () => text }, stack),
              };
            }),
          );
          const prices = await loadPricesFor(["eu-west-1"]);
          const plan = await planProvision({
            site: SITE,
            stacks,
            deployed,
            values: new Map(),
            prices,
            order: "sequence",
          });
          write(renderPlan(plan, HEADER, page, expectedPlanSeconds(plan, stacks)));
          const removal = planDestroy(SITE, deployed, prices);
          const stays = keptBy(SITE, deployed, prices);
          write(renderDestroyPlan(removal, HEADER, page, expectedPlanSeconds(removal, []), stays));
          const { documents, ...words } = operatorPolicy(SITE, stacks);
          const policies = documents.map((document) => ({ name: "p", document }));
          write(renderPolicy({ ...SITE, of: "environment", policies, ...words }, page));
        }),
      ),
    );
  });

  it("a plan that was kept, its digest right", async () => {
    const plans = mutated(given.CONTENT).chain((content) =>
      damaged(textOf(content, (one) => asJson(given.planFile(one)))),
    );
    await fuzz(CASES(80, 3000), plans, (bytes) =>
      inFolder((folder) =>
        attempt(async (write) => {
          writeFileSync(join(folder, "plan.json"), bytes);
          const context = contextWith(async () => ({ exitCode: 1, stdout: "", stderr: "" }), { cwd: folder });
          const kept = await readPlan(context, "plan.json");
          write(renderPlan({ ...kept.content.plan, steps: [] }, HEADER, page, 0));
          write(jsonText(kept.content.plan));
          const shown = kept.content.plan;
          write(renderPlan(shown, HEADER, page, expectedPlanSeconds(shown, kept.content.stacks)));
          const operation = { project: { directory: folder }, site: SITE } as unknown as EnvironmentOperation;
          const { plan, stacks } = await recallPlan(operation, kept, []);
          write(renderPlan(plan, HEADER, page, expectedPlanSeconds(plan, stacks)));
        }),
      ),
    );
  });

  it("what runs keep in the bucket and beside astro.yaml, and what makes a rehearsal fail", async () => {
    const state = fc.tuple(
      written(given.RECORD, [asJson]),
      written(given.READS, [asJson]),
      written(given.NOTE, [asJson]),
      written(given.TIMINGS, [asJson]),
      written(given.LOCKFILE, [asJson]),
      written(given.CDK_JSON, [asJson]),
      written(given.FAULTS, [asYaml, asJson]),
      written(given.DEPLOYED, [asJson]),
    );
    await fuzz(CASES(60, 2000), state, ([record, reads, note, timings, lockfile, cdk, faults, deployed]) =>
      inFolder(async (folder) => {
        const cloud = fakeCloud();
        const kept = async (_region: string, _bucket: string, key: string) =>
          new TextDecoder().decode(key.endsWith("run.json") ? record : reads);
        const reading = { ...cloud, readObject: kept };
        mkdirSync(join(folder, ".astro", "previews"), { recursive: true });
        writeFileSync(join(folder, ".astro", "previews", "w.json"), note);
        writeFileSync(join(folder, ".astro", "timings.json"), timings);
        writeFileSync(join(folder, "astro.lock.json"), lockfile);
        writeFileSync(join(folder, "cdk.json"), cdk);
        writeFileSync(join(folder, "faults.yaml"), faults);
        writeFileSync(join(folder, "astro.deployed.json"), deployed);
        await attempt(async (write) => {
          const run = await lastRun(reading, SITE);
          const past = await readHistory(reading, SITE, { deployed: [], record: run, lock: undefined });
          if (past) write(renderPlan(past.plan, HEADER, page, expectedPlanSeconds(past.plan, past.deployed)));
          const template = { Resources: { Database: { Type: "AWS::RDS::DBInstance" } } };
          const stacks = [stackOf("shop-dev-a", "data", { resources: template.Resources })];
          const deployed = [{ ...cloud.put({ name: "shop-dev-a", region: SITE.region }, template), template }];
          const prices = await loadPricesFor([SITE.region]);
          const plan = await planProvision({
            site: SITE,
            stacks,
            deployed,
            values: new Map(),
            prices,
            order: "overlap",
          });
          const pace = await paceOf({ project: { own: ownFolder(folder, () => true) }, target: { real: true } });
          write(renderPlan(plan, HEADER, page, expectedPlanSeconds(plan, stacks, pace)));
        });
        const own = ownFolder(folder, () => true);
        const notes = { own, place: "rehearsal" };
        await attempt(() => clearKilledPreviews(cloud, new Date(), { isGone: () => true }, notes));
        await attempt(async () => void (await isUntouched(folder, "1.0.0")));
        await attempt(async () => void (await readCdkJson(folder)));
        await attempt(() => void faultsOf([`@${join(folder, "faults.yaml")}`]));
        await attempt(async (write) => {
          const deployed = projectFile(folder, "astro.deployed.json", () => true);
          write(jsonText(recall(memoryIn({ file: "astro.yaml", own, deployed }, "real"))));
        });
      }),
    );
  });

  it("what a rehearsal keeps: its world, its time, whose it is", async () => {
    const kept = fc.tuple(
      fc.oneof(
        { arbitrary: written(world, [asJson]), weight: 3 },
        { arbitrary: written({ ...world, stacks: [{ gone: "a" }] }, [asJson]), weight: 1 },
      ),
      written([{ id: "a" }, { id: "b" }], [asJson]),
      damaged("1767225600000"),
      written(given.CLAIM, [asJson]),
    );
    await fuzz(CASES(40, 2000), kept, ([world, deleted, time, server]) =>
      inFolder((folder) =>
        attempt(async () => {
          mkdirSync(join(folder, "1"));
          writeFileSync(join(folder, "1", "world.json"), world);
          writeFileSync(join(folder, "1", "deleted.json"), deleted);
          writeFileSync(join(folder, "1", "time"), time);
          writeFileSync(join(folder, "1", "server.json"), server);
          const { folder: place, host } = keptIn(folder, { isGone: () => true });
          const held = await lockState(place, "http://127.0.0.1:1", "nonce", host);
          try {
            diskStore(held, { seed: 1, account: SITE.account, now: 0 }).save();
          } finally {
            held.release();
          }
        }),
      ),
    );
  });

  it("what is typed for --fault", async () => {
    const words = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .tuple(
          fc.constantFrom("", "stuck:", "throttled:", "quota:", "constructor:", "updates:"),
          fc.string(),
          fc.string(),
        )
        .map(([effect, type, why]) => `${effect}AWS::${type}=${why}`),
      fc.constantFrom(
        "crash-loop#1-",
        "quota:constructor=1",
        "toString",
        "__proto__:x",
        "a:b#9-1",
        "@",
        "@/dev/zero",
        "@/",
      ),
    );
    await fuzz(CASES(100, 3000), words, (text) => attempt(() => void faultsOf([text])));
  });
});
