import { PRESETS } from "../../../src/config/presets.ts";
import type { EnvironmentInput } from "../../../src/config/schema.ts";
import type { JsonObject, Template } from "../../../src/template/types.ts";
import { templatesOf } from "./synth.ts";

/** A domain in a zone that exists. */
export const domain = { name: "example.com", zone: "Z0123456789ABCDEFGHIJ" };
/** The two designs of the architecture. */
export const dev = read({ region: "us-east-1", ...PRESETS.dev.values });
export const prod = read({ region: "eu-west-1", ...PRESETS.prod.values, domain });
export const designs = [
  ["dev", dev],
  ["prod", prod],
] as const;

/** An environment made of templates. */
export type Design = ReturnType<typeof read>;

/** An environment's templates, and two ways to look into them. */
export function read(environment: EnvironmentInput) {
  const templates: { readonly [stack: string]: Template } = templatesOf(environment);
  return {
    templates,
    /** The properties of one resource. */
    at: (stack: string, id: string): JsonObject => templates[stack]?.Resources[id]?.Properties ?? {},
    /** The properties of every resource of a type, in all stacks. */
    all: (type: string): readonly JsonObject[] =>
      Object.values(templates).flatMap(({ Resources }) =>
        Object.values(Resources).flatMap((one) => (one.Type === type ? [one.Properties ?? {}] : [])),
      ),
  };
}
