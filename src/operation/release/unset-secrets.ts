import { AstroError } from "../../errors.ts";
import { appSecretKeys, appSecretName } from "../../plan/app-secret.ts";
import type { Site } from "../../plan/provision-plan.ts";
import type { AppStack } from "../../release/app-stacks.ts";
import type { AppSecret } from "../../release/port-secret.ts";
import { commandWith, type OperationOptions } from "../flags.ts";

/** Where the secret is asked for. */
type Reading = {
  readonly target: { readonly app: () => Promise<Pick<AppSecret, "appSecret">> };
  readonly site: Site;
};

/**
 * Throws AstroError("preflight") where tasks would be given a secret that is not set: none could start (Amazon ECS Developer
 * Guide, "ResourceInitializationError"). Whoever may not read the secret goes without this look.
 */
export async function refuseUnset(
  { target, site }: Reading,
  flags: OperationOptions,
  { apps }: { readonly apps: readonly Pick<AppStack, "parameter" | "stack">[] },
): Promise<void> {
  const wanted = apps.flatMap(({ parameter, stack: { name: stack, region, template, parameters = {} } }) =>
    appSecretKeys({ template, stack, region, parameters: { ...parameters, [parameter]: "any" } }),
  );
  if (wanted.length === 0) return;
  const app = await target.app();
  const read = await app.appSecret(site.region, appSecretName(site)).catch((error: unknown) => {
    if (error instanceof AstroError && error.code === "denied") return "denied" as const;
    throw error;
  });
  if (read === "denied") return;
  // Where the secret itself is gone, nothing of it is set.
  const missing = [...new Set(wanted)].filter((name) => !Object.hasOwn(read ?? {}, name));
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
