import { dirname, join, resolve } from "node:path";
import { REGION_CODES, REGION_NAMES } from "../config/regions.ts";
import { readText } from "../reading/file.ts";
import type { Here } from "./complete.ts";

/** Larger files are not looked into while somebody waits for a key to do something. */
const MOST_BYTES = 1_000_000;

/** A name as a shell may be given it without quotes. */
const WORD = /^[\w.@/+-]+$/;

/** What can be chosen on this machine. Nothing of it is a fault: what cannot be read offers nothing. */
export function hereIn(cwd: string, env: { readonly [name: string]: string | undefined }): Here {
  return {
    environments: (directory) => {
      const folders = directory === undefined ? [cwd, join(cwd, "infra"), ...above(cwd)] : [resolve(cwd, directory)];
      const text = folders.map((folder) => textOf(join(folder, "astro.yaml"))).find((found) => found !== "");
      return environmentNames(text ?? "");
    },
    profiles: () => {
      const folder = join(env.HOME ?? env.USERPROFILE ?? "", ".aws");
      const config = textOf(env.AWS_CONFIG_FILE ?? join(folder, "config"));
      const credentials = textOf(env.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, "credentials"));
      return [...new Set([...sections(config, /^(?:profile\s+)?(.+)$/), ...sections(credentials, /^(.+)$/)])];
    },
    regions: () => REGION_CODES.map((word) => ({ word, about: REGION_NAMES[word] })),
  };
}

/**
 * The names under `environments:` as astro and people write them, one a line. To read all of YAML would take longer than
 * everything else here.
 */
export function environmentNames(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => /^environments:\s*(#.*)?$/.test(line));
  if (start < 0) return [];
  const block = lines.slice(start + 1);
  const end = block.findIndex((line) => /^[^\s#]/.test(line));
  const below = (end < 0 ? block : block.slice(0, end)).filter((line) => /^\s+[^\s#]/.test(line));
  const depth = /^\s+/.exec(below[0] ?? "")?.[0] ?? "";
  return below.flatMap((line) => {
    const [, name = ""] = /^["']?([^"':\s]+)["']?:/.exec(line.slice(depth.length)) ?? [];
    return line.startsWith(depth) && WORD.test(name) ? [name] : [];
  });
}

/** Names in brackets of an ini file, but those of other things than profiles (`[sso-session x]`, `[services x]`). */
function sections(text: string, name: RegExp): readonly string[] {
  return [...text.matchAll(/^\s*\[([^\]]+)\]/gm)].flatMap(([, section = ""]) => {
    const [, profile = ""] = name.exec(section.trim()) ?? [];
    return WORD.test(profile) ? [profile] : [];
  });
}

function textOf(path: string): string {
  try {
    return readText(path, MOST_BYTES);
  } catch {
    return "";
  }
}

function above(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [] : [parent, ...above(parent)];
}
