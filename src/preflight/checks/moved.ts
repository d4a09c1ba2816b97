import { driftWords } from "../../plan/drift.ts";
import type { PreflightCheck, Scene } from "../check.ts";
import type { CheckVerdict, Fix } from "../finding.ts";

type Moved = NonNullable<Scene["moved"]>[number];

/**
 * Whether anything has moved behind the stacks' backs that the plan would take back, or that keeps it from being carried
 * out. What was looked up is in the plan already.
 */
export const MOVED_CHECK: PreflightCheck = {
  code: "moved",
  document:
    "Amazon RDS User Guide, Increasing DB instance storage capacity; Amazon ECS API Reference, UpdateService (taskDefinition)",
  of: async ({ moved = [], unseen = [] }) => [
    ...moved.flatMap(verdictOn),
    ...[...new Set(unseen)].map((words): CheckVerdict => ({ outcome: "not-checked", words })),
  ],
};

function verdictOn(moved: Moved): readonly CheckVerdict[] {
  const { logicalId: resource, type: resourceType, stack, value, live, given: deployed, becomes, may } = moved;
  if (moved.refused !== undefined) {
    const words = `${resource} of ${stack}: ${driftWords(moved)}`;
    return [{ outcome: "problem", words, fix: { hints: [{ text: wayTo(moved) }] } }];
  }
  const warning = {
    ...({ type: "drift", stack, resource, resourceType, value, live } as const),
    ...(deployed !== undefined && { deployed }),
    ...(becomes !== undefined && { becomes }),
    ...(may && { may }),
  };
  if (moved.undoes) return [{ outcome: "warning", warning, fix: LEFT }];
  const isElsewhere = moved.value.startsWith("image") && moved.becomes === undefined;
  return isElsewhere ? [{ outcome: "warning", warning, fix: LEFT }] : [];
}

/** Each keeps what another tool deployed. */
const LEFT: Fix = {
  hints: [
    { text: "name what runs in astro.yaml (service.image)" },
    { text: "or, if another tool rolls images out, leave them to it: service.releases: elsewhere" },
  ],
};

function wayTo({ value, live }: Moved): string {
  if (value === "task definition")
    return "change it in the app, so that a new revision is made: name what runs in astro.yaml (service.image)";
  if (value !== "AllocatedStorage") return `write ${live}, which is what there is now`;
  // RDS User Guide, "Increasing DB instance storage capacity": by at least 10 percent.
  const more = Math.ceil((Number(live) * 11) / 10);
  return `write ${live}, which is what there is now, or at least ${more} (database.storage in astro.yaml)`;
}
