import { isObject } from "./json.ts";
import type { Json, Template } from "./types.ts";

/** One weak reference: a template reads this output of that stack (`Fn::GetStackOutput`). */
export type OutputRead = {
  readonly stack: string;
  readonly output: string;
  /** Region of the stack read from, where it is not the reader's own. */
  readonly region?: string;
};

/** Every output of another stack that `template` reads, each once. */
export function outputReads(template: Template): readonly OutputRead[] {
  const found = new Map<string, OutputRead>();
  visit(template as unknown as Json, (read) => found.set(readKey(read), read));
  return [...found.values()];
}

/** A name for one read, the same in every run. */
export function readKey({ stack, output, region }: OutputRead): string {
  return `${region === undefined ? "" : `${region}/`}${stack}.${output}`;
}

function visit(value: Json | undefined, found: (read: OutputRead) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, found);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const read = key === "Fn::GetStackOutput" ? asRead(inner) : undefined;
    if (read) found(read);
    else visit(inner, found);
  }
}

function asRead(value: Json): OutputRead | undefined {
  if (!isObject(value)) return undefined;
  const { StackName, OutputName, Region } = value;
  if (typeof StackName !== "string" || typeof OutputName !== "string") return undefined;
  return { stack: StackName, output: OutputName, ...(typeof Region === "string" ? { region: Region } : {}) };
}
