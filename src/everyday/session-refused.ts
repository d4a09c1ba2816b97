import { AstroError, type Hint } from "../errors.ts";

/** ECS's and Session Manager's words for an agent that nobody can reach (both services' API References). */
const NOT_CONNECTED = /TargetNotConnected/;
const NOT_ENABLED = /execute command was not enabled/;

const STARTING: Hint = {
  text: "the agent of a task that has just started takes a minute: wait, then run the same command again",
};

/** An error of a session that AWS refused, with what helps there. */
export function sessionRefused(error: unknown): unknown {
  if (!(error instanceof AstroError)) return error;
  const { refusal } = error;
  if (refusal === undefined) return error;
  if (NOT_CONNECTED.test(refusal.words))
    return error.withHints([
      STARTING,
      { text: "if it stays so, enter another task", command: ["astro", "exec", "--task", "ID"] },
    ]);
  if (NOT_ENABLED.test(refusal.words))
    return error.withHints([STARTING, { text: "see how the app is", command: ["astro", "status"] }]);
  return error;
}
