import { isObject } from "./json.ts";
import type { Template } from "./types.ts";

/** The parameter by which a stack is told which image to run, and the image that it runs whatever that says. */
export type ImageParameter = { readonly parameter: string; readonly pinned?: string };

/** The template's own word on its image parameter (metadata `astro:image`); `undefined` if it has none. */
export function imageParameterOf({ Metadata, Parameters }: Template): ImageParameter | undefined {
  const said = Metadata?.["astro:image"];
  if (!isObject(said) || typeof said.parameter !== "string" || Parameters?.[said.parameter] === undefined)
    return undefined;
  const { parameter, pinned } = said;
  return { parameter, ...(typeof pinned === "string" && { pinned }) };
}
