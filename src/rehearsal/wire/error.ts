/** An error as an AWS service answers it: its code, its words, its HTTP status. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The error that CloudFormation answers most refusals with. */
export function invalid(message: string): AwsError {
  return new AwsError("ValidationError", message);
}
