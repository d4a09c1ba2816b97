import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-southeast-7, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c6g medium .0333 large .0666 2xlarge .2666 4xlarge .5331 16xlarge 2.1325
c6gn medium .04208 large .08416 4xlarge .67328 12xlarge 2.01984 16xlarge 2.69312
c6i large .0833 2xlarge .3332 12xlarge 1.9992 16xlarge 2.6656 metal 5.3312
c6id large .09996 xlarge .19992 8xlarge 1.59936 12xlarge 2.39904 metal 6.39744
c7g medium .0354 large .0708 xlarge .1416 4xlarge .5664 16xlarge 2.2656
i3en large .244 xlarge .488 2xlarge .976 3xlarge 1.463 metal 11.707
i4i xlarge .37 32xlarge 11.84832 metal 11.848
m6g medium .0408 4xlarge .6528 12xlarge 1.9584 16xlarge 2.6112
m6gd large .096 xlarge .1921 2xlarge .3842 4xlarge .7683 8xlarge 1.5366
m6i xlarge .204 2xlarge .408 8xlarge 1.632 12xlarge 2.448 24xlarge 4.896 32xlarge 6.528 metal 6.528
m6id large .12584 xlarge .25168 2xlarge .50336 4xlarge 1.00672 12xlarge 3.02016 16xlarge 4.02688 24xlarge 6.04032 metal 8.05376
m7g medium .0434 2xlarge .3468 4xlarge .6936 16xlarge 2.7744 metal 2.7744
m7gd xlarge .2265 8xlarge 1.8122 16xlarge 3.6243 metal 3.6243
r6g large .1034 2xlarge .4134 4xlarge .8269 8xlarge 1.6538 12xlarge 2.4806 16xlarge 3.3075
r6i xlarge .2584 2xlarge .5168 8xlarge 2.0672 12xlarge 3.1008 16xlarge 4.1344 24xlarge 6.2016 32xlarge 8.2688 metal 8.2688
r6id large .15529 8xlarge 2.48464 12xlarge 3.72696 16xlarge 4.96928 24xlarge 7.45392 32xlarge 9.93856 metal 9.93856
r7g medium .0549 2xlarge .4393 8xlarge 1.7571 16xlarge 3.5142 metal 3.5142
r7gd large .1398 xlarge .2795 2xlarge .559 8xlarge 2.2362 12xlarge 3.3542
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
