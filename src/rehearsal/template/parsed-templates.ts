import { parseTemplate, TemplateSyntaxError } from "../../template/parse.ts";
import type { Template } from "../../template/types.ts";
import type { Blobs } from "../state/simulator.ts";
import { invalid } from "../wire/error.ts";

const parsed = new Map<string, Template>();
const MOST = 200;

/** The template of a blob, parsed once: a blob's content never changes. Throws CloudFormation's errors. */
export function templateIn(blobs: Blobs, name: string): Template {
  const known = parsed.get(name);
  if (known) return known;
  const template = parse(blobs.get(name).toString("utf8"));
  if (parsed.size >= MOST) parsed.delete(parsed.keys().next().value ?? "");
  parsed.set(name, template);
  return template;
}

/**
 * AWS's JSON parser has already read the wrong character when it reports the column (localstack's test_templates,
 * recorded 2024-06-18).
 */
function columnOf(text: string, { kind, line = 1, column = 1 }: TemplateSyntaxError): number {
  const isWithin = column <= (text.split("\n")[line - 1] ?? "").length;
  return kind === "JSON" && isWithin ? column + 1 : column;
}

function parse(text: string): Template {
  try {
    return parseTemplate(text);
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    const { kind, line } = error;
    throw invalid(
      kind === "structure"
        ? "Template format error: unsupported structure."
        : `Template format error: ${kind} not well-formed. (line ${line}, column ${columnOf(text, error)})`,
    );
  }
}
