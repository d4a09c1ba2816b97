import type { StackOperation } from "../state/stack.ts";

/** The stack's status while an operation is at a stage (API reference, "StackStatus"). */
export function stackStatusAt(operation: StackOperation, fromCreate: boolean): string {
  switch (operation.stage) {
    case "forward":
      return fromCreate ? "CREATE_IN_PROGRESS" : "UPDATE_IN_PROGRESS";
    case "cleanup":
      return "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS";
    case "rollback":
      return fromCreate ? "ROLLBACK_IN_PROGRESS" : "UPDATE_ROLLBACK_IN_PROGRESS";
    case "rollback-cleanup":
      return "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS";
    case "delete":
      return "DELETE_IN_PROGRESS";
  }
}
