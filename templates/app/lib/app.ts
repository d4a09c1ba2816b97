import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, type AppProps } from "aws-cdk-lib";
import { type Config, load } from "./config";
import { buildEnvironment } from "./environment";

/** The folder of this app: astro.yaml and cdk.json lie in it. */
export const HOME = join(__dirname, "..");

/** astro.yaml of this app. */
export function ownConfig(): Config {
  return load(join(HOME, "astro.yaml"));
}

/**
 * The whole app: every environment, or the one that the context key `environment` names.
 *
 * Feature flags are cdk.json's also where no `cdk` hands them over, so that the templates are always the same.
 */
export function buildApp(config: Config, { context, ...props }: AppProps = {}): App {
  const { context: flags } = JSON.parse(readFileSync(join(HOME, "cdk.json"), "utf8"));
  const app = new App({ analyticsReporting: false, ...props, context: { ...flags, ...context } });
  const wanted: unknown = app.node.tryGetContext("environment");
  const names = Object.keys(config.environments);
  if (wanted !== undefined && !names.includes(String(wanted))) {
    throw new Error(`no environment ${String(wanted)} in astro.yaml: there is ${names.join(", ")}`);
  }
  for (const [name, environment] of Object.entries(config.environments)) {
    if (wanted === undefined || wanted === name) buildEnvironment(app, config.name, name, environment);
  }
  return app;
}
