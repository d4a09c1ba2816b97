import { isObject } from "../../template/json.ts";
import type { Json, JsonObject, Resource } from "../../template/types.ts";
import { templateIn } from "../cloudformation/templates.ts";
import { type Making, placeOf } from "../resources/kind.ts";
import { kindOf } from "../resources/kinds.ts";
import type { Stage } from "../stage.ts";
import { thingAt, thingsAt } from "../things.ts";
import type { Place, Thing } from "../world.ts";

/** A service's refusal: its words, and CloudFormation's class of it (API reference, "HandlerErrorCode"). */
export type Refusal = { readonly message: string; readonly code: string };

/** Something that AWS does not let be made or changed because of what else there is, or is not, in the account. */
export type Rule = {
  readonly name: string;
  readonly types: readonly string[];
  /** The AWS document that says so. */
  readonly source: string;
  readonly check: (making: Making) => Refusal | undefined;
};

/** Something that keeps a thing from being deleted. */
export type Hold = {
  readonly name: string;
  readonly types: readonly string[];
  readonly source: string;
  /** Seconds for which CloudFormation tries again, as what is in the way may be going away itself. */
  readonly patience?: number;
  readonly check: (stage: Stage, thing: Thing) => Refusal | undefined;
};

/** A refusal, of the commonest class unless it says another. */
export function refuse(message: string, code = "InvalidRequest"): Refusal {
  return { message, code };
}

/** The refusal of what names something that is not there. */
export function notThere(message: string): Refusal {
  return { message, code: "NotFound" };
}

/** Things of a type that the making's service sees, but not the one that is changed. */
export function others(making: Making, type: string): readonly Thing[] {
  return around(making.stage, making.place, type).filter((thing) => thing !== making.current);
}

/** The thing of a type and id that the making's service sees. */
export function known(making: Making, type: string, id: string): Thing | undefined {
  return thingAt(making.stage.world, type, placeOf(kindOf(type), making.place), id);
}

/** Things of a type in the services of a place. */
export function around(stage: Stage, place: Place, type: string): readonly Thing[] {
  return thingsAt(stage.world, type, placeOf(kindOf(type), place));
}

/** What the operation on the making's stack makes or changes beside it and is not through with. */
export function comingWith({ stage, stack }: Making): readonly Resource[] {
  const operation = stage.world.stacks.find(({ id }) => id === stack.id)?.operation;
  if (operation?.target === undefined) return [];
  const { Resources } = templateIn(stage.blobs, operation.target.template);
  return Object.values(operation.tasks).flatMap(({ kind, state, logicalId }) =>
    kind === "put" && (state === "waiting" || state === "begun" || state === "initiated")
      ? (Resources[logicalId] ?? [])
      : [],
  );
}

/** Structures of a list property. */
export function rowsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}

/** A structure, empty if it is none. */
export function partOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** A property that says yes. */
export function isOn(value: Json | undefined): boolean {
  return String(value ?? false) === "true";
}
