import type { Stage } from "../stage.ts";
import { everyThing } from "../things.ts";
import type { Thing } from "../world.ts";
import type { Making } from "./kind.ts";

/** A service's refusal: its words, and CloudFormation's class of it (absent where CloudFormation itself refuses). */
export type Refusal = { readonly message: string; readonly code?: string };

/** A thing AWS does not let be. */
export type Rule = {
  readonly types: readonly string[];
  /** The AWS document that says so. */
  readonly source: string;
  readonly check: (making: Making) => Refusal | undefined;
};

/** Something that keeps a thing from being deleted. */
export type Hold = {
  readonly types: readonly string[];
  readonly source: string;
  readonly check: (stage: Stage, thing: Thing) => Refusal | undefined;
};

const RULES: readonly Rule[] = [
  {
    types: ["AWS::S3::Bucket"],
    source: "S3 User Guide, General purpose bucket naming rules",
    check: (making) => {
      const name = making.properties.BucketName;
      if (making.current || typeof name !== "string") return undefined;
      const taken = everyThing(making.stage.world, "AWS::S3::Bucket").some(({ id }) => id === name);
      return taken ? { message: `${name} already exists`, code: "AlreadyExists" } : undefined;
    },
  },
];

/** The first rule that the making breaks. */
export function refusal(making: Making): Refusal | undefined {
  for (const rule of RULES) {
    const found = rule.types.includes(making.type) ? rule.check(making) : undefined;
    if (found) return found;
  }
  return undefined;
}

const HOLDS: readonly Hold[] = [
  {
    types: ["AWS::S3::Bucket"],
    source: "S3 User Guide, Deleting a general purpose bucket",
    check: (stage, thing) =>
      (stage.world.objects[thing.id]?.length ?? 0) > 0
        ? {
            message:
              "The bucket you tried to delete is not empty. You must delete all versions in the bucket. (Service: S3, Status Code: 409)",
            code: "GeneralServiceException",
          }
        : undefined,
  },
  {
    types: ["AWS::ECR::Repository"],
    source: "ECR API Reference, DeleteRepository",
    check: (_, thing) => {
      const images = thing.state.images;
      const full = Array.isArray(images) && images.length > 0 && String(thing.properties.EmptyOnDelete) !== "true";
      return full
        ? {
            message: `The repository with name '${thing.id}' in registry with id '${thing.account}' cannot be deleted because it still contains images`,
            code: "GeneralServiceException",
          }
        : undefined;
    },
  },
];

/** What keeps the thing from being deleted. */
export function hold(stage: Stage, thing: Thing): Refusal | undefined {
  for (const one of HOLDS) {
    const found = one.types.includes(thing.type) ? one.check(stage, thing) : undefined;
    if (found) return found;
  }
  return undefined;
}
