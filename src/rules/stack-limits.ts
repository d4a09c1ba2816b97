import { evaluate, type TemplateScope } from "../template/evaluate.ts";
import type { Json, Template } from "../template/types.ts";
import { constraint, firstFault } from "./checks.ts";
import type { Violation } from "./rule.ts";

const QUOTAS = "CloudFormation User Guide, Understand CloudFormation quotas";

/** A stack as its template makes it. */
type StackSubject = {
  readonly scope: TemplateScope;
  /** The template's text as it is sent, if it is known. */
  readonly body: string | undefined;
  /** The stacks deployed before it. */
  readonly before: readonly TemplateScope[];
};

/** A requirement of CloudFormation on a template as a whole. */
export type StackRule = {
  readonly id: string;
  readonly document: string;
  readonly approximate?: true;
  readonly check: (subject: StackSubject) => Violation | undefined;
};

/** Maximum number of each section's entries (QUOTAS). */
const MOST = { Resources: 500, Parameters: 200, Outputs: 200, Mappings: 200 } as const;
const SECTIONS = Object.keys(MOST) as (keyof typeof MOST)[];

/** The name of an entry of each section. */
const ENTRIES = { Resources: "Resource", Parameters: "Parameter", Outputs: "Output", Mappings: "Mapping" } as const;

/** Maximum bytes of a template in a bucket (QUOTAS: 1 MB). */
const LARGEST = 1_000_000;

/** Requirements of CloudFormation on every template. */
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
      return { property: "StackName", value: stack, message: constraint(stack, "stackName", must) };
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
    check: ({ scope: { template } }) => tooMany(template),
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
    check: ({ scope: { template } }) => tooLong(template),
  },
  {
    id: "stack-export-once",
    document: "CloudFormation User Guide, Outputs section: export names must be unique within a region",
    check: ({ scope, before }) => {
      const others = before.filter(({ region }) => region === scope.region);
      const taken = new Map(others.flatMap((one) => [...exportsOf(one).keys()].map((name) => [name, one.stack])));
      return firstFault(exportsOf(scope), ([name, id]) => {
        const message = `Export with name ${name} is already exported by stack ${taken.get(name)}`;
        return taken.has(name) ? { property: `Outputs/${id}/Export/Name`, value: name, message } : undefined;
      });
    },
  },
];

/** The section of a template with too many entries. */
export function tooMany(template: Template): Violation | undefined {
  return firstFault(SECTIONS, (section) => {
    const count = Object.keys(template[section] ?? {}).length;
    const message = `Template format error: Number of ${section.toLowerCase()}, ${count}, is greater than maximum allowed, ${MOST[section]}`;
    return count > MOST[section] ? { property: section, value: count, message } : undefined;
  });
}

/** The description, the template's or an output's, with too many bytes (QUOTAS: 1,024). */
export function tooLong({ Description, Outputs = {} }: Template): Violation | undefined {
  const isLong = (words: Json | undefined) => new TextEncoder().encode(String(words ?? "")).length > 1024;
  const message = "Template format error: 'Description' length is greater than 1024.";
  if (isLong(Description)) return { property: "Description", message };
  const output = Object.entries(Outputs).find(([, one]) => isLong(one?.Description));
  return output && { property: `Outputs/${output[0]}/Description`, message };
}

function exportsOf(scope: TemplateScope): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [id, { Export }] of Object.entries(scope.template.Outputs ?? {})) {
    const name = Export === undefined ? undefined : evaluate(Export.Name, scope);
    if (typeof name === "string") found.set(name, id);
  }
  return found;
}
