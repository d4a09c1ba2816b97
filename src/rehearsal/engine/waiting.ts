import type { Stage } from "../stage.ts";
import { noticeAlarms } from "./triggers.ts";

/** Lets services that wait for somebody look again, because somebody did something. */
export function lookAgain(stage: Stage): void {
  const { world } = stage;
  noticeAlarms(stage);
  for (const { operation } of world.stacks) {
    for (const task of Object.values(operation?.tasks ?? {})) if (task.waiting) task.due = world.now;
  }
}
