import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in il-central-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c5 xlarge .202 2xlarge .403
c5d xlarge .229
c6g medium .0383 large .0766 xlarge .1532 4xlarge .6128 8xlarge 1.2256 16xlarge 2.4512
c6gn large .10248 xlarge .20496 2xlarge .40992 12xlarge 2.45952 16xlarge 3.27936
c6id large .12017 2xlarge .48068 4xlarge .96136 8xlarge 1.92272 12xlarge 2.88408 32xlarge 7.69088 metal 7.69088
c6in xlarge .26902 2xlarge .53804 12xlarge 3.22824 16xlarge 4.30432 32xlarge 8.60864 metal 8.60864
g5 xlarge 1.17915 8xlarge 2.86934 16xlarge 4.80099
i4i large .199 xlarge .397 2xlarge .795 4xlarge 1.589 8xlarge 3.179 16xlarge 6.357 32xlarge 12.71424
m5 xlarge .225
m5d 12xlarge 3.175 16xlarge 4.234 24xlarge 6.35 metal 6.35
m6g medium .0452 large .0903 xlarge .1806 4xlarge .7224 8xlarge 1.4448
m6gd medium .0529 large .1058 xlarge .2117 2xlarge .4234 8xlarge 1.6934 12xlarge 2.5402 16xlarge 3.3869
m6i xlarge .2247 4xlarge .8988 32xlarge 7.1904 metal 7.1904
m6id large .13892 2xlarge .55568 4xlarge 1.11136 8xlarge 2.22272 12xlarge 3.33408 16xlarge 4.44544 24xlarge 6.66816
r5 4xlarge 1.184 8xlarge 2.369 12xlarge 3.553 metal 7.106
r5d 2xlarge .672 8xlarge 2.688 12xlarge 4.032 24xlarge 8.064 metal 8.064
r6g medium .0592 large .1184 xlarge .2369 2xlarge .4738 4xlarge .9475 8xlarge 1.895 12xlarge 2.8426 16xlarge 3.7901
r6i large .14805 xlarge .2961 2xlarge .5922 4xlarge 1.1844 8xlarge 2.3688 12xlarge 3.5532 16xlarge 4.7376 32xlarge 9.4752 metal 9.4752
r6id xlarge .3528 4xlarge 1.4112 8xlarge 2.8224 12xlarge 4.2336 16xlarge 5.6448 32xlarge 11.2896 metal 11.2896
t3 small .024 large .0958 xlarge .1917 2xlarge .3834
t3a nano .0054 micro .0107 small .0214 medium .0429 large .0858 xlarge .1715 2xlarge .343
t4g nano .0048 micro .0097 small .0193 medium .0386 large .0773 xlarge .1546 2xlarge .3091
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
c6gn medium .05124
c6id xlarge .24034
i3en xlarge .525
m5 4xlarge .899
m5d large .132
m6g 12xlarge 2.1672
r5d xlarge .336 16xlarge 5.376
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 4.3344 24xlarge 8.6688
cache.m6g 12xlarge 4.1181 16xlarge 5.4905
cache.r5 12xlarge 6.0638 24xlarge 12.1275
cache.r6g 12xlarge 5.7698 16xlarge 7.6934
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .1806 xlarge .3602 2xlarge .7203 4xlarge 1.4417
cache.m6g large .1722 xlarge .3434 2xlarge .6867 4xlarge 1.3734 8xlarge 2.7458
cache.r5 large .253 xlarge .504 2xlarge 1.0091 4xlarge 2.0171
cache.r6g large .2405 xlarge .4809 2xlarge .9618 4xlarge 1.9236 8xlarge 3.8472
cache.t3 micro .0189 small .0378 medium .0756
cache.t4g micro .0179 small .0357 medium .0714
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.46752 24xlarge 6.93504
cache.m6g 12xlarge 3.29448 16xlarge 4.3924
cache.r5 12xlarge 4.85104 24xlarge 9.702
cache.r6g 12xlarge 4.61584 16xlarge 6.15472
`],
];
