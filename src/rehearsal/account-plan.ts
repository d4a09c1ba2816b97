import type { Simulator } from "./simulator.ts";

/** The plans that a fault can put the account on, for the whole run. */
export const PLANS = ["free-plan"] as const;

/** Whether the account is on AWS's free plan. */
export function isOnFreePlan({ faults }: Pick<Simulator, "faults">): boolean {
  return faults.some(({ fault }) => "account" in fault && fault.account === "free-plan");
}
