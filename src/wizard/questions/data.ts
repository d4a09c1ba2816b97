import {
  cacheNodes,
  databaseClasses,
  isBurstable,
  isGraviton,
  isSize,
  type MachineSize,
} from "../../config/machines.ts";
import type { Answer, Question } from "../question.ts";

/** What a machine has, in as few words as a line has room for. */
function wordsOf({ name, vcpus, memory }: MachineSize): string {
  const kind = isBurstable(name) ? "burstable" : "steady";
  return `${vcpus} vCPU, ${memory} GB, ${kind}${isGraviton(name) ? ", Graviton" : ", Intel"}`;
}

const listed = (machines: readonly MachineSize[]) => machines.map((one) => ({ value: one.name, words: wordsOf(one) }));

const missing = (name: Answer, without: readonly string[] = []) =>
  without.some((one) => one === name) ? "AWS does not offer it in your account there" : undefined;

const wrongSize = (name: string) =>
  isSize(name) ? undefined : `AWS has no size ${name.slice(name.lastIndexOf(".") + 1)}`;

const BURSTABLE = [
  "Burstable (t) has a part of its CPU all the time and all of it for a while;",
  "steady (m: balanced, r: much memory) has it always, for a database or cache",
  "that is in use all day. Graviton is AWS's own processor, and costs less than",
  "Intel's for the same size; nothing that you write notices.",
];

/** PostgreSQL. */
export const DATABASE: readonly Question[] = [
  {
    path: "database.class",
    flag: "db-class",
    group: "database",
    kind: "text",
    message: "Database instance class",
    help: [
      "The machine that PostgreSQL runs on. To change it later stops the database",
      "for some minutes, with a standby for about one.",
      ...BURSTABLE,
    ].join("\n"),
    placeholder: "CLASS",
    others: "another class",
    wrong: wrongSize,
    options: ({ region }) => listed(databaseClasses(region)),
    unavailable: (name, { withoutDatabaseClasses }) => missing(name, withoutDatabaseClasses),
  },
  {
    path: "database.multiAz",
    flag: "multi-az",
    group: "database",
    kind: "boolean",
    message: "A standby database in a second zone",
    help: [
      "Multi-AZ: RDS keeps a second machine in another zone, with every write in",
      "both. When the first one fails, the other takes over by itself.",
      "Without it the database is gone until its zone is back, or until you have",
      "restored a backup. Both have daily backups.",
    ].join("\n"),
    options: [
      { value: false, words: "its zone's outage stops it" },
      { value: true, words: "fails over within about two minutes" },
    ],
  },
  {
    path: "database.storage",
    flag: "db-storage",
    group: "database",
    kind: "number",
    message: "Database storage in GB (it can grow, never shrink)",
    help: [
      "RDS makes it larger by itself when it is nearly full, up to a limit",
      "(maxStorage in astro.yaml), but never smaller: begin small.",
    ].join("\n"),
    placeholder: "GB",
    others: "another size",
    options: [
      { value: 20, words: "the least; it grows by itself" },
      { value: 50, words: "paid for from the first day, full or not" },
      { value: 100, words: "paid for from the first day, full or not" },
      { value: 200, words: "paid for from the first day, full or not" },
      { value: 500, words: "more operations a second from 400 GB on" },
    ],
  },
];

/** Redis. */
export const CACHE: readonly Question[] = [
  {
    path: "cache.node",
    flag: "cache-node",
    group: "cache",
    kind: "text",
    message: "Cache node type",
    help: ["The machine that Redis runs on: what it holds must fit into its memory.", ...BURSTABLE].join("\n"),
    placeholder: "TYPE",
    others: "another type",
    wrong: wrongSize,
    options: ({ region }) => listed(cacheNodes(region)),
    unavailable: (name, { withoutCacheNodes }) => missing(name, withoutCacheNodes),
  },
  {
    path: "cache.replicas",
    flag: "cache-replicas",
    group: "cache",
    kind: "number",
    message: "Cache replicas (one or more: automatic failover)",
    help: [
      "A replica is a second node with the same data. When the first one fails,",
      "it takes over by itself. Without one, what was in the cache is lost then,",
      "queued jobs too.",
    ].join("\n"),
    placeholder: "0-5",
    others: "another number",
    options: [
      { value: 0, words: "what it holds is lost when the node fails" },
      { value: 1, words: "the other node takes over by itself" },
      { value: 2, words: "two nodes to take over" },
    ],
  },
];
