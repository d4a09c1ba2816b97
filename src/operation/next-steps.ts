import { join, relative } from "node:path";
import { type CommandLine, command } from "../command-line.ts";
import type { Context } from "../context.ts";
import type { Project } from "../project.ts";
import { money } from "../view/format.ts";
import type { Choices } from "../wizard/choose.ts";
import type { EnvironmentPrice } from "../wizard/price.ts";
import type { NextStep } from "../wizard/written.ts";

/** The commands that come after `astro init`, in the words of this project; each finds the environment from this folder. */
export function nextSteps(
  context: Context,
  directory: string,
  { choices, price }: { readonly choices: Choices; readonly price: EnvironmentPrice },
  project: Project | undefined,
): readonly NextStep[] {
  const { env, app = [] } = choices;
  const others = Object.keys(project?.config.environments ?? {}).filter((name) => name !== env);
  const flags = [...(others.length > 0 ? ["--env", env] : []), ...folderFlags(context, directory)];
  const builds = project ? project.config.build !== undefined : app.some(({ key }) => key === "build");
  return [
    { command: command`astro cost ${flags}`, words: `what makes up ${money(price.monthlyTotal)} a month` },
    { command: command`astro plan ${flags} --rehearse`, words: `what would be made for ${env}` },
    { command: command`astro provision ${flags} --rehearse`, words: "tries it out: no account, no cost" },
    ...(builds
      ? [
          {
            command: command`astro deploy ${flags} --rehearse`,
            words: "builds and releases the app there",
          },
        ]
      : []),
  ];
}

/** The folder's flag, where a command would not find it by itself. */
export function folderFlags({ cwd }: Context, directory: string): CommandLine {
  const isFound = directory === join(cwd, "infra") || !relative(directory, cwd).startsWith("..");
  return isFound ? [] : ["--dir", wordFor(relative(cwd, directory))];
}

/** A path that no command takes for a flag. */
function wordFor(path: string): string {
  return path.startsWith("-") ? `./${path}` : path;
}
