import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ca-west-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m6g 12xlarge 3.899 16xlarge 5.198
cache.r6g 12xlarge 5.381 16xlarge 7.174
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m6g large .162 xlarge .325 2xlarge .65 4xlarge 1.3 8xlarge 2.599
cache.r6g large .224 xlarge .448 2xlarge .897 4xlarge 1.794 8xlarge 3.587
cache.t3 micro .019 small .037 medium .074
cache.t4g micro .018 small .035 medium .07
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m6g 12xlarge 3.1192 16xlarge 4.1584
cache.r6g 12xlarge 4.3048 16xlarge 5.7392
`],
];
