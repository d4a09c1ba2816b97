import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-southeast-5, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c6g medium .0333 large .0666 xlarge .1333 2xlarge .2666 4xlarge .5331 12xlarge 1.5994 16xlarge 2.1325
c6gn medium .04208 xlarge .16832 12xlarge 2.01984
c6i large .0833 xlarge .1666 2xlarge .3332 4xlarge .6664 24xlarge 3.9984 32xlarge 5.3312 metal 5.3312
c6id xlarge .19992 2xlarge .39984 4xlarge .79968 8xlarge 1.59936 12xlarge 2.39904 16xlarge 3.19872 metal 6.39744
c6in large .11067 xlarge .22134 4xlarge .88536 8xlarge 1.77072 12xlarge 2.65608 16xlarge 3.54144 24xlarge 5.31216 32xlarge 7.08288 metal 7.08288
c7g xlarge .1416 2xlarge .2832 4xlarge .5664 8xlarge 1.1328 12xlarge 1.6992 16xlarge 2.2656 metal 2.2656
c7gd large .09 8xlarge 1.4394 16xlarge 2.8787
c7i large .08747 2xlarge .34988 4xlarge .69976 12xlarge 2.09928 24xlarge 4.19856 metal-24xl 4.61842 metal-48xl 8.39712
c7i-flex large .0831 xlarge .16619 2xlarge .33239 4xlarge .66477 8xlarge 1.32954 12xlarge 1.99432 16xlarge 2.65909
g6 xlarge 1.0138 8xlarge 2.53752 16xlarge 4.27892 48xlarge 16.81739
m6g xlarge .1632 4xlarge .6528 16xlarge 2.6112
m6gd large .096 4xlarge .7683 16xlarge 3.0733
m6i 2xlarge .408 4xlarge .816 8xlarge 1.632 16xlarge 3.264 24xlarge 4.896 32xlarge 6.528 metal 6.528
m6id large .12584 xlarge .25168 2xlarge .50336 4xlarge 1.00672 8xlarge 2.01344 12xlarge 3.02016 32xlarge 8.05376 metal 8.05376
m7g xlarge .1734 4xlarge .6936 8xlarge 1.3872 12xlarge 2.0808 16xlarge 2.7744 metal 2.7744
m7gd medium .0566 xlarge .2265 2xlarge .453 4xlarge .9061 16xlarge 3.6243
m7i large .1071 xlarge .2142 2xlarge .4284 4xlarge .8568 8xlarge 1.7136 12xlarge 2.5704 16xlarge 3.4272 24xlarge 5.1408 metal-24xl 5.65488 metal-48xl 10.2816
m7i-flex large .10175 xlarge .20349 2xlarge .40698 4xlarge .81396 8xlarge 1.62792 12xlarge 2.44188 16xlarge 3.25584
r6g xlarge .2067 4xlarge .8269 8xlarge 1.6538 16xlarge 3.3075
r6i large .1292 xlarge .2584 2xlarge .5168 16xlarge 4.1344 32xlarge 8.2688 metal 8.2688
r6id large .15529 xlarge .31058 32xlarge 9.93856 metal 9.93856
r7g medium .0549 large .1098 xlarge .2196 2xlarge .4393 8xlarge 1.7571 12xlarge 2.6357 16xlarge 3.5142 metal 3.5142
r7gd large .1398 xlarge .2795 2xlarge .559 8xlarge 2.2362 16xlarge 4.4723
t3 nano .0059 micro .0119 small .0238 medium .0475 large .095 xlarge .1901 2xlarge .3802
t4g nano .0048 micro .0095 small .0191 medium .0382 large .0763 xlarge .1526 2xlarge .3053
x2iedn 2xlarge 2.17586 4xlarge 4.35173 8xlarge 8.70345 24xlarge 26.11035 metal 34.8138
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
