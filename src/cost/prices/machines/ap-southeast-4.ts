import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-southeast-4, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 4.666 24xlarge 9.331
cache.r5 12xlarge 6.207 24xlarge 12.414
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .194 xlarge .389 2xlarge .778 4xlarge 1.555
cache.r5 large .259 xlarge .517 2xlarge 1.035 4xlarge 2.069
cache.t3 micro .025 small .05 medium .1
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.7328 24xlarge 7.4648
cache.r5 12xlarge 4.9656 24xlarge 9.9312
`],
];
