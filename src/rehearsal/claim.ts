import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AstroError } from "../errors.ts";

/** The unsigned address at which a running rehearsal tells which one it is. */
export const WHO = "/_rehearsal";

type Claim = { readonly endpoint: string; readonly nonce: string };

/**
 * Makes the folder this process's own: two servers on one state would each lose what the other writes. A claim that a
 * killed process left behind is taken over. Returns how to give it up; throws an AstroError while another one serves it.
 */
export async function claim(directory: string, mine: Claim): Promise<() => void> {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "server.json");
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const other = read(file);
    if (other && (await isServed(other))) {
      throw new AstroError(
        "failed",
        `the rehearsal kept in ${directory} is in use: another astro serves it at ${other.endpoint}`,
        "wait until that one is done, or stop it",
      );
    }
    rmSync(file, { force: true });
  }
}

function read(file: string): Claim | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Claim;
  } catch {
    // Gone meanwhile, or half written by a process that was killed: nobody's.
    return undefined;
  }
}

async function isServed({ endpoint, nonce }: Claim): Promise<boolean> {
  try {
    const answer = await fetch(`${endpoint}${WHO}`, { signal: AbortSignal.timeout(2000) });
    return (await answer.text()) === nonce;
  } catch {
    // Nobody listens there any more.
    return false;
  }
}
