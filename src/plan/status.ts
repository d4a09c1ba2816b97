/**
 * Statuses after which nothing of the stack is of use and only removal goes on: AWS lets such a stack be deleted but
 * not updated (CloudFormation User Guide, "Understand stack status codes").
 */
const DEAD = ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "REVIEW_IN_PROGRESS", "DELETE_FAILED"];

/** True if a stack of this status has to be deleted before its name can be used again. */
export function isDead(status: string): boolean {
  return DEAD.includes(status);
}

/** True while CloudFormation works on the stack; a stack in review waits for us, not for AWS. */
export function isMoving(status: string): boolean {
  return status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS";
}

/** True if the stack stands and its last operation, forwards or back, came to its end. */
export function isAtRest(status: string): boolean {
  return /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(status);
}

/** True if the last operation ended as it was meant to. */
export function isSound(status: string): boolean {
  return ["CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE", "DELETE_COMPLETE"].includes(status);
}
