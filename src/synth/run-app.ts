import { delimiter, join } from "node:path";
import { command } from "../command-line.ts";
import type { Context } from "../context.ts";
import { AstroError, reasonOf } from "../errors.ts";
import { readText } from "../reading/file.ts";
import { readJson } from "../reading/json.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import { ReadingError } from "../reading/reading-error.ts";
import { anything, mapSchema, shaped } from "../reading/shape.ts";
import { lentFolders } from "./libraries.ts";

/** One run of the CDK app in `directory`, for one environment or (without one) for all. */
export type Running = {
  readonly directory: string;
  readonly region: string;
  readonly environment: string | undefined;
  /** Folder the cloud assembly is written to. */
  readonly output: string;
  /** The folder whose libraries the app borrows, see `lenderOf`. */
  readonly lender: () => Promise<string>;
};

/** The command of an app's cdk.json, and its context merged with cdk.context.json's. */
export type CdkJson = { readonly app: string; readonly settings: object };

/**
 * Runs the app as the `cdk` client would; `validation` turns AWS's rule engine on, which takes 80 % of a
 * synthesis. Throws AstroError("synthesis") with the app's own first error.
 */
export async function runApp(
  context: Context,
  { app, settings }: CdkJson,
  { directory, region, environment, output, lender }: Running,
  validation: boolean,
): Promise<void> {
  const lent = lentFolders(await lender());
  const done = await context.run(app, {
    cwd: directory,
    env: {
      NODE_PATH: [...lent, context.env.NODE_PATH ?? ""].filter(Boolean).join(delimiter),
      CDK_OUTDIR: output,
      CDK_CONTEXT_JSON: JSON.stringify({ ...settings, ...(environment === undefined ? {} : { environment }) }),
      CDK_VALIDATION: String(validation),
      CDK_DEFAULT_REGION: region,
    },
  });
  if (done.exitCode === 0) return;
  throw new AstroError(
    "synthesis",
    `the CDK app in ${directory} failed: ${firstError(done.stderr)}`,
    `fix it; to run it alone:  cd ${directory} && npx cdk synth`,
  );
}

/** Reads cdk.json. Throws AstroError("synthesis") if there is no app. */
export async function readCdkJson(directory: string): Promise<CdkJson> {
  const read = async (name: string): Promise<Record<string, unknown> | undefined> => {
    const file = join(directory, name);
    const refuse = (words: string, cause: unknown) =>
      new AstroError("synthesis", words, "fix it, or restore it from git", cause);
    try {
      return shaped<Record<string, unknown>>(mapSchema(anything), readJson(readText(file, MOST_BYTES.assembly)));
    } catch (error) {
      if (error instanceof ReadingError) throw refuse(error.in(file), error);
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw refuse(`${file} cannot be read: ${reasonOf(error)}`, error);
    }
  };
  const cdk = await read("cdk.json");
  if (typeof cdk?.app !== "string") {
    throw new AstroError(
      "synthesis",
      `no CDK app in ${directory}: cdk.json ${cdk === undefined ? "is missing" : 'has no "app"'}`,
      { text: "write one with", command: command`astro init` },
    );
  }
  return { app: cdk.app, settings: { ...asObject(cdk.context), ...(await read("cdk.context.json")) } };
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

/** The line with the error, and the line of the user's code if the trace names one. */
function firstError(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  const error =
    lines.find((line) => /^(\w*Error|Error)\b.*:/.test(line)) ?? lines.findLast((line) => line !== "") ?? "";
  const place = lines.find((line) => line.startsWith("at ") && !/node_modules|node:/.test(line));
  return place === undefined ? error : `${error} (${place})`;
}
