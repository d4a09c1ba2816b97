import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ownFolder, type PrivateFolder, privateFolder } from "../../src/folder.ts";
import { generationIn, type Host } from "../../src/rehearsal/storage/state-lock.ts";

/** A machine on which no process can be judged, and nobody has patience. */
export const HOST: Host = {
  process: "here boot space 1 1",
  isGone: () => false,
  isAlive: () => false,
  sleep: async () => undefined,
  say: () => undefined,
};

const own = () => true;

/** A rehearsal's state in a folder of its own. */
export function keptIn(folder: string, host: Partial<Host> = {}) {
  return { folder: privateFolder([folder], own), host: { ...HOST, ...host } };
}

/** What a project's rehearsal is kept in. */
export function rehearsalIn(project: string): PrivateFolder {
  return ownFolder(project, own).folder("rehearsal");
}

/** The stacks that a rehearsal's state has in its own file: all but those that are gone and kept apart. */
export function stacksIn(folder: PrivateFolder): readonly { readonly name: string; readonly status: string }[] {
  const { stacks } = JSON.parse(readFileSync(join(stateIn(folder), "world.json"), "utf8"));
  return stacks.filter((one: object) => !("gone" in one));
}

/** Where a rehearsal's state is now. */
export function stateIn(folder: PrivateFolder): string {
  return join(folder.path, String(generationIn(folder)));
}
