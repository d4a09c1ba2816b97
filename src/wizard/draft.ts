import { isWithin } from "../config/host-names.ts";
import { soldAs } from "../config/machines.ts";
import { type EnvironmentKey, type EnvironmentPath, type EnvironmentValue, legalValue } from "../config/path.ts";
import { hasVpcOrigins } from "../config/rules.ts";
import { FARGATE_CPUS, leastLimitOf, MOST_STORAGE, memoriesOf } from "../config/sizes.ts";
import { type ConfigTree, isConfigTree, valueAt, withValue } from "../config/values.ts";
import { zoneCountOf } from "../config/zones.ts";
import type { Scalar } from "./question.ts";

/** Where a value came from: who decided it, and the words for it. */
export type Source = {
  readonly by: "flag" | "answer" | "preset" | "file" | "default" | "fit" | "account" | "found";
  readonly words: string;
};

/** The user at the terminal. */
export const ANSWER: Source = { by: "answer", words: "your answer" };

/** A value by its dotted path, and who decided it; without a value the key is removed. It is not validated yet. */
export type Decision = {
  readonly path: EnvironmentKey;
  readonly value: Scalar | readonly string[] | undefined;
  readonly source: Source;
};

/** A draft of an environment: its values, and by dotted path where each came from. */
export type Draft = {
  readonly values: ConfigTree;
  readonly sources: { readonly [path: string]: Source };
  /** What it began as: a value that follows from others follows from it and them, in whatever order they were answered. */
  readonly base?: Draft;
};

/** The draft pinned to the account that the environment would go to, unless somebody has said something about that. */
export function pinned(draft: Draft, id: string | undefined): Draft {
  const source = { by: "account", words: "your credentials" } as const;
  if (id === undefined || draft.sources.account !== undefined) return draft;
  return decide(draft, [{ path: "account", value: id, source }]);
}

/** The draft with the decisions made; values that must follow from them, and that no flag fixed, do. */
export function decide(draft: Draft, decisions: readonly Decision[]): Draft {
  const decided = new Set<string>(decisions.map(({ path }) => path));
  const presetProtects = draft.base?.sources.protect?.by === "preset" && draft.base.values.protect === true;
  const made = decisions.reduce(set, withoutFits(draft));
  return FITS.reduce(
    (to, { path, follows, value }) => {
      if (decided.has(path) || to.sources[path]?.by === "flag") return to;
      const at: Reader["at"] = (key) => legalValue(to.values, key);
      const has = (key: string) => valueAt(to.values, key.split(".")) !== undefined;
      const fitting = value(
        { at, has, presetProtects, wasFit: draft.sources[path]?.by === "fit" },
        to.sources[follows],
        to.sources[path],
      );
      return fitting === undefined
        ? to
        : set(to, {
            path,
            value: fitting,
            source: { by: "fit", words: `follows ${follows.split(".").at(follows === "domain.name" ? 0 : -1)}` },
          });
    },
    named(draft, made, decided),
  );
}

/**
 * Host names go with their domain to another one; one that is decided to be what it would be anyway is left out. `before` is
 * the draft that was decided about.
 */
function named(before: Draft, draft: Draft, decided: ReadonlySet<string>): Draft {
  const [from, to] = [before, draft].map(({ values }) => legalValue(values, "domain.name"));
  if (to === undefined) return draft;
  return (["app", "api"] as const).reduce((now, key) => {
    const path = `domain.names.${key}` as const;
    const host = legalValue(now.values, path);
    const source = now.sources[path];
    if (host === undefined || source === undefined) return now;
    if (decided.has(path)) return host === `${key}.${to}` ? set(now, { path, value: undefined, source }) : now;
    if (from === undefined || isWithin(host, to) || !isWithin(host, from)) return now;
    return set(now, { path, value: `${host.slice(0, -from.length)}${to}`, source });
  }, draft);
}

/** The draft with what followed from other values as it was before: it is to follow from all of them anew. */
function withoutFits(draft: Draft): Draft {
  const { base } = draft;
  if (base === undefined) return draft;
  const isFit = (path: string) => draft.sources[path]?.by === "fit";
  const fitted = Object.keys(draft.sources).filter(isFit);
  const kept = Object.entries(draft.sources).filter(([path]) => !isFit(path));
  const former = Object.entries(base.sources).filter(([path]) => isFit(path));
  const values = fitted.reduce((to, path) => {
    const keys = path.split(".");
    const before = valueAt(base.values, keys);
    return before === undefined ? without(to, keys) : withValue(to, keys, before);
  }, draft.values);
  return { values, sources: Object.fromEntries([...kept, ...former]), base };
}

/** The values without one, and without the section that had nothing else. */
function without(values: ConfigTree, keys: readonly string[]): ConfigTree {
  if (valueAt(values, keys) === undefined) return values;
  const rest = withValue(values, keys, undefined);
  return isEmpty(rest, keys) ? withValue(rest, keys.slice(0, -1), undefined) : rest;
}

/** Whether the section that a value would lie in has nothing in it. */
function isEmpty(values: ConfigTree, keys: readonly string[]): boolean {
  const section = keys.length > 1 ? valueAt(values, keys.slice(0, -1)) : undefined;
  return isConfigTree(section) && Object.keys(section).length === 0;
}

