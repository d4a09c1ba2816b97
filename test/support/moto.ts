import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "../../src/template/json.ts";
import { referencesIn } from "../../src/template/references.ts";
import { type StoredRead, storedReads } from "../../src/template/stored.ts";
import type { Json, Template } from "../../src/template/types.ts";
import { type Emulator, startEmulator } from "./emulator.ts";
import type { Aws } from "./lab.ts";
import { emulatorTools } from "./python.ts";

/** Properties this version's CloudFormation cannot read, by type (tried); it ignores whole types that it lacks. */
const STUMBLES: { readonly [type: string]: readonly string[] } = {
  "AWS::KMS::Key": ["Tags"],
  "AWS::SSM::Parameter": ["Tags"],
};

/** What stacks tell each other: values of Parameter Store by their names, and outputs by `STACK.OUTPUT`. */
export type Told = { readonly [name: string]: string };

/** Starts moto. */
export function startMoto(account: string): Promise<Emulator> {
  const recipe = {
    program: join(emulatorTools(), "moto_server"),
    args: (port: string) => ["-H", "127.0.0.1", "-p", port],
    environment: () => ({ MOTO_ACCOUNT_ID: account }),
    ready: "/moto-api/",
  };
  return startEmulator(recipe, account);
}

/** The values of Parameter Store that a client sees. */
async function storedIn(aws: Aws, ...args: readonly string[]): Promise<Told> {
  type Answer = { Parameters: { Name: string; Value: string }[] };
  const { Parameters } = await aws<Answer>("ssm", "get-parameters-by-path", "--path", "/", "--recursive", ...args);
  return Object.fromEntries(Parameters.map(({ Name, Value }) => [Name, Value]));
}

/** All that the stacks which a client sees tell each other. */
export async function toldBy(aws: Aws, ...args: readonly string[]): Promise<Told> {
  const [stored, outputs] = await Promise.all([storedIn(aws, ...args), outputsOf(aws, ...args)]);
  return { ...stored, ...outputs };
}

async function outputsOf(aws: Aws, ...args: readonly string[]): Promise<Told> {
  type Stack = { StackName: string; Outputs?: { OutputKey: string; OutputValue: string }[] };
  const { Stacks } = await aws<{ Stacks: Stack[] }>("cloudformation", "describe-stacks", ...args);
  const named = Stacks.flatMap(({ StackName, Outputs = [] }) =>
    Outputs.map(({ OutputKey, OutputValue }) => [`${StackName}.${OutputKey}`, OutputValue] as const),
  );
  return Object.fromEntries(named);
}

/**
 * Creates stacks of a cloud assembly, in the order given. Each template is handed over with the values it reads
 * written out: this emulator's own, or those of `others` for what it does not make.
 * Returns what was applied, as `stack.LogicalId`.
 */
export async function createStacks(
  aws: Aws,
  assembly: string,
  stacks: readonly string[],
  others: Told,
): Promise<readonly string[]> {
  let known = others;
  const applied: string[] = [];
  for (const stack of stacks) {
    const template = JSON.parse(readFileSync(join(assembly, `${stack}.template.json`), "utf8")) as Template;
    const file = join(assembly, `${stack}.alone.json`);
    const reads = new Map(storedReads(template).map((read) => [read.parameter, read]));
    writeFileSync(file, JSON.stringify(writtenOut(readable(template, others), known, reads)));
    const body = ["--template-body", `file://${file}`, "--capabilities", "CAPABILITY_NAMED_IAM"];
    await aws("cloudformation", "create-stack", "--stack-name", stack, ...body);
    const name = ["--stack-name", stack];
    type Answer = { StackResources: { LogicalResourceId?: string }[] };
    const [{ StackResources }, told] = await Promise.all([
      aws<Answer>("cloudformation", "describe-stack-resources", ...name),
      toldBy(aws),
    ]);
    known = { ...known, ...told };
    applied.push(...StackResources.flatMap(({ LogicalResourceId: id }) => (id ? [`${stack}.${id}`] : [])));
  }
  return applied;
}

/** Whether a value is of what this emulator does not make, or lacks: it would keep nothing of it, and refuses that. */
function isLacking({ Resources }: Template, value: Json | undefined): boolean {
  return referencesIn(value).some(
    ({ name, attribute }) =>
      Resources[name]?.Type === "AWS::SecretsManager::Secret" || attribute === "RegionalDomainName",
  );
}

/** The template without what this emulator stumbles over; what it lacks is what it is elsewhere. */
function readable(template: Template, others: Told): Template {
  const resources = Object.entries(template.Resources).map(([id, { Properties = {}, ...rest }]) => {
    const kept = Object.entries(Properties).filter(([name]) => !STUMBLES[rest.Type]?.includes(name));
    const lacks = rest.Type === "AWS::SSM::Parameter" && isLacking(template, Properties.Value);
    const told = lacks ? { Value: others[String(Properties.Name)] ?? "unknown" } : {};
    return [id, { ...rest, Properties: { ...Object.fromEntries(kept), ...told } }];
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

/** A template with every value that it reads from Parameter Store, or from an output, replaced by what is read. */
function writtenOut(
  { Parameters = {}, ...template }: Template,
  known: Told,
  reads: ReadonlyMap<string, StoredRead>,
): Template {
  const found = (name: string) => {
    const value = known[name];
    if (value === undefined) throw new Error(`nobody has written ${name}`);
    return value;
  };
  const own = Object.entries(Parameters).filter(([name]) => !reads.has(name));
  return JSON.parse(JSON.stringify({ ...template, Parameters: Object.fromEntries(own) }), (_, inner: Json) => {
    if (!isObject(inner)) return inner;
    const read = reads.get(String(inner.Ref));
    if (read) return read.list ? found(read.path).split(",") : found(read.path);
    const { StackName, OutputName } = isObject(inner["Fn::GetStackOutput"]) ? inner["Fn::GetStackOutput"] : {};
    return StackName === undefined ? inner : found(`${StackName}.${OutputName}`);
  });
}
