/** A repository as somebody could have it: its files, what is found of it, each with its place, and why. */
export type Shape = {
  readonly what: string;
  readonly files: { readonly [path: string]: string };
  /** All that is found, in words of `told`; nothing else may be. */
  readonly found: readonly string[];
};

/** Lines as a file. */
export const lines = (...all: readonly string[]) => `${all.join("\n")}\n`;

/** A package.json with a build script in its third line. */
export const packageJson = (build: string, needs: readonly string[], more: object = {}) =>
  JSON.stringify(
    { scripts: { build }, dependencies: Object.fromEntries(needs.map((name) => [name, "*"])), ...more },
    null,
    1,
  );
