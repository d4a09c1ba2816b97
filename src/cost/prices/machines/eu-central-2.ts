import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in eu-central-2, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c5 4xlarge .854 9xlarge 1.921 12xlarge 2.561 18xlarge 3.841 24xlarge 5.122 metal 5.122
c5d large .122 xlarge .244 2xlarge .488 4xlarge .977 9xlarge 2.198 18xlarge 4.396 24xlarge 5.861 metal 5.861
c6g medium .0427 large .0854 xlarge .1707 2xlarge .3414 4xlarge .6829 8xlarge 1.3658 12xlarge 2.0486 16xlarge 2.7315
c6in large .1423 xlarge .2846 4xlarge 1.1384 8xlarge 2.2768 12xlarge 3.4152 24xlarge 6.8304 32xlarge 9.1072 metal 9.1072
c7g medium .0454 large .0907 xlarge .1814 2xlarge .3628 4xlarge .7256 8xlarge 1.4512 16xlarge 2.9024 metal 2.9024
g6 xlarge 1.085 2xlarge 1.31796 4xlarge 1.78389 8xlarge 2.71574 12xlarge 6.2037 48xlarge 17.99849
i3 xlarge .409 2xlarge .818 4xlarge 1.637 8xlarge 3.274 16xlarge 6.547
i3en large .297 2xlarge 1.188 6xlarge 3.564 12xlarge 7.128 24xlarge 14.256 metal 14.256
i4i xlarge .45 2xlarge .9 8xlarge 3.601 32xlarge 14.40384 metal 14.404
m5 2xlarge .506 4xlarge 1.012 8xlarge 2.024 16xlarge 4.048 24xlarge 6.072
m5d large .15 12xlarge 3.59
m6g medium .0506 large .1012 2xlarge .4048 4xlarge .8096 8xlarge 1.6192 12xlarge 2.4288 16xlarge 3.2384
m6gd 4xlarge .9592 8xlarge 1.9184 12xlarge 2.8776 16xlarge 3.8368
m6i 2xlarge .506 4xlarge 1.012 8xlarge 2.024 12xlarge 3.036 16xlarge 4.048 32xlarge 8.096
m6id large .15708 xlarge .31416 12xlarge 3.76992 16xlarge 5.02656 24xlarge 7.53984 32xlarge 10.05312 metal 10.05312
m6idn 8xlarge 3.30496 12xlarge 4.95744 24xlarge 9.91488 32xlarge 13.21984 metal 13.21984
m6in large .18346 xlarge .36692 4xlarge 1.46768 8xlarge 2.93536 16xlarge 5.87072 24xlarge 8.80608 32xlarge 11.74144
r5 large .167 xlarge .334 2xlarge .669 4xlarge 1.338 8xlarge 2.675 12xlarge 4.013 24xlarge 8.026
r5d large .19 2xlarge .761 4xlarge 1.522 24xlarge 9.134 metal 9.134
r6g large .1338 4xlarge 1.0701 8xlarge 2.1402 16xlarge 4.2803
r6i xlarge .3344 2xlarge .6688 12xlarge 4.0128 16xlarge 5.3504
t3 micro .0132 small .0264 medium .0528 large .1056 xlarge .2112 2xlarge .4224
t4g nano .0053 micro .0106 small .0211 medium .0422 large .0845 xlarge .169 2xlarge .3379
x2idn 32xlarge 20.5414 metal 20.5414
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
m6gd large .1199
r6g 2xlarge .535
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
i3en xlarge .594 3xlarge 1.782
m5 metal 6.072
m6gd xlarge .2398
r5d 12xlarge 4.567
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
