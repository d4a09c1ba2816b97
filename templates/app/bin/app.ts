import { buildApp, ownConfig } from "../lib/app";
import { ConfigError } from "../lib/config";

try {
  buildApp(ownConfig()).synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`Error: ${error.message}\n`);
  process.exitCode = 1;
}
