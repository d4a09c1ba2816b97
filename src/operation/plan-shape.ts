import { ORDERS, PHASES } from "../config/phases.ts";
import { anything, either, flag, list, map, number, oneOf, text, thing } from "../reading/shape.ts";

const MONTHLY = thing({ before: number, after: number });

const CHANGE = thing({
  logicalId: text,
  type: text,
  action: oneOf(["add", "change", "replace", "remove"]),
  causes: list(text),
  mayReplace: flag.optional(),
  kept: flag.optional(),
  snapshot: flag.optional(),
});

const ACCESS = thing({
  kind: oneOf(["permission", "ingress", "egress"]),
  who: text,
  what: text,
  on: text,
  condition: text.optional(),
});

const STACK = thing({
  name: text,
  region: text,
  account: text.optional(),
  phase: oneOf(PHASES),
  template: anything,
  parameters: map(text).optional(),
  needs: list(text),
  tags: map(text),
  terminationProtection: flag,
  assets: list(thing({ manifest: text, digest: text })),
  wants: thing({
    bootstrap: thing({ parameter: text, version: number }).optional(),
    role: text.optional(),
    buckets: list(text).optional(),
    images: list(thing({ repository: text, tag: text, manifest: text })).optional(),
  }).optional(),
});

const STEP = thing({
  stack: text,
  region: text,
  phase: oneOf(PHASES),
  action: oneOf(["create", "update", "delete", "unchanged"]),
  changes: list(CHANGE),
  resources: number,
  needs: list(text),
  because: text.optional(),
  inTwo: text.optional(),
  derived: list(text).optional(),
  foreseen: either([thing({ by: oneOf(["change-set"]) }), thing({ by: oneOf(["templates"]), why: text })]).optional(),
  access: list(ACCESS).optional(),
  monthly: MONTHLY.optional(),
  digest: text.optional(),
});

/** What a plan that was kept must have to be carried out; templates are looked at apart. */
export const CONTENT = thing({
  made: text,
  astro: text,
  rehearsal: flag,
  seen: list(thing({ stack: text, region: text, id: text, status: text, changed: text, content: text })),
  plan: thing({
    project: text,
    environment: text,
    region: text,
    account: text,
    direction: oneOf(["provision"]),
    steps: list(STEP),
    order: oneOf(ORDERS).optional(),
    monthly: MONTHLY,
    unpriced: list(thing({ resource: text, type: text, stack: text, reason: text })).optional(),
  }),
  stacks: list(STACK),
});
