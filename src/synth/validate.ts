import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import type { Assembly } from "./assembly.ts";
import { lenderOnce } from "./libraries.ts";
import { assembliesOf } from "./output.ts";
import { readCdkJson, runApp } from "./run-app.ts";

/** The CDK's validation report, the part we read (AWS CDK, "validation-report.json"). */
type Report = { readonly pluginReports?: readonly { readonly violations?: readonly Violation[] }[] };
type Violation = {
  readonly ruleName: string;
  readonly description: string;
  readonly severity?: string;
  readonly violatingConstructs?: readonly {
    readonly constructPath?: string;
    readonly stackTraces?: readonly string[];
  }[];
};

/**
 * Validates the app's templates with AWS's rule engine (some five seconds), unless this very assembly was valid before.
 * Throws AstroError("template") with the first violation and its place in the app.
 */
export async function validate(
  context: Context,
  directory: string,
  region: string,
  environment: string,
  assembly: Assembly,
): Promise<void> {
  const folder = assembliesOf(directory, context.trusts);
  const verdict = `${environment}.valid`;
  const digest = digestOf(context, assembly);
  if (folder.read(verdict)?.toString("utf8") === digest) return;
  const checked = folder.folder(`${environment}.checked`);
  const output = checked.path;
  checked.drop();
  checked.make();
  try {
    await runApp(
      context,
      await readCdkJson(directory),
      { directory, region, environment, output, lender: lenderOnce(context, directory) },
      true,
    );
  } catch (error) {
    throw (await violationIn(directory, output)) ?? error;
  } finally {
    checked.drop();
  }
  folder.write(verdict, digest);
}

/** Of the templates, and of astro's version: another one may have other rules. */
function digestOf(context: Context, { stacks }: Assembly): string {
  const hash = createHash("sha256").update(context.version);
  for (const { name, region, body } of stacks) hash.update(JSON.stringify([name, region, body]));
  return hash.digest("hex");
}

async function violationIn(directory: string, output: string): Promise<AstroError | undefined> {
  const text = await readFile(join(output, "validation-report.json"), "utf8").catch(() => "{}");
  const violations = ((JSON.parse(text) as Report).pluginReports ?? []).flatMap((report) => report.violations ?? []);
  const errors = violations.filter(({ severity }) => severity === "error" || severity === "fatal");
  const [first] = errors;
  if (first === undefined) return undefined;
  const [construct] = first.violatingConstructs ?? [];
  const [, file, at] = /\(([^()]+?):(\d+:\d+)\)/.exec(construct?.stackTraces?.[0] ?? "") ?? [];
  const where = file === undefined ? "" : `${relative(directory, file)}:${at}: `;
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : "";
  return new AstroError(
    "template",
    `${where}${construct?.constructPath ?? "a template"}: ${first.description} (${first.ruleName})${more}`,
    `fix it; for all findings:  cd ${directory} && npx cdk synth --quiet`,
  );
}
