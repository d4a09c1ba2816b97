import type { EnvironmentInput } from "./schema.ts";

type Preset = { readonly summary: string; readonly values: Omit<EnvironmentInput, "region"> };

/** Presets of a new environment: the two designs of the architecture. */
export const PRESETS = {
  dev: {
    summary: "one zone, Spot, smallest sizes",
    values: {
      protect: false,
      network: { azs: 1, nat: "one" },
      service: {
        spot: true,
        onDemandBase: 0,
        cpu: 256,
        memory: 512,
        tasks: 1,
        port: 8000,
        healthPath: "/health",
        logDays: 14,
      },
      database: { class: "db.t3.micro", multiAz: false, storage: 20 },
      cache: { node: "cache.t3.micro", replicas: 0 },
      cdn: { ttlHours: 1 },
    },
  },
  prod: {
    summary: "three zones, standby database, replicas, protected data",
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
        port: 8000,
        healthPath: "/health",
        logDays: 90,
      },
      database: { class: "db.t4g.medium", multiAz: true, storage: 20 },
      cache: { node: "cache.t4g.small", replicas: 1 },
      cdn: { ttlHours: 24 },
    },
  },
} as const satisfies { readonly [name: string]: Preset };

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];
