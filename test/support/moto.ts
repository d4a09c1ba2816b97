import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Json, JsonObject, Template } from "../../src/template/types.ts";
import { type Emulator, startEmulator } from "./emulator.ts";
import type { Aws } from "./lab.ts";
import { emulatorTools } from "./python.ts";

/** Properties this version's CloudFormation cannot read, by type (tried); it ignores whole types that it lacks. */
const STUMBLES: { readonly [type: string]: readonly string[] } = { "AWS::KMS::Key": ["Tags"] };

/** Outputs by `STACK.OUTPUT`. */
export type Outputs = { readonly [name: string]: string };

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

/** The outputs of every stack that a client sees. */
export async function outputsOf(aws: Aws, ...args: readonly string[]): Promise<Outputs> {
  type Stack = { StackName: string; Outputs?: { OutputKey: string; OutputValue: string }[] };
  const { Stacks } = await aws<{ Stacks: Stack[] }>("cloudformation", "describe-stacks", ...args);
  const named = Stacks.flatMap(({ StackName, Outputs = [] }) =>
    Outputs.map(({ OutputKey, OutputValue }) => [`${StackName}.${OutputKey}`, OutputValue] as const),
  );
  return Object.fromEntries(named);
}

/**
 * Creates stacks of a cloud assembly, in the order given. Since moto has no Fn::GetStackOutput, each template is handed
 * over with the values it reads written out: this emulator's own, or those of `others` for what it does not make.
 * Returns what was applied, as `stack.LogicalId`.
 */
export async function createStacks(
  aws: Aws,
  assembly: string,
  stacks: readonly string[],
  others: Outputs,
): Promise<readonly string[]> {
  let known = others;
  const applied: string[] = [];
  for (const stack of stacks) {
    const template = JSON.parse(readFileSync(join(assembly, `${stack}.template.json`), "utf8")) as Template;
    const file = join(assembly, `${stack}.alone.json`);
    writeFileSync(file, JSON.stringify(writtenOut(readable(template), known)));
    const body = ["--template-body", `file://${file}`, "--capabilities", "CAPABILITY_NAMED_IAM"];
    await aws("cloudformation", "create-stack", "--stack-name", stack, ...body);
    const name = ["--stack-name", stack];
    type Answer = { StackResources: { LogicalResourceId?: string }[] };
    const [{ StackResources }, outputs] = await Promise.all([
      aws<Answer>("cloudformation", "describe-stack-resources", ...name),
      outputsOf(aws, ...name),
    ]);
    known = { ...known, ...outputs };
    applied.push(...StackResources.flatMap(({ LogicalResourceId: id }) => (id ? [`${stack}.${id}`] : [])));
  }
  return applied;
}

function readable(template: Template): Template {
  const resources = Object.entries(template.Resources).map(([id, { Properties, ...rest }]) => {
    const kept = Object.entries(Properties ?? {}).filter(([name]) => !STUMBLES[rest.Type]?.includes(name));
    return [id, { ...rest, Properties: Object.fromEntries(kept) }];
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

/** A value with every Fn::GetStackOutput replaced by what it would give. */
function writtenOut<T>(value: T, known: Outputs): T {
  return JSON.parse(JSON.stringify(value), (_, inner: Json) => {
    const read = typeof inner === "object" && inner !== null && "Fn::GetStackOutput" in inner;
    if (!read) return inner;
    const { StackName, OutputName } = (inner as JsonObject)["Fn::GetStackOutput"] as JsonObject;
    const found = known[`${StackName}.${OutputName}`];
    if (found === undefined) throw new Error(`no output ${OutputName} of ${StackName}`);
    return found;
  });
}
