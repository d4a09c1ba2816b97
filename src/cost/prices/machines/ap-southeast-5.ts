import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-southeast-5, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c6in large .11067 xlarge .22134 4xlarge .88536 8xlarge 1.77072 12xlarge 2.65608 16xlarge 3.54144 24xlarge 5.31216 32xlarge 7.08288
c7i large .08747 2xlarge .34988 4xlarge .69976 12xlarge 2.09928 24xlarge 4.19856 metal-24xl 4.61842 metal-48xl 8.39712
c7i-flex large .0831 xlarge .16619 2xlarge .33239 4xlarge .66477 8xlarge 1.32954 12xlarge 1.99432 16xlarge 2.65909
m7gd medium .0566 xlarge .2265 2xlarge .453 4xlarge .9061 16xlarge 3.6243
m7i large .1071 xlarge .2142 2xlarge .4284 4xlarge .8568 8xlarge 1.7136 12xlarge 2.5704 16xlarge 3.4272 24xlarge 5.1408 metal-24xl 5.65488 metal-48xl 10.2816
m7i-flex large .10175 xlarge .20349 2xlarge .40698 4xlarge .81396 8xlarge 1.62792 12xlarge 2.44188 16xlarge 3.25584
t3 nano .0059 micro .0119 small .0238 medium .0475 large .095 xlarge .1901 2xlarge .3802
t4g nano .0048 micro .0095 small .0191 medium .0382 large .0763 xlarge .1526 2xlarge .3053
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m6g 12xlarge 3.76 16xlarge 5.013
cache.r6g 12xlarge 5.02 16xlarge 6.693
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m6g large .157 xlarge .314 2xlarge .627 4xlarge 1.254 8xlarge 2.507
cache.r6g large .21 xlarge .419 2xlarge .837 4xlarge 1.674 8xlarge 3.346
cache.t3 micro .023 small .045 medium .09
cache.t4g micro .022 small .043 medium .086
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m6g 12xlarge 3.008 16xlarge 4.0104
cache.r6g 12xlarge 4.016 16xlarge 5.3544
`],
];
