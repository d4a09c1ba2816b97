import { defineConfig } from "vitest/config";

/** The chaos tests of `npm test` with as many rounds as they are meant to stand. */
export default defineConfig({
  test: {
    environment: "node",
    include: ["test/chaos/**/*.test.ts"],
    fileParallelism: false,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", NO_COLOR: "1", CHAOS: "full" },
  },
});
