import { BUILDERS, type BuilderName } from "../../build/builder.ts";
import type { CommandLine } from "../../command-line.ts";
import { AstroError, type Hint } from "../../errors.ts";
import { commandWith, type OperationOptions } from "../flags.ts";

/** Parts of a release that can be meant by themselves. */
export const RELEASE_PARTS = ["api", "worker", "frontend", "migrate"] as const;

/** Input of `astro deploy`. */
export type DeployFlags = OperationOptions & {
  readonly only?: string | undefined;
  readonly image?: string | undefined;
  readonly builder?: string | undefined;
  readonly failOn?: string | undefined;
  readonly yes: boolean;
  readonly detach: boolean;
  readonly wait: boolean;
};

/** Input of `astro rollback`. */
export type RollbackFlags = OperationOptions & {
  readonly to?: number | undefined;
  readonly yes: boolean;
  readonly wait: boolean;
};

/** The same command again, with what says what is to be deployed. */
export function deployAgain(environment: string, flags: DeployFlags): CommandLine {
  const { only, image, builder, failOn } = flags;
  return [
    ...commandWith("deploy", environment, flags),
    ...(only === undefined ? [] : ["--only", only]),
    ...(image === undefined ? [] : ["--image", image]),
    ...(builder === undefined ? [] : ["--builder", builder]),
    ...(failOn === undefined ? [] : ["--fail-on", failOn]),
  ];
}

/** What to do once a release is up: to watch what it writes. */
export function watching(environment: string, flags: OperationOptions): Hint {
  return { text: "watch what it writes", command: [...commandWith("logs", environment, flags), "--follow"] };
}

/** The builder that `--builder` names. Throws AstroError("usage"). */
export function builderOf({ builder }: Pick<DeployFlags, "builder">): BuilderName | undefined {
  const found = BUILDERS.find((one) => one === builder);
  if (builder === undefined || found !== undefined) return found;
  throw new AstroError(
    "usage",
    `--builder ${builder}: not a builder that astro knows`,
    `give one of ${BUILDERS.join(", ")}`,
  );
}
