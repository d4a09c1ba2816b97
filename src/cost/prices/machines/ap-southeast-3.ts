import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-southeast-3, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c5 large .098 xlarge .196 9xlarge 1.764 12xlarge 2.352 24xlarge 4.704 metal 4.704
c5n large .124 xlarge .248 2xlarge .496 4xlarge .992 metal 4.464
c6g large .0784 xlarge .1568 2xlarge .3136 16xlarge 2.5088
c6gd medium .045 large .09 xlarge .18 2xlarge .36 8xlarge 1.44 16xlarge 2.88
c6gn medium .0496 large .0992 xlarge .1984 2xlarge .3968 4xlarge .7936 16xlarge 3.1744
c6in xlarge .2604 4xlarge 1.0416 12xlarge 3.1248 32xlarge 8.3328
d3en xlarge .659 2xlarge 1.318 4xlarge 2.636 6xlarge 3.954 8xlarge 5.27168 12xlarge 7.90752
g5 xlarge 1.408 2xlarge 1.69632 16xlarge 5.73277 48xlarge 22.79672
i3 large .187 xlarge .374 8xlarge 2.992 16xlarge 5.984
i3en xlarge .542 2xlarge 1.084 24xlarge 13.008 metal 13.008
i4i large .206 2xlarge .823 4xlarge 1.646 32xlarge 13.1648
m5 xlarge .24 2xlarge .48 4xlarge .96 8xlarge 1.92 12xlarge 2.88 16xlarge 3.84 metal 5.76
m5d large .141 xlarge .282 4xlarge 1.128 12xlarge 3.384 16xlarge 4.512 24xlarge 6.768
m6g medium .048 4xlarge .768 8xlarge 1.536 12xlarge 2.304 16xlarge 3.072
m6gd 2xlarge .452 4xlarge .904 8xlarge 1.808 16xlarge 3.616
m6i large .12 xlarge .24 4xlarge .96 8xlarge 1.92 24xlarge 5.76 32xlarge 7.68 metal 7.68
m7g medium .051 xlarge .204 8xlarge 1.632 16xlarge 3.264 metal 3.264
m7i-flex large .1197 xlarge .2394 2xlarge .4788 4xlarge .9576 8xlarge 1.9152
r5 4xlarge 1.216 16xlarge 4.864 metal 7.296
r5d large .174 xlarge .348 2xlarge .696 16xlarge 5.568 metal 8.352
r6g 4xlarge .9728 8xlarge 1.9456 12xlarge 2.9184 16xlarge 3.8912
r6gd 2xlarge .556 8xlarge 2.224 12xlarge 3.336 16xlarge 4.448
r7gd xlarge .3288 4xlarge 1.3154 8xlarge 2.6307 12xlarge 3.9461 16xlarge 5.2614
t3 micro .0132 small .0264 medium .0528 large .1056 xlarge .2112 2xlarge .4224
t4g nano .0053 micro .0106 small .0212 medium .0424 large .0848 xlarge .1696 2xlarge .3392
x2idn 16xlarge 9.6705
x2iedn 2xlarge 2.41763 4xlarge 4.83525 16xlarge 19.341 24xlarge 29.0115 32xlarge 38.682 metal 38.682
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
i3en large .271 3xlarge 1.626
m6g xlarge .192
r6g xlarge .2432
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c5 2xlarge .392 18xlarge 3.528
c6g 8xlarge 1.2544
i3 4xlarge 1.496
m5d 2xlarge .564 8xlarge 2.256 metal 6.768
m6g large .096 2xlarge .384
m6gd xlarge .226
r5 8xlarge 2.432 12xlarge 3.648
r5d 4xlarge 1.392 8xlarge 2.784 24xlarge 8.352
r6g medium .0608 2xlarge .4864
x2iedn 8xlarge 9.6705
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
