import type { Stage } from "../stage.ts";

/** Lets services that wait for somebody look again, because somebody did something. */
export function lookAgain({ world }: Stage): void {
  for (const { operation } of world.stacks) {
    for (const task of Object.values(operation?.tasks ?? {})) if (task.waiting) task.due = world.now;
  }
}
