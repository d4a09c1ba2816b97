import { evaluate, type TemplateScope } from "../../template/evaluate.ts";
import { isObject } from "../../template/json.ts";
import type { Json, Resource } from "../../template/types.ts";

/** A task definition of a template: how its images are written, by container. */
function writtenIn(definition: Resource | undefined): ReadonlyMap<string, Json> {
  const containers = definition?.Properties?.ContainerDefinitions;
  const rows = Array.isArray(containers) ? (containers as readonly Json[]).filter(isObject) : [];
  return new Map(rows.map(({ Name, Image }) => [String(Name), Image ?? null]));
}

/**
 * The images of a task definition that is to be made, by container, as far as they can be known: from the template, or
 * from what became of the one that stands (`was`), where both refer to the same repository in the same way.
 */
export function plannedImages(
  wanted: Resource,
  scope: TemplateScope,
  deployed: Resource | undefined,
  was: { readonly [container: string]: string },
): { readonly [container: string]: string } {
  const before = writtenIn(deployed);
  const known = [...writtenIn(wanted)].flatMap(([container, image]) => {
    const value = evaluate(image, scope);
    const found = typeof value === "string" ? value : solved(image, before.get(container), was[container]);
    return found === undefined ? [] : [[container, found] as const];
  });
  return Object.fromEntries(known);
}

/** A piece of a text: as it is written, or a reference, as JSON. */
type Piece = { readonly text: string } | { readonly reference: string };

/** What a text comes to, by what another one came to that has the same one reference in it. */
function solved(wanted: Json, before: Json | undefined, was: string | undefined): string | undefined {
  if (before === undefined || was === undefined) return undefined;
  const pieces = piecesOf(before);
  const at = pieces.findIndex((piece) => "reference" in piece);
  const [reference, ...others] = pieces.filter((piece) => "reference" in piece);
  if (reference === undefined || others.length > 0) return undefined;
  const text = (some: readonly Piece[]) => some.map((piece) => ("text" in piece ? piece.text : "")).join("");
  const [start, end] = [text(pieces.slice(0, at)), text(pieces.slice(at + 1))];
  if (!was.startsWith(start) || !was.endsWith(end) || was.length < start.length + end.length) return undefined;
  const value = was.slice(start.length, was.length - end.length);
  const parts = piecesOf(wanted).map((piece) => {
    if ("text" in piece) return piece.text;
    return piece.reference === reference.reference ? value : undefined;
  });
  return parts.every((part) => part !== undefined) ? parts.join("") : undefined;
}

function piecesOf(json: Json): readonly Piece[] {
  if (typeof json === "string") return [{ text: json }];
  const [separator, list] =
    isObject(json) && Array.isArray(json["Fn::Join"]) ? (json["Fn::Join"] as readonly Json[]) : [];
  if (separator === "" && Array.isArray(list)) return (list as readonly Json[]).flatMap(piecesOf);
  const sub = isObject(json) ? json["Fn::Sub"] : undefined;
  if (typeof sub !== "string") return [{ reference: JSON.stringify(json) }];
  return sub
    .split(/(\$\{[^{}]*\})/)
    .filter((part) => part !== "")
    .map((part) => (part.startsWith("${") ? { reference: part } : { text: part }));
}
