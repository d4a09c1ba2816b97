import { ORDERS, PHASES } from "../config/phases.ts";
import {
  anything,
  either,
  flagSchema,
  listSchema,
  mapSchema,
  numberSchema,
  objectSchema,
  oneOf,
  textSchema,
} from "../reading/shape.ts";

const MONTHLY = objectSchema({ before: numberSchema, after: numberSchema });

const CHANGE = objectSchema({
  logicalId: textSchema,
  type: textSchema,
  action: oneOf(["add", "change", "replace", "remove"]),
  causes: listSchema(textSchema),
  interruptedBy: listSchema(textSchema).optional(),
  mayReplace: flagSchema.optional(),
  kept: flagSchema.optional(),
  snapshot: flagSchema.optional(),
});

const ACCESS = objectSchema({
  kind: oneOf(["permission", "ingress", "egress"]),
  who: textSchema,
  what: textSchema,
  on: textSchema,
  condition: textSchema.optional(),
});

const STACK = objectSchema({
  name: textSchema,
  region: textSchema,
  account: textSchema.optional(),
  phase: oneOf(PHASES),
  template: anything,
  parameters: mapSchema(textSchema).optional(),
  needs: listSchema(textSchema),
  tags: mapSchema(textSchema),
  terminationProtection: flagSchema,
  assets: listSchema(objectSchema({ manifest: textSchema, digest: textSchema })),
  wants: objectSchema({
    bootstrap: objectSchema({ parameter: textSchema, version: numberSchema }).optional(),
    role: textSchema.optional(),
    buckets: listSchema(textSchema).optional(),
    images: listSchema(objectSchema({ repository: textSchema, tag: textSchema, manifest: textSchema })).optional(),
  }).optional(),
});

const STEP = objectSchema({
  stack: textSchema,
  region: textSchema,
  phase: oneOf(PHASES),
  action: oneOf(["create", "update", "delete", "unchanged"]),
  changes: listSchema(CHANGE),
  resources: numberSchema,
  needs: listSchema(textSchema),
  because: textSchema.optional(),
  inTwo: textSchema.optional(),
  derived: listSchema(textSchema).optional(),
  foreseen: either([
    objectSchema({ by: oneOf(["change-set"]) }),
    objectSchema({ by: oneOf(["templates"]), why: textSchema }),
  ]).optional(),
  access: listSchema(ACCESS).optional(),
  image: objectSchema({
    runs: textSchema.optional(),
    since: textSchema.optional(),
    pinned: flagSchema.optional(),
    becomes: textSchema.optional(),
  }).optional(),
  monthly: MONTHLY.optional(),
  digest: textSchema.optional(),
});

/** What a plan that was kept must have to be carried out; templates are looked at apart. */
export const CONTENT = objectSchema({
  made: textSchema,
  astro: textSchema,
  rehearsal: flagSchema,
  seen: listSchema(
    objectSchema({
      stack: textSchema,
      region: textSchema,
      id: textSchema,
      status: textSchema,
      changed: textSchema,
      content: textSchema,
    }),
  ),
  plan: objectSchema({
    project: textSchema,
    environment: textSchema,
    region: textSchema,
    account: textSchema,
    direction: oneOf(["provision"]),
    steps: listSchema(STEP),
    order: oneOf(ORDERS).optional(),
    monthly: MONTHLY,
    unpriced: listSchema(
      objectSchema({ resource: textSchema, type: textSchema, stack: textSchema, reason: textSchema }),
    ).optional(),
  }),
  stacks: listSchema(STACK),
});
