import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in eu-south-2, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c5 large .096 xlarge .192 2xlarge .384 9xlarge 1.728 12xlarge 2.304 18xlarge 3.456 24xlarge 4.608 metal 4.608
c5d large .109 2xlarge .436 9xlarge 1.962 12xlarge 2.616 24xlarge 5.232 metal 5.232
c6g medium .0365 xlarge .1459 8xlarge 1.1674 12xlarge 1.751 16xlarge 2.3347
c6gd medium .0436 large .0872 xlarge .1744 2xlarge .3488 8xlarge 1.3952 16xlarge 2.7904
c6in large .128 xlarge .256 2xlarge .512 8xlarge 2.048 16xlarge 4.096 24xlarge 6.144 32xlarge 8.192 metal 8.192
c7a medium .05796 large .11592 xlarge .23184 2xlarge .46368 4xlarge .92736 8xlarge 1.85472 12xlarge 2.78208 32xlarge 7.41888
c7g medium .0388 xlarge .155 8xlarge 1.24 12xlarge 1.86 16xlarge 2.48
c7gd xlarge .206 2xlarge .412 4xlarge .824 metal 3.2962
c7i large .1008 xlarge .2016 4xlarge .8064 8xlarge 1.6128 16xlarge 3.2256 24xlarge 4.8384 48xlarge 9.6768 metal-24xl 5.32224 metal-48xl 9.6768
c7i-flex large .09576 xlarge .19152 2xlarge .38304 4xlarge .76608 8xlarge 1.53216 12xlarge 2.29824 16xlarge 3.06432
g5g 2xlarge .6205 8xlarge 1.5311 16xlarge 3.0622 metal 3.0622
g6 4xlarge 1.39423 8xlarge 2.12253 12xlarge 4.8486 16xlarge 3.57913 48xlarge 14.06702
g6e xlarge 1.961 8xlarge 4.7719 12xlarge 11.05645 16xlarge 7.98435 24xlarge 15.87513 48xlarge 31.75027
i3 large .172 xlarge .344 4xlarge 1.376 8xlarge 2.752 16xlarge 5.504
i3en large .25 2xlarge 1 3xlarge 1.5 6xlarge 3 24xlarge 12
im4gn xlarge .4011 8xlarge 3.2088 16xlarge 6.4176
m5 large .107 xlarge .214 2xlarge .428 8xlarge 1.712 16xlarge 3.424 24xlarge 5.136 metal 5.136
m5d large .126 8xlarge 2.016 12xlarge 3.024 16xlarge 4.032 24xlarge 6.048 metal 6.048
m6g xlarge .172 2xlarge .344 4xlarge .688 8xlarge 1.376
m6gd medium .0504 large .1008 4xlarge .8064 12xlarge 2.4192 16xlarge 3.2256
m6idn 2xlarge .69672 12xlarge 4.18032 24xlarge 8.36064 metal 11.14752
m6in large .15518 xlarge .31036 2xlarge .62072 8xlarge 2.48288 12xlarge 3.72432 24xlarge 7.44864 32xlarge 9.93152 metal 9.93152
m7a large .1292 xlarge .2584 4xlarge 1.0336 8xlarge 2.0672 12xlarge 3.1008 16xlarge 4.1344 48xlarge 12.4032 metal-48xl 12.4032
m7g medium .0455 xlarge .1818 2xlarge .3636 4xlarge .7272 8xlarge 1.4544 12xlarge 2.1816 metal 2.9088
m7gd medium .0595 xlarge .2381 4xlarge .9526 12xlarge 2.8577
m7i-flex large .10673 xlarge .21346 2xlarge .42692 4xlarge .85384 8xlarge 1.70768 12xlarge 2.56152 16xlarge 3.41536
r5 large .141 2xlarge .564 4xlarge 1.128 8xlarge 2.256 12xlarge 3.384 24xlarge 6.768 metal 6.768
r5d large .16 xlarge .32 2xlarge .64 8xlarge 2.56 12xlarge 3.84 16xlarge 5.12 24xlarge 7.68 metal 7.68
r6g large .1128 4xlarge .9024 12xlarge 2.7072 16xlarge 3.6096
r6gd xlarge .256 8xlarge 2.048 12xlarge 3.072
r7a medium .08513 2xlarge .68104 4xlarge 1.36208 12xlarge 4.08624 16xlarge 5.44832 24xlarge 8.17248 48xlarge 16.34496 metal-48xl 16.34496
r7g 4xlarge .9584 8xlarge 1.9168 12xlarge 2.8752 16xlarge 3.8336 metal 3.8336
r7gd medium .0756 large .1512 xlarge .3024 2xlarge .6048 4xlarge 1.2096 12xlarge 3.6288 16xlarge 4.8384 metal 4.8384
r7i 2xlarge .5922 12xlarge 3.5532 16xlarge 4.7376 24xlarge 7.1064 48xlarge 14.2128
t3 nano .0057 micro .0114 small .0228 medium .0456 large .0912
t4g nano .0046 micro .0092 small .0184 medium .0368 large .0736 xlarge .1472 2xlarge .2944
x2idn 16xlarge 8.003 24xlarge 12.0045 32xlarge 16.006
x2iedn xlarge 1.00038 2xlarge 2.00075 4xlarge 4.0015 8xlarge 8.003 16xlarge 16.006 32xlarge 32.012 metal 32.012
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
x2idn metal 16.006
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c6g 4xlarge .5837
i3en 12xlarge 6 metal 12
m5 4xlarge .856 12xlarge 2.568
m5d xlarge .252 4xlarge 1.008
r5 16xlarge 4.512
r6g 2xlarge .4512 8xlarge 1.8048
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 4.128 24xlarge 8.256
cache.m7g 12xlarge 4.158 16xlarge 5.543
cache.r5 12xlarge 5.775 24xlarge 11.55
cache.r7g 12xlarge 5.842 16xlarge 7.789
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .172 xlarge .343 2xlarge .686 4xlarge 1.373
cache.m7g large .174 xlarge .347 2xlarge .694 4xlarge 1.387 8xlarge 2.772
cache.r5 large .241 xlarge .48 2xlarge .961 4xlarge 1.921
cache.r7g large .244 xlarge .487 2xlarge .974 4xlarge 1.948 8xlarge 3.895
cache.t3 micro .018 small .036 medium .072
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.3024 24xlarge 6.6048
cache.m7g 12xlarge 3.3264 16xlarge 4.4344
cache.r5 12xlarge 4.62 24xlarge 9.24
cache.r7g 12xlarge 4.6736 16xlarge 6.2312
`],
];
