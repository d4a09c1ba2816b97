/** The phases of an environment, in the order they run. */
export const PHASES = ["bootstrap", "vpc", "data", "ecs", "dns"] as const;
export type Phase = (typeof PHASES)[number];

/** The last phase: no other one depends on it. */
export const LAST_PHASE: Phase = "dns";

/** True if `word` names a phase. */
export function isPhase(word: unknown): word is Phase {
  return PHASES.some((phase) => phase === word);
}

/** The order of deployment: phase after phase, or each stack after those it needs. */
export const ORDERS = ["sequence", "overlap"] as const;
export type Order = (typeof ORDERS)[number];
