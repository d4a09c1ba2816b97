import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in eu-central-2, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c6g medium .0427 large .0854 xlarge .1707 2xlarge .3414 4xlarge .6829 8xlarge 1.3658 12xlarge 2.0486 16xlarge 2.7315
c7g medium .0454 large .0907 xlarge .1814 2xlarge .3628 4xlarge .7256 8xlarge 1.4512 16xlarge 2.9024
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 4.9104 24xlarge 9.8208
cache.r5 12xlarge 6.853 24xlarge 13.706
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .2046 xlarge .4081 2xlarge .8151 4xlarge 1.6302
cache.r5 large .286 xlarge .5698 2xlarge 1.1407 4xlarge 2.2825
cache.t3 micro .0209 small .0418 medium .0836
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.92832 24xlarge 7.85664
cache.r5 12xlarge 5.4824 24xlarge 10.9648
`],
];
