import type { Context } from "../context.ts";
import { AstroError, type Hint } from "../errors.ts";
import { redact } from "../redact.ts";

/** What can build a container image, in the order in which they are looked for. */
export const BUILDERS = ["buildx", "docker", "podman", "buildah", "finch", "nerdctl"] as const;

export type BuilderName = (typeof BUILDERS)[number];

/** A builder that is here and answers. */
export type Builder = {
  readonly name: BuilderName;
  /** The words that it is called by. */
  readonly program: readonly string[];
  /** Whether it can keep the cache of its layers in the repository. */
  readonly caches: boolean;
};

/** A builder that cannot be used, and why: in its own words where it has some. */
type Unusable = { readonly builder: BuilderName; readonly why: string };

type Probe = {
  readonly program: readonly string[];
  /** A question that only a builder answers which can build: one with a daemon asks it. */
  readonly asks: readonly (readonly string[])[];
  readonly caches: (answer: string) => boolean;
};

const never = () => false;

const PROBES: { readonly [name in BuilderName]: Probe } = {
  buildx: {
    program: ["docker", "buildx"],
    asks: [
      ["docker", "buildx", "version"],
      ["docker", "version", "--format", "{{.Server.Version}}"],
      ["docker", "buildx", "inspect"],
    ],
    // Docker documentation, "Cache storage backends": the default driver exports none to a registry.
    caches: (answer) => /^Driver:\s*(?!docker\s*$)\S/m.test(answer),
  },
  docker: { program: ["docker"], asks: [["docker", "version", "--format", "{{.Server.Version}}"]], caches: never },
  // The first with `--cache-to`: Podman 4.3 (release notes), Buildah 1.27 (changelog).
  podman: {
    program: ["podman"],
    asks: [
      ["podman", "info"],
      ["podman", "--version"],
    ],
    caches: (answer) => isFrom(answer, 4, 3),
  },
  buildah: {
    program: ["buildah"],
    asks: [
      ["buildah", "info"],
      ["buildah", "--version"],
    ],
    caches: (answer) => isFrom(answer, 1, 27),
  },
  finch: { program: ["finch"], asks: [["finch", "info"]], caches: never },
  nerdctl: { program: ["nerdctl"], asks: [["nerdctl", "info"]], caches: never },
};

function isFrom(answer: string, major: number, minor: number): boolean {
  const [, first = 0, second = 0] = /(\d+)\.(\d+)/.exec(answer) ?? [];
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}

/** Milliseconds a builder has to answer: one whose daemon hangs is none. */
const PATIENCE = 10_000;

const FOUR_WAYS: readonly Hint[] = [
  { text: "start Docker if it is installed, or install it (https://docs.docker.com/get-started/get-docker/)" },
  { text: "or install Podman (https://podman.io/docs/installation), which needs no daemon on Linux" },
  { text: "or install Buildah on Linux (your distribution's package buildah), which needs no daemon at all" },
  { text: "or install Finch (https://runfinch.com), AWS's own, which brings a virtual machine on macOS and Windows" },
  { text: "or deploy, without building here, an image that was built elsewhere: add --image with its name" },
];

/**
 * The first builder that answers, or the one that is `wanted`. Throws AstroError("failed") that says of each why it
 * cannot be used, with the ways to get one.
 */
export async function findBuilder(
  context: Context,
  options: { readonly wanted?: BuilderName | undefined; readonly cwd: string; readonly signal?: AbortSignal },
): Promise<Builder> {
  const { wanted, cwd, signal } = options;
  const unusable: Unusable[] = [];
  for (const builder of wanted === undefined ? BUILDERS : [wanted]) {
    const found = await probe(context, builder, cwd, signal);
    if ("program" in found) return found;
    unusable.push(found);
  }
  const reasons = unusable.map(({ builder, why }) => `${builderWords(builder)} (${why})`).join(", ");
  const words = wanted === undefined ? "no builder of container images can be used here" : "the builder cannot be used";
  const others: Hint = { text: "leave out --builder to take whichever is here" };
  throw new AstroError("failed", `${words}: ${reasons}`, wanted === undefined ? FOUR_WAYS : [others, ...FOUR_WAYS]);
}

/** A builder as a person calls it. */
export function builderWords(builder: BuilderName): string {
  return PROBES[builder].program.join(" ");
}

async function probe(
  context: Context,
  builder: BuilderName,
  cwd: string,
  signal: AbortSignal | undefined,
): Promise<Builder | Unusable> {
  const { program, asks, caches } = PROBES[builder];
  let answer = "";
  for (const words of asks) {
    const patience = AbortSignal.timeout(PATIENCE);
    try {
      const done = await context.program(words, {
        cwd,
        signal: signal ? AbortSignal.any([signal, patience]) : patience,
      });
      if (done.exitCode === 127 && done.stderr === "") return { builder, why: "not installed" };
      if (done.exitCode !== 0) return { builder, why: reasonIn(done.stderr) };
      answer = done.stdout;
    } catch (error) {
      if (!patience.aborted || signal?.aborted) throw error;
      return { builder, why: `does not answer in ${PATIENCE / 1000} s` };
    }
  }
  return { name: builder, program, caches: caches(answer) };
}

/** The line of an answer that says what is wrong, without advice to whoever debugs it. */
function reasonIn(answer: string): string {
  const lines = answer.split("\n").map((line) => line.trim());
  const line = lines.find((one) => /cannot connect|error|unknown|denied|refused/i.test(one)) ?? lines.find(Boolean);
  return redact(line ?? "fails without a word")
    .replace(/^(error|ERROR|Error):\s*/, "")
    .slice(0, 200);
}
