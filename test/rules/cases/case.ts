import type { Json, JsonObject, Resource } from "../../../src/template/types.ts";

/** Properties laid over others; `undefined` takes one away. */
type Over = { readonly [name: string]: Json | undefined };
export type Resources = { readonly [id: string]: Resource };

/** What keeps a rule, and what breaks it. */
export type Case = {
  readonly rule: string;
  readonly type: string;
  readonly region: string;
  readonly good: JsonObject;
  readonly bad: JsonObject;
  /** The resources around it, made before it. */
  readonly beside: Resources;
  readonly badBeside: Resources;
  /** Other rules that are broken with it, because one cannot be broken alone. */
  readonly also: readonly string[];
};

type Written = {
  /** Over the good properties; left out where what is beside it is at fault. */
  readonly bad?: Over;
  /** Over the type's usual properties. */
  readonly good?: Over;
  readonly beside?: Resources;
  /** Over what is beside it, whole resources. */
  readonly badBeside?: Resources;
  readonly region?: string;
  readonly also?: readonly string[];
};

/** Cases of the rules on one type. `usual` are properties that keep all of them; `around` is what they refer to. */
export function on(
  type: string,
  usual: JsonObject,
  cases: { readonly [rule: string]: Written | readonly Written[] },
  around: Resources = {},
): readonly Case[] {
  return Object.entries(cases).flatMap(([rule, written]) =>
    [written].flat().map((one): Case => {
      const good = laid(usual, one.good ?? {});
      const beside = { ...around, ...one.beside };
      return {
        rule,
        type,
        region: one.region ?? "eu-west-1",
        good,
        bad: laid(good, one.bad ?? {}),
        beside,
        badBeside: { ...beside, ...one.badBeside },
        also: one.also ?? [],
      };
    }),
  );
}

/** A resource beside the one in question. */
export function a(type: string, properties: JsonObject = {}): Resource {
  return { Type: type, Properties: properties };
}

export const ref = (id: string): JsonObject => ({ Ref: id });
export const att = (id: string, attribute = "Arn"): JsonObject => ({ "Fn::GetAtt": [id, attribute] });

function laid(under: JsonObject, over: Over): JsonObject {
  return Object.fromEntries(
    Object.entries({ ...under, ...over }).filter((one): one is [string, Json] => one[1] !== undefined),
  );
}
