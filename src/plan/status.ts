/**
 * Statuses of a stack that can only be deleted: AWS lets such a stack be deleted but
 * not updated (CloudFormation User Guide, "Understand stack status codes").
 */
const DEAD = ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "REVIEW_IN_PROGRESS", "DELETE_FAILED"];

/** True if a stack of this status has to be deleted before its name can be used again. */
export function isDead(status: string): boolean {
  return DEAD.includes(status);
}

/** True while CloudFormation works on the stack; a stack in review waits for a change set to be executed. */
export function isMoving(status: string): boolean {
  return status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS";
}

/** True if the stack is deployed and its last operation, update or rollback, has completed. */
export function isAtRest(status: string): boolean {
  return /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(status);
}

/** True if the last operation succeeded. */
export function isSound(status: string): boolean {
  return ["CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE", "DELETE_COMPLETE"].includes(status);
}
