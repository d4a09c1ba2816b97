import type { JsonObject } from "../../template/types.ts";

/** An error of an AWS service: code, message, HTTP status. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further members of a JSON error body. */
  readonly details: JsonObject;

  constructor(code: string, message: string, status = 400, details: JsonObject = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** CloudFormation's commonest error. */
export function invalid(message: string): AwsError {
  return new AwsError("ValidationError", message);
}

/** An error that refuses a call, and fails a change set (aws/aws-sam-cli#6786). */
export class RefusedChange extends AwsError {
  constructor(message: string) {
    super("ValidationError", message);
  }
}

/** A value that cannot be resolved although the template is valid: a call is accepted, and its operation fails. */
export class Unresolvable extends AwsError {
  constructor(message: string) {
    super("ValidationError", message);
  }
}

/** Thrown to break the connection before the call has any effect. */
export class Interrupted extends Error {}
