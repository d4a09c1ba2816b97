import { evaluate, type Scope } from "../template/evaluate.ts";
import type { Fault } from "./rule.ts";

const QUOTAS = "CloudFormation User Guide, Understand CloudFormation quotas";

/** A stack as its template makes it. */
type StackSubject = {
  readonly scope: Scope;
  /** The template's text as it is sent, if it is known. */
  readonly body: string | undefined;
  /** The stacks that come before it. */
  readonly before: readonly Scope[];
};

/** A thing that CloudFormation demands of a template as a whole. */
export type StackRule = {
  readonly id: string;
  readonly document: string;
  readonly approximate?: true;
  readonly check: (subject: StackSubject) => Fault | undefined;
};

/** Most of each section's entries (QUOTAS). */
const MOST = { Resources: 500, Parameters: 200, Outputs: 200, Mappings: 200 } as const;
const SECTIONS = Object.keys(MOST) as (keyof typeof MOST)[];

/** How an entry of each section is called. */
const ENTRIES = { Resources: "Resource", Parameters: "Parameter", Outputs: "Output", Mappings: "Mapping" } as const;

/** Bytes of a template that comes from a bucket (QUOTAS: 1 MB). */
const LARGEST = 1_000_000;

/** What CloudFormation demands of every template. */
export const STACK_RULES: readonly StackRule[] = [
  {
    id: "stack-name",
    document: "CloudFormation API Reference, CreateStack (StackName)",
    check: ({ scope: { stack } }) => {
      if (/^[a-zA-Z][-a-zA-Z0-9]*$/.test(stack) && stack.length <= 128) return undefined;
      const must =
        stack.length > 128
          ? "have length less than or equal to 128"
          : "satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*";
      const message = `1 validation error detected: Value '${stack}' at 'stackName' failed to satisfy constraint: Member must ${must}`;
      return { property: "StackName", value: stack, message };
    },
  },
  {
    id: "stack-size",
    document: QUOTAS,
    check: ({ body }) => {
      const size = new TextEncoder().encode(body).length;
      const message = `Template may not exceed ${LARGEST} bytes in size.`;
      return size > LARGEST ? { property: "TemplateBody", value: size, message } : undefined;
    },
  },
  {
    id: "stack-entries",
    document: QUOTAS,
    check: ({ scope: { template } }) => {
      for (const section of SECTIONS) {
        const count = Object.keys(template[section] ?? {}).length;
        const message = `Template format error: Number of ${section.toLowerCase()}, ${count}, is greater than maximum allowed, ${MOST[section]}`;
        if (count > MOST[section]) return { property: section, value: count, message };
      }
      return undefined;
    },
  },
  {
    id: "stack-logical-ids",
    document: "CloudFormation User Guide, Template sections: logical IDs are alphanumeric",
    check: ({ scope: { template } }) => {
      for (const section of SECTIONS) {
        const wrong = Object.keys(template[section] ?? {}).find(
          (id) => !/^[A-Za-z0-9]+$/.test(id) && !id.startsWith("Fn::"),
        );
        const message = `Template format error: ${ENTRIES[section]} name ${wrong} is non alphanumeric.`;
        if (wrong !== undefined) return { property: section, value: wrong, message };
      }
      return undefined;
    },
  },
  {
    id: "stack-description",
    document: QUOTAS,
    approximate: true,
    check: ({ scope: { template } }) => {
      const long = ({ length }: string) => length > 1024;
      const message = "Template format error: 'Description' length is greater than 1024.";
      if (long(String(template.Description ?? ""))) return { property: "Description", message };
      const output = Object.entries(template.Outputs ?? {}).find(([, one]) => long(String(one?.Description ?? "")));
      return output && { property: `Outputs/${output[0]}/Description`, message };
    },
  },
  {
    id: "stack-export-once",
    document: "CloudFormation User Guide, Outputs section: export names must be unique within a region",
    check: ({ scope, before }) => {
      for (const [name, id] of exportsOf(scope)) {
        const other = before.find((one) => one.region === scope.region && exportsOf(one).has(name));
        const message = `Export with name ${name} is already exported by stack ${other?.stack}`;
        if (other) return { property: `Outputs/${id}/Export/Name`, value: name, message };
      }
      return undefined;
    },
  },
];

function exportsOf(scope: Scope): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [id, { Export }] of Object.entries(scope.template.Outputs ?? {})) {
    const name = Export === undefined ? undefined : evaluate(Export.Name, scope);
    if (typeof name === "string") found.set(name, id);
  }
  return found;
}
