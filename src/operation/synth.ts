import { command } from "../command-line.ts";
import type { Context } from "../context.ts";
import { hintText } from "../errors.ts";
import { openProject, selectEnvironment } from "../project.ts";
import { synthesise } from "../synth/synthesise.ts";

type SynthInput = {
  readonly dir?: string | undefined;
  readonly env?: string | undefined;
  /** Every environment of astro.yaml. */
  readonly all: boolean;
};

/** What `astro synth --json` prints: the folder of the cloud assembly, and its stacks. */
type Synthesised = { readonly assembly: string; readonly stacks: readonly string[] };

/** `astro synth`: the app's cloud assembly, without an account. */
export async function synth(
  context: Context,
  { dir, env, all }: SynthInput,
): Promise<{ readonly value: Synthesised; readonly render: () => string }> {
  const project = await openProject(context, dir);
  const one = all ? undefined : selectEnvironment(project, env);
  const region = one?.environment.region ?? "us-east-1";
  const { directory, stacks } = await synthesise(context, project, region, one?.name);
  return {
    value: { assembly: directory, stacks: stacks.map((stack) => stack.name) },
    render: () => {
      const lines = stacks.map(({ phase, name }) => ` ${phase.padEnd(6)} ${name}`);
      return `${[...lines, ` ${stacks.length} stacks in ${directory}`, ` ${hintText({ text: "Next", command: command`astro plan` })}`].join("\n")}\n`;
    },
  };
}
