import type { Context } from "../context.ts";

/**
 * The user's default region and its source, as the aws CLI resolves it: AWS_REGION, AWS_DEFAULT_REGION, the
 * profile's (AWS CLI User Guide, "Configuration and credentials precedence"); undefined if none is set.
 */
export async function regionHere({
  env,
}: Pick<Context, "env">): Promise<{ readonly region: string; readonly from: string } | undefined> {
  for (const from of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
    const region = env[from];
    if (region) return { region, from };
  }
  const { readSharedConfig } = await import("../aws/shared-config.ts");
  const { profile, profiles } = await readSharedConfig(env);
  const region = profiles[profile]?.region;
  return region === undefined ? undefined : { region, from: `profile ${profile}` };
}
