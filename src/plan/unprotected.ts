import { command } from "../command-line.ts";
import type { Hint } from "../errors.ts";

/** How a stack's termination protection is turned off, and when to do that. */
export function unprotected(name: string, region: string, text: string): Hint {
  return {
    text,
    command: command`aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name} --region ${region}`,
  };
}
