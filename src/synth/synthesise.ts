import { join } from "node:path";
import type { Config } from "../config/schema.ts";
import type { Context } from "../context.ts";
import type { Assembly } from "./assembly.ts";
import { digestOfInputs, forget, isFresh, remember } from "./cache.ts";
import { LENT, lenderOnce } from "./libraries.ts";
import { assembliesOf, prepareOutput } from "./output.ts";
import { readAssembly } from "./read.ts";
import { readCdkJson, runApp } from "./run-app.ts";

/** A CDK app on disk, and the files it declares to read besides its own (`cache` of astro.yaml). */
type CdkApp = { readonly directory: string; readonly config: Pick<Config, "cache"> };

/**
 * The assembly of a CDK app, for one environment or (without one) for all. An app that is as it was when it last ran is not
 * run again, if it is as astro wrote it or declares what it reads. No credentials are needed. Throws
 * AstroError("synthesis") with the app's own first error.
 */
export async function synthesise(
  context: Context,
  { directory, config }: CdkApp,
  region: string,
  environment?: string,
): Promise<Assembly> {
  const cdk = await readCdkJson(directory);
  const name = environment ?? "all";
  const folder = assembliesOf(directory, context.trusts);
  const output = join(folder.path, name);
  const running = { directory, region, environment, output, lender: lenderOnce(context, directory) };
  const inputs = await digestOfInputs(context, running, config.cache, LENT);
  if (inputs !== undefined && (await isFresh(folder, name, inputs))) return readAssembly(output, region);
  forget(folder, name);
  prepareOutput(folder.folder(name));
  await runApp(context, cdk, running, false);
  const assembly = await readAssembly(output, region);
  if (inputs !== undefined) await remember(folder, name, inputs);
  return assembly;
}
