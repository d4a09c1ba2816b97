import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in me-central-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
m6gd medium .0554 large .1108 2xlarge .4432 4xlarge .8864 8xlarge 1.7728
m7g medium .05 large .1 2xlarge .4002 8xlarge 1.6007 12xlarge 2.4011 16xlarge 3.2014
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 4.5408 24xlarge 9.0816
cache.r5 12xlarge 6.3525 24xlarge 12.705
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .1892 xlarge .3773 2xlarge .7546 4xlarge 1.5103
cache.r5 large .2651 xlarge .528 2xlarge 1.0571 4xlarge 2.1131
cache.t3 micro .0198 small .0396 medium .0792
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.63264 24xlarge 7.26528
cache.r5 12xlarge 5.082 24xlarge 10.164
`],
];
