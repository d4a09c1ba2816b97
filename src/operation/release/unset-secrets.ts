import { AstroError } from "../../errors.ts";
import { appSecretKeys, appSecretName } from "../../plan/app-secret.ts";
import { commandWith, type OperationOptions } from "../flags.ts";
import type { EnvironmentOperation } from "../open.ts";
import type { DeployedApp } from "./deployed-app.ts";

/**
 * Throws AstroError("preflight") where tasks would be given a secret that is not set: none could start (Amazon ECS Developer
 * Guide, "ResourceInitializationError"). Whoever may not read the secret goes without this look.
 */
export async function refuseUnset(
  { target, site }: EnvironmentOperation,
  flags: OperationOptions,
  { apps }: DeployedApp,
): Promise<void> {
  const wanted = apps.flatMap(({ parameter, stack: { name: stack, region, template, parameters = {} } }) =>
    appSecretKeys({ template, stack, region, parameters: { ...parameters, [parameter]: "any" } }),
  );
  if (wanted.length === 0) return;
  const app = await target.app();
  const pairs = await app.appSecret(site.region, appSecretName(site)).catch((error: unknown) => {
    if (error instanceof AstroError && error.code === "denied") return undefined;
    throw error;
  });
  const missing = [...new Set(wanted)].filter((name) => pairs !== undefined && !Object.hasOwn(pairs, name));
  if (missing.length === 0) return;
  throw new AstroError(
    "preflight",
    `${missing.join(", ")}: not set in ${appSecretName(site)}, so no task would start; nothing was changed`,
    missing.map((name) => ({
      text: "set it",
      command: commandWith("secret set", site.environment, { ...flags, file: name }),
    })),
  );
}
