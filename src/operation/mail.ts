import { join } from "node:path";
import { legalValue } from "../config/path.ts";
import type { Context } from "../context.ts";
import { readText } from "../reading/file.ts";
import { MOST_BYTES } from "../reading/limits.ts";

/**
 * The e-mail address that git has for whoever works in the folder: its own, else this user's (git-config, "FILES"; what those
 * include is not followed). Undefined where there is none that AWS could write to.
 */
export function mailHere({ env, cwd }: Pick<Context, "env" | "cwd">): string | undefined {
  const home = env.HOME || env.USERPROFILE || "";
  const ofUser = env.GIT_CONFIG_GLOBAL
    ? [env.GIT_CONFIG_GLOBAL]
    : [join(home, ".gitconfig"), join(env.XDG_CONFIG_HOME || join(home, ".config"), "git", "config")];
  for (const file of [join(cwd, ".git", "config"), ...ofUser]) {
    const email = mailIn(textOf(file));
    if (email !== undefined) return legalValue({ alarms: { email } }, "alarms.email");
  }
  return undefined;
}

/** `email` of the section `user`. */
function mailIn(text: string): string | undefined {
  let section = "";
  let found: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, head] = /^\s*\[\s*([^\]]+?)\s*\]/.exec(line) ?? [];
    section = head?.toLowerCase() ?? section;
    const [, value] = /^\s*(?:\[[^\]]*\]\s*)?email\s*=\s*"?([^"#;]*?)"?\s*(?:[#;].*)?$/i.exec(line) ?? [];
    // As in git, the last one counts.
    if (section === "user" && value) found = value;
  }
  return found;
}

function textOf(file: string): string {
  try {
    return readText(file, MOST_BYTES.config);
  } catch {
    // Not there, or not to be read: nothing depends on it.
    return "";
  }
}
