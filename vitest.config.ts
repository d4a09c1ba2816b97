import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const settings = {
  environment: "node",
  testTimeout: 60_000,
  hookTimeout: 120_000,
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", NO_COLOR: "1" },
} as const;

/** The built program, started as a person would start it: these want the machine for themselves. */
const PROGRAM = ["test/e2e/**/*.test.ts", "test/chaos/**/*.test.ts"];

/**
 * What computes for minutes and asks nothing of Node that the others do not: left out by QUICK=1, as CI has it for its second
 * version, under which it does the packed program's main job besides.
 */
const LONG = ["test/{cost,fuzz,operation,policy,provision,rehearsal,rules,template,wizard}/**/*.test.ts"];

/**
 * What takes longest of each project, longest first: begun first, or one core would wait at the end while the other is at it.
 * Without times of earlier runs, as in CI, vitest has but the files' sizes to go by.
 */
const LONGEST = [
  "test/template/app/options.test.ts",
  "test/wizard/answer-sets.test.ts",
  "test/provision/makespan.test.ts",
  "test/provision/faults.test.ts",
  "test/rehearsal/quotas.test.ts",
  "test/synth/validate.test.ts",
  "test/provision/workload/engine.test.ts",
  "test/template/updates.test.ts",
  "test/policy/runs.test.ts",
  "test/operation/foreign.test.ts",
  "test/config/deployed.test.ts",
  "test/aws/lock.test.ts",
  "test/provision/no-op.test.ts",
  "test/e2e/last-lines.test.ts",
  "test/e2e/everyday.test.ts",
  "test/e2e/rounds.test.ts",
  "test/e2e/mishaps.test.ts",
  "test/e2e/cdk-on-rehearsal.test.ts",
  "test/chaos/struck.test.ts",
  "test/e2e/interrupt.test.ts",
  "test/chaos/duels.test.ts",
  "test/e2e/growth.test.ts",
  "test/e2e/wizard-account.test.ts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    // Each project's by themselves: one after the other they have their modules loaded already.
    const projects = [...new Set(sorted.map(({ project }) => project.name))];
    const place = ({ project, moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`));
      return projects.indexOf(project.name) * (LONGEST.length + 1) + (at < 0 ? LONGEST.length : at);
    };
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...settings,
          name: "astro",
          include: ["test/**/*.test.ts"],
          exclude: ["test/emulator/**", ...PROGRAM, ...(process.env.QUICK ? LONG : [])],
          // Nothing of ours keeps state in a module but caches, and loading them once a file takes a third of the time.
          isolate: false,
          maxWorkers: "100%",
        },
      },
      {
        test: { ...settings, maxWorkers: "100%", name: "app", root: "./templates/app", include: ["test/**/*.test.ts"] },
      },
      {
        test: {
          ...settings,
          name: "program",
          // Deaths and duels as often as they are meant to be stood take minutes: `npm run test:chaos`.
          include: process.env.CHAOS === "full" ? ["test/chaos/**/*.test.ts"] : PROGRAM,
          testTimeout: 180_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
