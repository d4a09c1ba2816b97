import type { EnvironmentInput } from "./schema.ts";

type Preset = {
  /** What it is, in a few words, and what of it an outage leaves standing. */
  readonly summary: string;
  readonly survives: string;
  readonly values: Omit<EnvironmentInput, "region">;
};

const SMALL = { cpu: 256, memory: 512 } as const;
const APP = { port: 8000, healthPath: "/health" } as const;

/**
 * Presets of a new environment, the cheapest first: dev and prod are the two designs of the architecture. Its dev has T3 machines;
 * T4g ones of the same size cost less (`machines.ts` has what a region sells in their place). A database that is in use all day
 * is no burstable one in prod: beyond their credits AWS charges T classes by the vCPU-hour, which no estimate knows (Amazon RDS
 * User Guide, "DB instance class types": Unlimited mode).
 */
export const PRESETS = {
  smallest: {
    summary: "one zone, Spot, private",
    survives: "a zone's outage stops it",
    values: {
      protect: false,
      network: { azs: 1, nat: "one" },
      service: { spot: true, onDemandBase: 0, ...SMALL, tasks: 1, ...APP, logDays: 7 },
      database: { class: "db.t4g.micro", multiAz: false, storage: 20 },
      cache: { node: "cache.t4g.micro", replicas: 0 },
      cdn: { ttlHours: 1 },
      loadBalancer: { private: true },
    },
  },
  dev: {
    summary: "one zone, Spot, small sizes",
    survives: "a zone's outage stops it",
    values: {
      protect: false,
      network: { azs: 1, nat: "one" },
      service: { spot: true, onDemandBase: 0, ...SMALL, tasks: 1, ...APP, logDays: 14 },
      database: { class: "db.t4g.micro", multiAz: false, storage: 20 },
      cache: { node: "cache.t4g.micro", replicas: 0 },
      cdn: { ttlHours: 1 },
    },
  },
  staging: {
    summary: "two zones, standby",
    survives: "survives a zone but its NAT's",
    values: {
      protect: false,
      network: { azs: 2, nat: "one" },
      service: { spot: true, onDemandBase: 1, ...SMALL, tasks: 2, maxTasks: 4, ...APP, logDays: 30 },
      database: { class: "db.t4g.small", multiAz: true, storage: 20 },
      cache: { node: "cache.t4g.micro", replicas: 1 },
      cdn: { ttlHours: 1 },
    },
  },
  prod: {
    summary: "three zones, standby, protected",
    survives: "survives any zone",
    values: {
      protect: true,
      network: { azs: 3, nat: "per-az" },
      service: {
        spot: true,
        onDemandBase: 1,
        cpu: 512,
        memory: 1024,
        tasks: 2,
        maxTasks: 6,
        ...APP,
        logDays: 90,
      },
      database: { class: "db.m7g.large", multiAz: true, storage: 20 },
      cache: { node: "cache.t4g.small", replicas: 1 },
      cdn: { ttlHours: 24 },
    },
  },
} as const satisfies { readonly [name: string]: Preset };

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];

/** The preset that suits an environment of this name. */
export function presetFor(env: string): PresetName {
  if (/^pro?d/.test(env)) return "prod";
  return /^sta?g/.test(env) ? "staging" : "dev";
}
