import { isObject } from "./json.ts";
import type { Template } from "./types.ts";

/** The parameter by which a stack is told the image it runs, and the image that `service.image` pins instead. */
export type ImageParameter = { readonly parameter: string; readonly pinned?: string };

/** What a template says of its image in its metadata; undefined for one that runs none of the app's. */
export function imageParameterOf({ Metadata, Parameters = {} }: Template): ImageParameter | undefined {
  const said = Metadata?.["astro:image"];
  if (!isObject(said) || typeof said.parameter !== "string" || !Object.hasOwn(Parameters, said.parameter)) {
    return undefined;
  }
  const { parameter, pinned } = said;
  return { parameter, ...(typeof pinned === "string" && { pinned }) };
}

/** The image that was deployed to a stack of this template: the value of its parameter, unless that is empty. */
export function deployedImageOf(
  template: Template,
  parameters: { readonly [name: string]: string } = {},
): string | undefined {
  const { parameter = "" } = imageParameterOf(template) ?? {};
  const value = Object.hasOwn(parameters, parameter) ? parameters[parameter] : undefined;
  return value === "" ? undefined : value;
}
