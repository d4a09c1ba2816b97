import { command } from "../command-line.ts";
import { AstroError } from "../errors.ts";
import type { Stack } from "../synth/assembly.ts";
import { type Plan, stackFor } from "./plan.ts";

/** SHA-256, in hex, of what is deployed of a stack: its template, its parameters' values, its tags and its protection. */
export async function digestOf({ template, parameters, tags, terminationProtection }: Stack): Promise<string> {
  return sha256([template, parameters ?? {}, Object.entries(tags).sort(), terminationProtection]);
}

/** SHA-256 of a value's JSON, in hex. */
export async function sha256(value: unknown): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(value)));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Throws AstroError("failed") unless `stacks` hold, for every step that deploys one, the very stack the plan was made
 * for.
 */
export async function checkDigests({ steps }: Plan, stacks: readonly Stack[]): Promise<void> {
  for (const step of steps) {
    if (step.action === "delete") continue;
    const stack = stackFor(stacks, step);
    if (stack !== undefined && step.digest === (await digestOf(stack))) continue;
    const words = stack === undefined ? "is not in the assembly" : "is no longer the one that was planned";
    throw new AstroError("failed", `${step.stack} in ${step.region} ${words}`, {
      text: "plan again",
      command: command`astro plan`,
    });
  }
}
