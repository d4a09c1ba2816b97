import type { JsonObject } from "../../template/types.ts";

/** An error as an AWS service answers it: its code, its words, its HTTP status. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** What else the answer's body says, where it is JSON. */
  readonly details: JsonObject;

  constructor(code: string, message: string, status = 400, details: JsonObject = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** The error that CloudFormation answers most refusals with. */
export function invalid(message: string): AwsError {
  return new AwsError("ValidationError", message);
}

/** What refuses a call, and ends a change set that asks for it as FAILED (aws/aws-sam-cli#6786). */
export class RefusedChange extends AwsError {
  constructor(message: string) {
    super("ValidationError", message);
  }
}

/** What cannot be worked out now although the template is sound: a call is accepted, and its operation fails. */
export class Unresolvable extends AwsError {
  constructor(message: string) {
    super("ValidationError", message);
  }
}

/** Thrown where a connection breaks before the call has had any effect. */
export class Interrupted extends Error {}
