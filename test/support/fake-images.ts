import type { RunProgram } from "../../src/child-process.ts";
import type { ImagesPort, StoredImage } from "../../src/release/port-images.ts";

export const URI = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop-dev";
export const TOKEN = "s3cr3t-t0k3n-of-the-registry";

/** A repository in memory: what is pushed to it is in `stored`, by tag. */
export function fakeImages(more: Partial<ImagesPort> = {}): ImagesPort & {
  readonly stored: Map<string, StoredImage>;
  readonly logins: () => number;
} {
  const stored = new Map<string, StoredImage>();
  let logins = 0;
  return {
    stored,
    logins: () => logins,
    repositoryUri: async () => URI,
    registryLogin: async () => {
      logins += 1;
      return { address: URI.split("/")[0] ?? "", insecure: false, username: "AWS", password: `${TOKEN}-${logins}` };
    },
    storedImage: async (_, version) =>
      stored.get(version) ?? [...stored.values()].find(({ digest }) => digest === version),
    newestTags: async () => [],
    imagePlatforms: async () => [],
    imageScan: async () => ({ status: "none" }),
    publicImage: async () => undefined,
    ...more,
  };
}

/** A call of a program: its words, environment and input. */
export type Ran = {
  readonly words: readonly string[];
  readonly env: { readonly [name: string]: string };
  readonly input: string | undefined;
};

type Said = { readonly exitCode?: number; readonly lines?: readonly string[]; readonly stdout?: string };

/**
 * A machine with the builders of `answers`, by the first words of what they are asked; whatever else is asked is not
 * there. `calls` is told of each.
 */
export function fakeBuilders(
  answers: readonly (readonly [words: string, said: Said | (() => Said)])[],
  calls: Ran[] = [],
): RunProgram {
  return async (words, { env = {}, input, line, signal }) => {
    signal?.throwIfAborted();
    calls.push({ words, env, input });
    const found = answers.find(([start]) => `${words.join(" ")} `.startsWith(`${start} `))?.[1];
    if (found === undefined) return { exitCode: 127, stdout: "", stderr: "" };
    const { exitCode = 0, lines = [], stdout = "" } = typeof found === "function" ? found() : found;
    for (const one of lines) line?.(one);
    return { exitCode, stdout, stderr: lines.join("\n") };
  };
}
