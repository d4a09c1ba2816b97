import { REGION_CODES } from "../config/regions.ts";
import { hasVpcOrigins } from "../config/rules.ts";
import { environment } from "../config/schema.ts";
import { FARGATE_CPUS, leastLimitOf, MOST_STORAGE, memoriesOf } from "../config/sizes.ts";
import { type ConfigTree, valueAt, withValue } from "../config/values.ts";
import { zoneCountOf } from "../config/zones.ts";
import type { Scalar } from "./question.ts";

/** Where a value came from: who decided it, and the words for it. */
export type Source = {
  readonly by: "flag" | "answer" | "preset" | "file" | "default" | "fit" | "account";
  readonly words: string;
};

/** The person at the terminal. */
export const ANSWER: Source = { by: "answer", words: "you, just now" };

/** A value by its dotted path, and who decided it; without a value the key is taken out. */
export type Decision = {
  readonly path: string;
  readonly value: Scalar | readonly string[] | undefined;
  readonly source: Source;
};

/** An environment in the making: its values, and by dotted path where each came from. */
export type Draft = {
  readonly values: ConfigTree;
  readonly sources: { readonly [path: string]: Source };
};

/** The draft with the decisions made; values that must follow from them, and that no flag fixed, do. */
export function decide(draft: Draft, decisions: readonly Decision[]): Draft {
  const decided = new Set(decisions.map(({ path }) => path));
  return FITS.reduce(
    (to, { path, follows, value }) => {
      if (decided.has(path) || to.sources[path]?.by === "flag") return to;
      const at = (key: string) => valueAt(to.values, key.split(".")) ?? valueAt(DEFAULTS, key.split("."));
      const fitting = value(at, to.sources[follows], to.sources[path]);
      return fitting === undefined
        ? to
        : set(to, {
            path,
            value: fitting,
            source: { by: "fit", words: `goes with ${follows.split(".").at(follows === "domain.name" ? 0 : -1)}` },
          });
    },
    decisions.reduce(set, draft),
  );
}

function set(draft: Draft, { path, value, source }: Decision): Draft {
  return {
    values: withValue(draft.values, path.split("."), value),
    sources: { ...draft.sources, [path]: source },
  };
}

const DEFAULTS = environment.parse({ region: "us-east-1" });

type Fit = {
  readonly path: string;
  readonly follows: string;
  /** The value that fits the others; undefined if the present one does or nothing can. */
  readonly value: (
    at: (path: string) => unknown,
    followed: Source | undefined,
    own: Source | undefined,
  ) => Scalar | undefined;
};

/** Values that follow from others, so that one answer or flag is enough where the schema allows only some combinations. */
const FITS: readonly Fit[] = [
  {
    path: "network.azs",
    follows: "region",
    value: (at) =>
      Number(at("network.azs")) > zoneCountOf(String(at("region"))) ? zoneCountOf(String(at("region"))) : undefined,
  },
  {
    path: "service.cpu",
    follows: "service.memory",
    // A typed answer is refused instead, where the person can read why.
    value: (at, memory) =>
      memory?.by === "flag" && !isPair(at("service.cpu"), at("service.memory"))
        ? FARGATE_CPUS.find((cpu) => isPair(cpu, at("service.memory")))
        : undefined,
  },
  {
    path: "service.memory",
    follows: "service.cpu",
    value: (at) => {
      if (isPair(at("service.cpu"), at("service.memory"))) return undefined;
      const memories = memoriesOf(Number(at("service.cpu")));
      return memories.find((memory) => memory >= Number(at("service.memory"))) ?? memories.at(-1);
    },
  },
  {
    path: "service.maxTasks",
    follows: "service.tasks",
    value: (at) =>
      Number(at("service.maxTasks")) < Number(at("service.tasks")) ? Number(at("service.tasks")) : undefined,
  },
  {
    path: "service.onDemandBase",
    follows: "service.tasks",
    value: (at) =>
      Number(at("service.onDemandBase")) > Number(at("service.tasks")) ? Number(at("service.tasks")) : undefined,
  },
  {
    path: "database.maxStorage",
    follows: "database.storage",
    value: (at) => {
      const storage = Number(at("database.storage"));
      const [least, limit] = [leastLimitOf(storage), Number(at("database.maxStorage"))];
      if (limit === storage || limit >= least) return undefined;
      return least <= MOST_STORAGE ? Math.min(storage * 2, MOST_STORAGE) : storage;
    },
  },
  {
    path: "domain.zone",
    follows: "domain.name",
    value: (at) => (at("domain.name") !== undefined && at("domain.zone") === undefined ? "create" : undefined),
  },
  {
    path: "loadBalancer.private",
    follows: "protect",
    // Of a new environment alone: one that stands would get another load balancer.
    value: (at, protect, own) => {
      const isNew = protect?.by === "preset" && (own === undefined || own.by === "fit");
      const region = REGION_CODES.find((code) => code === at("region"));
      const fits = at("protect") === true && at("domain.name") === undefined && region && hasVpcOrigins(region);
      return isNew && fits ? true : undefined;
    },
  },
  {
    path: "loadBalancer.private",
    follows: "domain.name",
    // A domain gives the API a name of its own, which a private load balancer could not answer to.
    value: (at, _, own) => (own?.by === "fit" && at("domain.name") !== undefined ? false : undefined),
  },
];

function isPair(cpu: unknown, memory: unknown): boolean {
  return memoriesOf(Number(cpu)).includes(Number(memory));
}
