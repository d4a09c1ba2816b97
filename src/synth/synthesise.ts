import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import type { Assembly } from "./assembly.ts";
import { readAssembly } from "./read.ts";

/** Libraries the generated app needs; without an `npm install` of its own it borrows astro's. */
const LENT = ["aws-cdk-lib", "constructs", "yaml", "tsx"];

/**
 * Runs the CDK app in `directory` as the `cdk` client would, for one environment or (without one) for all, and reads
 * what it wrote. No credentials are needed. Throws AstroError("synthesis") with the app's own first error.
 */
export async function synthesise(
  context: Context,
  directory: string,
  region: string,
  environment?: string,
): Promise<Assembly> {
  const { app, settings } = await readCdkJson(directory);
  const output = join(directory, ".astro", "assembly", environment ?? "all");
  const done = await context.run(app, {
    cwd: directory,
    env: {
      NODE_PATH: [...lentFolders(context.root), context.env.NODE_PATH ?? ""].filter(Boolean).join(delimiter),
      CDK_OUTDIR: output,
      CDK_CONTEXT_JSON: JSON.stringify({ ...settings, ...(environment === undefined ? {} : { environment }) }),
      // The rule engine takes four fifths of a synthesis and says nothing new about an unchanged template.
      CDK_VALIDATION: "false",
      CDK_DEFAULT_REGION: region,
    },
  });
  if (done.exitCode !== 0) {
    throw new AstroError(
      "synthesis",
      `the CDK app in ${directory} failed: ${firstError(done.stderr)}`,
      `mend it, then try it alone: cd ${directory} && npx cdk synth`,
    );
  }
  return readAssembly(output, region);
}

async function readCdkJson(directory: string): Promise<{ readonly app: string; readonly settings: object }> {
  const read = async (name: string): Promise<Record<string, unknown> | undefined> => {
    const text = await readFile(join(directory, name), "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as Record<string, unknown>;
    } catch (error) {
      throw new AstroError(
        "synthesis",
        `${join(directory, name)} is not JSON`,
        "mend it, or restore it from git",
        error,
      );
    }
  };
  const cdk = await read("cdk.json");
  if (typeof cdk?.app !== "string") {
    throw new AstroError(
      "synthesis",
      `no CDK app in ${directory}: cdk.json ${cdk === undefined ? "is not there" : "names no app"}`,
      "write one with:  astro init",
    );
  }
  return { app: cdk.app, settings: { ...asObject(cdk.context), ...(await read("cdk.context.json")) } };
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

/** The `node_modules` folders that hold the libraries astro lends, wherever npm has put them. */
function lentFolders(root: string): readonly string[] {
  const require = createRequire(join(root, "package.json"));
  return [...new Set(LENT.map((name) => dirname(dirname(require.resolve(`${name}/package.json`)))))];
}

/** The line that says what went wrong, with the place in the user's code if the trace names one. */
function firstError(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  const error =
    lines.find((line) => /^(\w*Error|Error)\b.*:/.test(line)) ?? lines.findLast((line) => line !== "") ?? "";
  const place = lines.find((line) => line.startsWith("at ") && !/node_modules|node:/.test(line));
  return place === undefined ? error : `${error} (${place})`;
}
