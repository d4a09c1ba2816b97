import { join } from "node:path";
import { editConfig } from "../../config/edit.ts";
import { parseConfig } from "../../config/parse.ts";
import type { Context } from "../../context.ts";
import { AstroError, type Hint } from "../../errors.ts";
import { appSecretKeys, appSecretName } from "../../plan/app-secret.ts";
import { isOf } from "../../plan/ownership.ts";
import { isDead } from "../../plan/status.ts";
import { everyStack, readDeployedTemplate } from "../../provision/look.ts";
import { sideBySide } from "../../provision/side-by-side.ts";
import { type AppPart, appStacksOf } from "../../release/app-stacks.ts";
import type { SecretPairs } from "../../release/port-secret.ts";
import { writeFiles } from "../../scaffold/write.ts";
import { textAt } from "../ci-policies.ts";
import { commandWith, type OperationOptions } from "../flags.ts";
import type { EnvironmentOperation } from "../open.ts";

/** The keys that the deployed tasks of each part of the app are given. */
export type KeysGiven = ReadonlyMap<AppPart, readonly string[]>;

/** What the environment's own secret holds, and which of it the deployed tasks are given. Throws AstroError. */
export async function secretsThere(
  operation: EnvironmentOperation,
  flags: OperationOptions,
): Promise<{ readonly pairs: SecretPairs; readonly given: KeysGiven }> {
  const { target, site } = operation;
  const [pairs, given] = await Promise.all([
    target.app().then((app) => app.appSecret(site.region, appSecretName(site))),
    keysGiven(operation),
  ]);
  if (pairs === undefined) throw notThere(operation, flags);
  return { pairs, given };
}

async function keysGiven({ target, site }: EnvironmentOperation): Promise<KeysGiven> {
  const found = await everyStack(target.cloud, [site.region]);
  const own = found.filter(
    ({ tags, status, parameters = {} }) => isOf(tags, site) && !isDead(status) && Object.hasOwn(parameters, "Image"),
  );
  const read = await sideBySide(own, async (stack) => ({
    ...stack,
    template: await readDeployedTemplate(target.cloud, stack),
  }));
  const keys = appStacksOf(read).map(({ part, stack: { name: stack, region, template, parameters = {} } }) => {
    return [part, appSecretKeys({ template, stack, region, parameters })] as const;
  });
  return new Map(keys);
}

function notThere({ project, site }: EnvironmentOperation, flags: OperationOptions): AstroError {
  const isOld = textAt(join(project.directory, "stacks", "secrets.ts"))?.includes("AppSecret") === false;
  const init: Hint = {
    text: "bring the app's files up to date, those that you edited stay as they are",
    command: ["astro", "init", project.directory],
  };
  return new AstroError("failed", `${site.environment} has no secret ${appSecretName(site)} yet`, [
    ...(isOld ? [init] : []),
    { text: "make it, then run the same command again", command: commandWith("provision", site.environment, flags) },
  ]);
}

/** astro.yaml with these names in `service.secrets`, or `undefined` where it has them already; throws AstroError("config"). */
export function listingText({ project, site, environment }: EnvironmentOperation, names: readonly string[]) {
  const before = environment.service.secrets ?? [];
  if (JSON.stringify(before) === JSON.stringify(names)) return undefined;
  const path = ["environments", site.environment, "service", "secrets"];
  const text = editConfig(project.text, [{ path, value: names.length === 0 ? undefined : names }]);
  parseConfig(text, project.file);
  return text;
}

/** Writes astro.yaml, if there is something to write. */
export async function writeListing({ project }: EnvironmentOperation, text: string | undefined): Promise<void> {
  if (text !== undefined) await writeFiles(project.directory, new Map([["astro.yaml", text]]));
}

/** A word for one version of a secret: 32 to 64 characters (AWS Secrets Manager API Reference, PutSecretValue). */
export function versionToken({ token }: Pick<Context, "token">): string {
  return Array.from({ length: 4 }, () => token().padStart(12, "0"))
    .join("")
    .slice(0, 48);
}
