import { appSecretKeys, appSecretName } from "../../plan/app-secret.ts";
import { completed } from "../../provision/commands.ts";
import type { PreflightCheck } from "../check.ts";

/** Whether every key of the environment's own secret that tasks are given is set. */
export const SECRET_CHECK: PreflightCheck = {
  code: "secrets",
  document:
    "Amazon ECS Developer Guide, Pass Secrets Manager secrets through environment variables; ResourceInitializationError",
  of: async ({ site, changing = [], again, look }) => {
    const wanted = changing
      .filter(({ region }) => region === site.region)
      .flatMap(({ name: stack, region, template, parameters = {} }) =>
        appSecretKeys({ template, stack, region, parameters }),
      );
    const names = [...new Set(wanted)].sort();
    if (names.length === 0) return [];
    const secret = appSecretName(site);
    const keys = await look.secretKeys(site.region, secret);
    const missing = names.filter((name) => !keys?.includes(name));
    const there = names.length - missing.length;
    const words = `${there} of ${names.length} secrets of the tasks are set in ${secret}`;
    const way = (name: string) =>
      keys === undefined
        ? {
            text: `leave ${name} out of service.secrets, or service.image out of astro.yaml, until the environment is provisioned; then`,
            command: completed(["astro", "secret", "set", name], again),
          }
        : { text: "set it", command: completed(["astro", "secret", "set", name], again) };
    return [
      ...(there > 0 ? [{ outcome: "ok", words } as const] : []),
      ...missing.map((name) => ({
        outcome: "problem" as const,
        words: `${name} is not set in ${secret}: no task would start`,
        fix: { hints: [way(name)] },
      })),
    ];
  },
};
