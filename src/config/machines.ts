/** A class of database instances or a type of cache nodes. */
export type MachineSize = {
  readonly name: string;
  readonly vcpus: number;
  /** GiB. */
  readonly memory: number;
};

/**
 * vCPUs and GiB of memory by size (Amazon RDS User Guide, "Hardware specifications for DB instance classes"); a newer family of a
 * kind has those of the older ones.
 */
const DATABASES: Sizes = {
  t: { micro: [2, 1], small: [2, 2], medium: [2, 4], large: [2, 8] },
  m: { large: [2, 8], xlarge: [4, 16] },
  r: { large: [2, 16], xlarge: [4, 32] },
};

/** The same of cache nodes: of the machine's memory a part is not Redis's (Amazon ElastiCache pricing, "Memory (GiB)"). */
const CACHES: Sizes = {
  t: { micro: [2, 0.5], small: [2, 1.37], medium: [2, 3.09] },
  m: { large: [2, 6.38], xlarge: [4, 12.93] },
  r: { large: [2, 13.07], xlarge: [4, 26.32] },
};

type Sizes = { readonly [kind in Kind]: { readonly [size: string]: readonly [vcpus: number, memory: number] } };
/** Burstable, balanced, much memory. */
type Kind = "t" | "m" | "r";

/** Families by kind, the better one first: Graviton's, which cost less than Intel's of the same size. */
const FAMILIES: { readonly [kind in Kind]: readonly [first: string, second: string] } = {
  t: ["t4g", "t3"],
  m: ["m7g", "m6g"],
  r: ["r7g", "r6g"],
};

/** First families that a region has not, by its price list: it has the second ones. A test holds this to the lists. */
const NOT_SOLD: { readonly [service in Service]: { readonly [region: string]: readonly string[] } } = {
  db: {
    "af-south-1": ["m7g", "r7g"],
    "ap-east-1": ["m7g"],
    "ap-southeast-4": ["r7g"],
    "ca-west-1": ["t4g", "m7g"],
    "eu-south-1": ["m7g"],
    "eu-west-3": ["r7g"],
    "me-central-1": ["r7g"],
    "us-gov-west-1": ["m7g"],
  },
  cache: {
    "af-south-1": ["t4g"],
    "ap-northeast-3": ["t4g"],
    "ap-southeast-3": ["t4g"],
    "ap-southeast-4": ["t4g"],
    "eu-central-2": ["t4g"],
    "eu-south-2": ["t4g"],
    "me-central-1": ["t4g"],
    "me-south-1": ["t4g"],
    "us-gov-east-1": ["t4g", "m7g", "r7g"],
    "us-gov-west-1": ["t4g", "m7g", "r7g"],
  },
};
type Service = "db" | "cache";

/** Classes of databases that the region sells, the smallest of each kind first. */
export function databaseClasses(region: string): readonly MachineSize[] {
  return machinesOf("db", DATABASES, region);
}

/** Types of cache nodes that the region sells. */
export function cacheNodes(region: string): readonly MachineSize[] {
  return machinesOf("cache", CACHES, region);
}

/** `name`, or the machine of the same size that the region sells in its place. */
export function soldAs(name: string, region: string): string {
  const [service = "", family = "", size = ""] = name.split(".");
  const kind = KINDS.find((one) => FAMILIES[one][0] === family);
  return kind === undefined || !isService(service) ? name : `${service}.${familyOf(service, kind, region)}.${size}`;
}

/** A machine of the same size and another family, for where AWS has none of this one: the smallest for a family that is not known. */
export function insteadOf(name: string): string {
  const [service = "db", family = "", size = ""] = name.split(".");
  const pair = KINDS.map((kind) => FAMILIES[kind]).find((families) => families.includes(family));
  const other = pair?.find((one) => one !== family);
  return other === undefined ? `${service}.t4g.micro` : `${service}.${other}.${size}`;
}

/** Whether a machine has less CPU in the long run than for a while: its family is of the kind t. */
export function isBurstable(name: string): boolean {
  return /^(?:db|cache)\.t/.test(name);
}

/** Whether a machine has a processor of AWS's own, Graviton: its family's name has a g after the digit. */
export function isGraviton(name: string): boolean {
  return /^(?:db|cache)\.[a-z]\d+g/.test(name);
}

/** Whether AWS has machines of this size in some family or other (Amazon RDS User Guide, "DB instance classes"). */
export function isSize(name: string): boolean {
  return /\.(?:micro|small|medium|large|(?:\d{1,2})?xlarge)$/.test(name);
}

const KINDS = ["t", "m", "r"] as const;

function isService(word: string): word is Service {
  return word === "db" || word === "cache";
}

function familyOf(service: Service, kind: Kind, region: string): string {
  const [first, second] = FAMILIES[kind];
  const missing = Object.hasOwn(NOT_SOLD[service], region) ? NOT_SOLD[service][region] : undefined;
  return missing?.includes(first) ? second : first;
}

function machinesOf(service: Service, sizes: Sizes, region: string): readonly MachineSize[] {
  return KINDS.flatMap((kind) =>
    Object.entries(sizes[kind]).map(([size, [vcpus, memory]]) => ({
      name: `${service}.${familyOf(service, kind, region)}.${size}`,
      vcpus,
      memory,
    })),
  );
}
