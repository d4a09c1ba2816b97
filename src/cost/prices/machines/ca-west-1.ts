import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ca-west-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c5 large .093 2xlarge .372 12xlarge 2.232 24xlarge 4.464 metal 4.464
c6g large .0744 4xlarge .5952 8xlarge 1.1904 16xlarge 2.3808
c6gn 2xlarge .3784 12xlarge 2.2704 16xlarge 3.0272
c6i large .093 2xlarge .372 4xlarge .744 12xlarge 2.232 16xlarge 2.976 24xlarge 4.464 metal 5.952
c6id large .1113 xlarge .2226 2xlarge .4452 4xlarge .8904 24xlarge 5.3424 32xlarge 7.1232 metal 7.1232
i3en large .25 3xlarge 1.5 6xlarge 3 12xlarge 6 24xlarge 12 metal 12
m5 large .107 2xlarge .428 4xlarge .856 12xlarge 2.568 16xlarge 3.424 24xlarge 5.136 metal 5.136
m5d 2xlarge .504 4xlarge 1.008 24xlarge 6.048 metal 6.048
m6g medium .0428 8xlarge 1.3696
m6gd medium .0504 xlarge .2016 4xlarge .8064 8xlarge 1.6128 12xlarge 2.4192 16xlarge 3.2256
m6i large .107 2xlarge .428 4xlarge .856 8xlarge 1.712 12xlarge 2.568 32xlarge 6.848
m6id xlarge .2646 8xlarge 2.1168 12xlarge 3.1752 16xlarge 4.2336 32xlarge 8.4672 metal 8.4672
r5 xlarge .276 4xlarge 1.104 8xlarge 2.208 12xlarge 3.312 16xlarge 4.416 24xlarge 6.624 metal 6.624
r6g medium .0552 large .1104 xlarge .2208 2xlarge .4416 12xlarge 2.6496 16xlarge 3.5328
r6i large .138 xlarge .276 4xlarge 1.104 8xlarge 2.208 12xlarge 3.312 16xlarge 4.416 24xlarge 6.624 32xlarge 8.832 metal 8.832
r6id large .1659 xlarge .3318 2xlarge .6636 8xlarge 2.6544 12xlarge 3.9816 24xlarge 7.9632 32xlarge 10.6176 metal 10.6176
t3 nano .0058 micro .0116 small .0232 xlarge .1856 2xlarge .3712
t4g nano .0046 micro .0092 small .0184 medium .0368 large .0736 xlarge .1472 2xlarge .2944
`],
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
