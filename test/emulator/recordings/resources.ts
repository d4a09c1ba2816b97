import type { Recording } from "./recording.ts";

/** What is recorded of resources, asked of their services. */
export const RESOURCES: readonly Recording[] = [];
