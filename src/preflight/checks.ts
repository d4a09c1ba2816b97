import type { Check } from "./check.ts";
import { DELEGATION_CHECK } from "./checks/delegation.ts";
import { ENGINE_CHECKS } from "./checks/engines.ts";
import { FARGATE_CHECKS } from "./checks/fargate.ts";
import { IMAGE_CHECK } from "./checks/image.ts";
import { LINKED_ROLE_CHECK } from "./checks/linked-roles.ts";
import { NAME_CHECK } from "./checks/names.ts";
import { QUOTA_CHECKS } from "./checks/quotas.ts";
import { SESSION_CHECKS } from "./checks/session.ts";
import { ZONE_CHECK } from "./checks/zones.ts";

/** All that is looked at before AWS is changed, in the order it is shown. */
export const CHECKS: readonly Check[] = [
  ...SESSION_CHECKS,
  ...QUOTA_CHECKS,
  ...FARGATE_CHECKS,
  ZONE_CHECK,
  LINKED_ROLE_CHECK,
  ...ENGINE_CHECKS,
  DELEGATION_CHECK,
  NAME_CHECK,
  IMAGE_CHECK,
];
