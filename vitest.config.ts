import { defineConfig } from "vitest/config";

const settings = {
  environment: "node",
  testTimeout: 30_000,
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", NO_COLOR: "1" },
} as const;

export default defineConfig({
  test: {
    projects: [
      { test: { ...settings, name: "astro", include: ["test/**/*.test.ts"], exclude: ["test/emulator/**"] } },
      { test: { ...settings, name: "app", root: "./templates/app", include: ["test/**/*.test.ts"] } },
    ],
  },
});
