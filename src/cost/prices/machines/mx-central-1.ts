import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in mx-central-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c6g medium .0357 large .0714 xlarge .1428 4xlarge .5712 8xlarge 1.1424 16xlarge 2.2848
c6gn medium .04536 xlarge .18144 2xlarge .36288 8xlarge 1.45152 16xlarge 2.90304
c6i large .08925 xlarge .1785 4xlarge .714 8xlarge 1.428 12xlarge 2.142 32xlarge 5.712
c6id xlarge .21168 2xlarge .42336 4xlarge .84672 8xlarge 1.69344 32xlarge 6.77376
c7g medium .0381 xlarge .1522 2xlarge .3045 4xlarge .609 8xlarge 1.2179 12xlarge 1.8269 16xlarge 2.4358 metal 2.4358
i3en large .237 xlarge .475 2xlarge .949 3xlarge 1.424 6xlarge 2.848 12xlarge 5.695 24xlarge 11.39
m6g medium .0404 large .0809 16xlarge 2.5875
m6gd medium .0475 large .0949 8xlarge 1.5187 16xlarge 3.0374
m6i large .1008 2xlarge .4032 12xlarge 2.4192 16xlarge 3.2256 24xlarge 4.8384 32xlarge 6.4512
m6id large .12458 4xlarge .99664 8xlarge 1.99328 12xlarge 2.98992 24xlarge 5.97984 32xlarge 7.97312 metal 7.97312
m7g medium .0428 large .0857 xlarge .1714 2xlarge .3427 4xlarge .6854 12xlarge 2.0563 16xlarge 2.7418 metal 2.7418
m7gd large .1121 4xlarge .897 8xlarge 1.7939 16xlarge 3.5878 metal 3.5878
r6g large .1058 12xlarge 2.5402
r6i large .1323 xlarge .2646 4xlarge 1.0584 32xlarge 8.4672 metal 8.4672
r6id large .15876 4xlarge 1.27008 16xlarge 5.08032 32xlarge 10.16064 metal 10.16064
r7g large .1125 xlarge .2249 8xlarge 1.7994 16xlarge 3.5987
r7gd medium .0714 large .1429 xlarge .2858 4xlarge 1.143 16xlarge 4.5722 metal 4.5722
r7i large .13892 xlarge .27784 2xlarge .55568 4xlarge 1.11136 8xlarge 2.22272 12xlarge 3.33408 16xlarge 4.44544 24xlarge 6.66816 48xlarge 13.33632 metal-24xl 7.33498
t3 nano .0055 micro .0109 small .0218 medium .0437 large .0874 xlarge .1747 2xlarge .3494
t4g nano .0044 micro .0088 small .0176 medium .0353 large .0706 xlarge .1411 2xlarge .2822
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m6g 12xlarge 3.73485 16xlarge 4.98015
cache.m7g 12xlarge 3.9585 16xlarge 5.2794
cache.r6g 12xlarge 5.17125 16xlarge 6.89535
cache.r7g 12xlarge 5.49675 16xlarge 7.33005
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m6g large .15645 xlarge .31185 2xlarge .62265 4xlarge 1.2453 8xlarge 2.4906
cache.m7g large .1659 xlarge .33075 2xlarge .66045 4xlarge 1.31985 8xlarge 2.6397
cache.r6g large .2163 xlarge .43155 2xlarge .86205 4xlarge 1.7241 8xlarge 3.4482
cache.r7g large .22995 xlarge .45885 2xlarge .91665 4xlarge 1.83225 8xlarge 3.66555
cache.t3 micro .01785 small .0357 medium .0714
cache.t4g micro .0168 small .0336 medium .06825
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m6g 12xlarge 2.98788 16xlarge 3.98412
cache.m7g 12xlarge 3.1668 16xlarge 4.22352
cache.r6g 12xlarge 4.137 16xlarge 5.51628
cache.r7g 12xlarge 4.3974 16xlarge 5.86404
`],
];
