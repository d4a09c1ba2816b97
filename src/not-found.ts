import type { Hook } from "@oclif/core";
import { report } from "./command.ts";
import { nearest } from "./config/nearest.ts";
import { openContext } from "./context.ts";
import { AstroError } from "./errors.ts";

/** The flags that need no command. */
const FLAGS = ["--help", "--version"];

/** What is done for a command that there is not: bad usage like any other, with the nearest command named. */
const notFound: Hook.CommandNotFound = async function ({ id, argv = [], config }) {
  const { root, version, cacheDir: cache } = config;
  const json = argv.includes("--json");
  const given = id.replaceAll(":", " ");
  const names = config.commands
    .filter(({ hidden }) => !hidden)
    .map((command) => command.id.replaceAll(":", " "))
    .sort();
  const [word = ""] = given.split(" ");
  const [kind, meant] = word.startsWith("-") ? ["flag", nearest(word, FLAGS)] : ["command", nearest(word, names)];
  const error = new AstroError(
    "usage",
    `astro has no ${kind} ${JSON.stringify(given)}${meant === undefined ? "" : `; did you mean ${meant}?`}`,
    `astro --help says what each does: ${names.join(", ")}`,
  );
  await report(openContext({ root, version, cache, json }), error, json);
  this.exit(error.exit);
};

export default notFound;