function set(draft: Draft, { path, value, source }: Decision): Draft {
  return {
    ...draft,
    values:
      value === undefined ? without(draft.values, path.split(".")) : withValue(draft.values, path.split("."), value),
    sources: { ...draft.sources, [path]: source },
  };
}

type Reader = {
  /** A value of the draft, or its default; undefined while it is illegal. */
  readonly at: <P extends EnvironmentPath>(path: P) => EnvironmentValue<P> | undefined;
  /** Whether the draft has a value there, be it illegal. */
  readonly has: (path: EnvironmentPath) => boolean;
  /** Whether it is a new environment, of a preset that protects it. */
  readonly presetProtects: boolean;
  /** Whether the value followed from others before. */
  readonly wasFit: boolean;
};

type FitAt<P extends EnvironmentPath> = {
  readonly path: P;
  readonly follows: EnvironmentPath;
  /** The value that fits the others; undefined if the present one does or nothing can. */
  readonly value: (
    reader: Reader,
    followed: Source | undefined,
    own: Source | undefined,
  ) => EnvironmentValue<P> | undefined;
};

type Fit = {
  [P in EnvironmentPath]: EnvironmentValue<P> extends NonNullable<Decision["value"]> ? FitAt<P> : never;
}[EnvironmentPath];

/** Values that follow from others, so that one answer or flag is enough where the schema allows only some combinations. */
const FITS: readonly Fit[] = [
  {
    path: "network.azs",
    follows: "region",
    value: ({ at }) => above(at("network.azs"), zoneCountOf(at("region") ?? "")),
  },
  {
    path: "database.class",
    follows: "region",
    value: ({ at }, _, own) => sold(at("database.class"), at("region"), own),
  },
  { path: "cache.node", follows: "region", value: ({ at }, _, own) => sold(at("cache.node"), at("region"), own) },
  {
    path: "service.cpu",
    follows: "service.memory",
    // An answer beside a CPU that somebody chose is refused instead, with the reason.
    value: ({ at, wasFit }, memory) =>
      (memory?.by === "flag" || wasFit) && !isPair(at("service.cpu"), at("service.memory"))
        ? FARGATE_CPUS.find((cpu) => isPair(cpu, at("service.memory")))
        : undefined,
  },
  {
    path: "service.memory",
    follows: "service.cpu",
    value: ({ at }) => {
      const [cpu, memory] = [at("service.cpu"), at("service.memory")];
      if (cpu === undefined || memory === undefined || isPair(cpu, memory)) return undefined;
      const memories = memoriesOf(cpu);
      return memories.find((one) => one >= memory) ?? memories.at(-1);
    },
  },
  {
    path: "service.maxTasks",
    follows: "service.tasks",
    value: ({ at }) => {
      const [most, tasks] = [at("service.maxTasks"), at("service.tasks")];
      return most !== undefined && tasks !== undefined && most < tasks ? tasks : undefined;
    },
  },
  {
    path: "service.onDemandBase",
    follows: "service.tasks",
    value: ({ at }) => above(at("service.onDemandBase"), at("service.tasks")),
  },
  {
    path: "database.maxStorage",
    follows: "database.storage",
    value: ({ at }) => {
      const [storage, limit] = [at("database.storage"), at("database.maxStorage")];
      if (storage === undefined || limit === undefined) return undefined;
      const least = leastLimitOf(storage);
      if (limit === storage || limit >= least) return undefined;
      return least <= MOST_STORAGE ? Math.min(storage * 2, MOST_STORAGE) : storage;
    },
  },
  {
    path: "domain.zone",
    follows: "domain.name",
    value: ({ has }) => (has("domain.name") && !has("domain.zone") ? "create" : undefined),
  },
  {
    path: "loadBalancer.private",
    follows: "region",
    value: ({ at }, _, own) =>
      own?.by === "preset" && at("loadBalancer.private") && !hasVpcOrigins(at("region") ?? "") ? false : undefined,
  },
  {
    path: "loadBalancer.private",
    follows: "protect",
    // Of a new environment alone: a deployed one would get another load balancer. A domain gives the API a name of its
    // own, which a private load balancer could not answer to.
    value: ({ at, has, presetProtects }, _, own) => {
      const region = at("region");
      const isFree = presetProtects && (own === undefined || own.by === "fit");
      return isFree && !has("domain.name") && region !== undefined && hasVpcOrigins(region) ? true : undefined;
    },
  },
];

/** What the region sells in place of a preset's machine, where it has not that one. */
function sold(name: string | undefined, region: string | undefined, own: Source | undefined): string | undefined {
  if (own?.by !== "preset" || name === undefined || region === undefined) return undefined;
  const instead = soldAs(name, region);
  return instead === name ? undefined : instead;
}

/** `most` where the value is above it. */
function above(value: number | undefined, most: number | undefined): number | undefined {
  return value !== undefined && most !== undefined && value > most ? most : undefined;
}

function isPair(cpu: number | undefined, memory: number | undefined): boolean {
  return cpu !== undefined && memory !== undefined && memoriesOf(cpu).includes(memory);
}
