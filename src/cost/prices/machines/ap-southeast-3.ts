import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-southeast-3, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c5 large .098 xlarge .196 9xlarge 1.764 12xlarge 2.352 24xlarge 4.704
c5n large .124 xlarge .248 2xlarge .496 4xlarge .992
c6gn medium .0496 large .0992 xlarge .1984 2xlarge .3968 4xlarge .7936 16xlarge 3.1744
m5 xlarge .24 2xlarge .48 4xlarge .96 8xlarge 1.92 12xlarge 2.88 16xlarge 3.84
m6i large .12 xlarge .24 4xlarge .96 8xlarge 1.92 24xlarge 5.76 32xlarge 7.68
m7i-flex large .1197 xlarge .2394 2xlarge .4788 4xlarge .9576 8xlarge 1.9152
t3 micro .0132 small .0264 medium .0528 large .1056 xlarge .2112 2xlarge .4224
t4g nano .0053 micro .0106 small .0212 medium .0424 large .0848 xlarge .1696 2xlarge .3392
`],
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
