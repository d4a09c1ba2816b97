import type { Tasks } from "./port-tasks.ts";

/** What releases and the commands around them ask of AWS beside what the engine asks. Every failure is an AstroError. */
export type AppCloud = Tasks;
