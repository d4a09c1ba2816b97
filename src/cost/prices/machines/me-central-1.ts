import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in me-central-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c5 xlarge .211 2xlarge .422 4xlarge .845
c5d large .12 2xlarge .48 9xlarge 2.158 12xlarge 2.878 18xlarge 4.316 metal 5.755
c6g medium .0401 large .0803 4xlarge .6421 12xlarge 1.9262 16xlarge 2.5683
c6in large .1408 xlarge .2816 2xlarge .5632 8xlarge 2.2528 24xlarge 6.7584 32xlarge 9.0112
g5 xlarge 1.234 4xlarge 1.99206 8xlarge 3.00282 24xlarge 9.98976 48xlarge 19.97951
i3 large .189 2xlarge .757 4xlarge 1.514 16xlarge 6.054
i3en large .275 xlarge .55 2xlarge 1.1 6xlarge 3.3 24xlarge 13.2 metal 13.2
i4i large .208 2xlarge .832 8xlarge 3.326 24xlarge 9.9792 32xlarge 13.3056 metal 13.306
m5 2xlarge .471
m5d large .139 2xlarge .554 8xlarge 2.218
m6g medium .0473 large .0946 xlarge .1892 2xlarge .3784 8xlarge 1.5136 16xlarge 3.0272
m6gd medium .0554 large .1108 2xlarge .4432 4xlarge .8864 8xlarge 1.7728
m6i large .1177 2xlarge .4708 8xlarge 1.8832 12xlarge 2.8248 16xlarge 3.7664 24xlarge 5.6496 32xlarge 7.5328 metal 7.5328
m7g medium .05 large .1 2xlarge .4002 8xlarge 1.6007 12xlarge 2.4011 16xlarge 3.2014 metal 3.2014
r5 large .155 xlarge .31 4xlarge 1.241 12xlarge 3.722 16xlarge 4.963 24xlarge 7.445 metal 7.445
r5d xlarge .352 8xlarge 2.816
r6g medium .062 large .1241 xlarge .2482 2xlarge .4963 4xlarge .9926 12xlarge 2.9779 16xlarge 3.9706
r6i 2xlarge .6204 4xlarge 1.2408 8xlarge 2.4816 12xlarge 3.7224 24xlarge 7.4448 32xlarge 9.9264 metal 9.9264
r7gd medium .0832 large .1663 4xlarge 1.3306 8xlarge 2.6611 16xlarge 5.3222 metal 5.3222
t3 nano .0063 micro .0125 small .0251 medium .0502 large .1003 2xlarge .4013
t4g nano .0051 micro .0102 small .0204 medium .0408 large .0816 xlarge .1632 2xlarge .3264
x2iezn 2xlarge 2.051 4xlarge 4.102 6xlarge 6.153 8xlarge 8.204 12xlarge 12.306 metal 12.306
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
r5 8xlarge 2.482
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c5d 4xlarge .959
c6g 8xlarge 1.2842
m6g 4xlarge .7568 12xlarge 2.2704
m6gd 16xlarge 3.5456
r6g 8xlarge 1.9853
t3 xlarge .2006
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
