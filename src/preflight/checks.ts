import type { PreflightCheck } from "./check.ts";
import { ACCOUNT_PLAN_CHECK } from "./checks/account-plan.ts";
import { ASSET_CHECK } from "./checks/assets.ts";
import { DELEGATION_CHECK } from "./checks/delegation.ts";
import { ENGINE_CHECKS } from "./checks/engines.ts";
import { FARGATE_CHECKS } from "./checks/fargate.ts";
import { HOSTED_ZONE_CHECK } from "./checks/hosted-zone.ts";
import { IMAGE_CHECK } from "./checks/image.ts";
import { LINKED_ROLE_CHECK } from "./checks/linked-roles.ts";
import { MOVED_CHECK } from "./checks/moved.ts";
import { NAME_CHECK } from "./checks/names.ts";
import { ORDER_CHECK } from "./checks/order.ts";
import { PARAMETER_CHECK } from "./checks/parameters.ts";
import { QUOTA_CHECKS } from "./checks/quotas.ts";
import { RECORD_CHECK } from "./checks/records.ts";
import { SECRET_CHECK } from "./checks/secrets.ts";
import { SESSION_CHECKS } from "./checks/session.ts";
import { ZONE_CHECK } from "./checks/zones.ts";

/** All that is looked at before AWS is changed, in the order it is shown. */
export const CHECKS: readonly PreflightCheck[] = [
  ...SESSION_CHECKS,
  ACCOUNT_PLAN_CHECK,
  ...QUOTA_CHECKS,
  ...FARGATE_CHECKS,
  ZONE_CHECK,
  ORDER_CHECK,
  LINKED_ROLE_CHECK,
  ...ENGINE_CHECKS,
  DELEGATION_CHECK,
  HOSTED_ZONE_CHECK,
  NAME_CHECK,
  RECORD_CHECK,
  PARAMETER_CHECK,
  ASSET_CHECK,
  IMAGE_CHECK,
  SECRET_CHECK,
  MOVED_CHECK,
];
