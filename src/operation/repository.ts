import { command } from "../command-line.ts";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import { readJson } from "../reading/json.ts";

/** The git repository around an app. */
export type Repository = {
  /** Its root. */
  readonly root: string;
  /** URL of its remote, `origin` where it has several. */
  readonly remote?: string;
  /** The branch that the remote begins with. */
  readonly branch?: string;
};

/** What GitHub says of a repository's tokens. */
export type TokenSubject =
  /** They name it by its name alone, or with these numbers as well: OWNER_ID/REPOSITORY_ID. */
  | { readonly known: true; readonly ids?: string }
  /** They name it as somebody has chosen. */
  | { readonly known: true; readonly custom: true }
  | { readonly known: false };

/** The repository that `directory` is in. Throws AstroError("config") for none. */
export async function repositoryAt(context: Context, directory: string): Promise<Repository> {
  const git = async (...words: readonly string[]) => {
    const { exitCode, stdout } = await context.program(["git", "-C", directory, ...words], { cwd: directory });
    return exitCode === 0 ? stdout.trim() : undefined;
  };
  const root = await git("rev-parse", "--show-toplevel");
  if (root === undefined || root === "")
    throw new AstroError("config", `${directory} is in no git repository`, {
      text: "GitHub Actions runs what lies in one: make one, and push it to GitHub",
      command: command`git init`,
    });
  const names = (await git("remote"))?.split("\n").filter(Boolean) ?? [];
  const name = names.includes("origin") ? "origin" : names[0];
  if (name === undefined) return { root };
  const [remote, head] = await Promise.all([
    git("remote", "get-url", name),
    git("symbolic-ref", "--short", `refs/remotes/${name}/HEAD`),
  ]);
  const branch = head?.startsWith(`${name}/`) ? head.slice(name.length + 1) : undefined;
  return { root, ...(remote !== undefined && { remote }), ...(branch !== undefined && { branch }) };
}

/** OWNER/NAME of a remote at GitHub, by https or ssh; `undefined` for one elsewhere. */
export function gitHubName(remote: string): string | undefined {
  const [, path] =
    /^(?:(?:https?|git):\/\/(?:[^@/]+@)?(?:www\.)?github\.com(?::\d+)?\/|ssh:\/\/(?:[^@/]+@)?(?:ssh\.)?github\.com(?::\d+)?\/|(?:[^@/:]+@)?github\.com:\/?)(.+)$/i.exec(
      remote,
    ) ?? [];
  const [, owner, name] = /^([^/]+)\/([^/]+?)(?:\.git)?\/?$/.exec(path ?? "") ?? [];
  return owner === undefined || name === undefined ? undefined : `${owner}/${name}`;
}

/** Milliseconds that GitHub has to answer. */
const ANSWER = 10_000;

/**
 * How the tokens of a repository name it, asked by GitHub's own client where that is installed and signed in (GitHub REST API,
 * "Get the customization template for an OIDC subject claim for a repository").
 */
export async function tokenSubject(context: Context, repository: string): Promise<TokenSubject> {
  const words = ["gh", "api", `repos/${repository}/actions/oidc/customization/sub`];
  try {
    const { exitCode, stdout } = await context.program(words, {
      cwd: context.cwd,
      env: { GH_PROMPT_DISABLED: "1", GH_HOST: "github.com" },
      signal: AbortSignal.timeout(ANSWER),
    });
    return exitCode === 0 ? subjectIn(readJson(stdout)) : { known: false };
  } catch {
    // Nobody answered, or something else did: as where there is no such client.
    return { known: false };
  }
}

function subjectIn(answer: unknown): TokenSubject {
  if (typeof answer !== "object" || answer === null) return { known: false };
  const {
    use_default: usual,
    use_immutable_subject: immutable,
    sub_claim_prefix: prefix,
  } = answer as {
    readonly [name: string]: unknown;
  };
  if (usual === false) return { known: true, custom: true };
  if (immutable !== true) return usual === true ? { known: true } : { known: false };
  const [, owner, repository] = /^repo:[^/]+@(\d+)\/[^/]+@(\d+)$/.exec(String(prefix)) ?? [];
  return owner === undefined ? { known: false } : { known: true, ids: `${owner}/${repository}` };
}
