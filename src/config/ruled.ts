import type * as z from "zod";
import type { ConfigRule } from "./rules.ts";

/**
 * A rule as a check of a Zod schema. It keeps the rule, by which `bin/app-config.js` names it in the generated app. What
 * breaks it does not stop the checks around it.
 */
export function ruled<T>(rule: ConfigRule<T>) {
  const check = (payload: z.core.ParsePayload<T>) => {
    for (const { path, message } of rule(payload.value)) {
      payload.issues.push({ code: "custom", input: payload.value, path: [...path], message, continue: true });
    }
  };
  return Object.assign(check, { rule });
}
