import { dirname, resolve } from "node:path";
import { AstroError, reasonOf } from "../errors.ts";
import { NESTED_STACK } from "../plan/stateful.ts";
import { readText } from "../reading/file.ts";
import { DEEPEST, MOST_BYTES } from "../reading/limits.ts";
import { ReadingError } from "../reading/reading-error.ts";
import type { NamedTemplate } from "../template/linked.ts";
import { parseTemplate, TemplateSyntaxError } from "../template/parse.ts";
import { asTemplate } from "../template/shape.ts";
import type { Template } from "../template/types.ts";

/**
 * A stack, and those nested in it whose templates are files beside its own (`path`), as `aws cloudformation package` takes
 * them; one that is somewhere else is left to the estimate to name. Throws AstroError("template") for a file that is none.
 */
export function withNestedFiles(
  stack: NamedTemplate,
  path: string,
  above: readonly string[] = [],
): readonly NamedTemplate[] {
  const { name, region } = stack;
  const inner = Object.entries(stack.template.Resources).flatMap(([logicalId, { Type, Properties }]) => {
    const url = Type === NESTED_STACK ? Properties?.TemplateURL : undefined;
    if (typeof url !== "string" || ADDRESS.test(url)) return [];
    const file = resolve(dirname(path), url);
    if ([...above, path].includes(file) || above.length > DEEPEST) {
      throw new AstroError("template", `${file}: this template is nested in itself`, "take it out of itself");
    }
    const template = templateIn(file);
    if (template === undefined) return [];
    const one = { name: `${name}/${logicalId}`, region, template, within: { stack: name, logicalId } };
    return withNestedFiles(one, file, [...above, path]);
  });
  return [stack, ...inner];
}

/** An address somewhere else: `https://…`, `s3://…`. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:/i;

/** The template in a file; `undefined` if there is none. */
function templateIn(file: string): Template | undefined {
  try {
    return readTemplateFile(file, file);
  } catch (error) {
    const { cause } = error as { readonly cause?: { readonly code?: unknown } };
    if (cause?.code === "ENOENT") return undefined;
    throw error;
  }
}

/** The template in a file, called `shown` in words; `tell` is told what may have been overlooked. Throws AstroError("template"). */
export function readTemplateFile(path: string, shown: string, tell: (words: string) => void = () => {}): Template {
  try {
    return asTemplate(parseTemplate(textIn(path), (repeated) => tell(repeated.in(shown))));
  } catch (error) {
    if (error instanceof ReadingError) throw noTemplate(error.in(shown), error);
    if (!(error instanceof TemplateSyntaxError)) throw error;
    throw noTemplate(`${shown}:${error.line}:${error.column}: ${error.message}`, error);
  }
}

function noTemplate(words: string, cause: unknown): AstroError {
  return new AstroError("template", words, "give a CloudFormation template, JSON or YAML", cause);
}

function textIn(path: string): string {
  try {
    return readText(path, MOST_BYTES.template);
  } catch (error) {
    throw new AstroError("template", `${path} cannot be read: ${reasonOf(error)}`, "check the path", error);
  }
}
