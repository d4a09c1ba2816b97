import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-southeast-7, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
t3 nano .0059 micro .0119 small .0238 medium .0475 large .095 xlarge .1901 2xlarge .3802
t4g nano .0048 micro .0095 small .0191 medium .0382 large .0763 xlarge .1526 2xlarge .3053
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m6g 12xlarge 3.76 16xlarge 5.013
cache.m7g 12xlarge 3.987 16xlarge 5.314
cache.r6g 12xlarge 5.02 16xlarge 6.693
cache.r7g 12xlarge 5.337 16xlarge 7.115
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m6g large .157 xlarge .314 2xlarge .627 4xlarge 1.254 8xlarge 2.507
cache.m7g large .167 xlarge .333 2xlarge .666 4xlarge 1.329 8xlarge 2.657
cache.r6g large .21 xlarge .419 2xlarge .837 4xlarge 1.674 8xlarge 3.346
cache.r7g large .224 xlarge .446 2xlarge .891 4xlarge 1.78 8xlarge 3.558
cache.t3 micro .023 small .045 medium .09
cache.t4g micro .022 small .043 medium .086
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m6g 12xlarge 3.008 16xlarge 4.0104
cache.m7g 12xlarge 3.1896 16xlarge 4.2512
cache.r6g 12xlarge 4.016 16xlarge 5.3544
cache.r7g 12xlarge 4.2696 16xlarge 5.692
`],
];
