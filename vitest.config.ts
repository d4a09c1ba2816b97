import { defineConfig } from "vitest/config";

const settings = {
  environment: "node",
  testTimeout: 60_000,
  hookTimeout: 120_000,
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", NO_COLOR: "1" },
} as const;

/** The built program, started as a person would start it: these want the machine for themselves. */
const PROGRAM = ["test/e2e/**/*.test.ts", "test/chaos/**/*.test.ts"];

/** Minutes of computing that show nothing of another Node: left out by QUICK=1, as CI has it for its second version. */
const LONG = [
  "test/{cost,fuzz,policy,rehearsal,rules,template}/**/*.test.ts",
  "test/**/{makespan,workload/engine,provision/faults,operation/foreign}.test.ts",
];

export default defineConfig({
  test: {
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
