import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-south-2, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c5 large .085 xlarge .17 2xlarge .34 4xlarge .68 18xlarge 3.06 24xlarge 4.08 metal 4.08
c5d large .099 xlarge .198 2xlarge .396 9xlarge 1.782 12xlarge 2.376 18xlarge 3.564 24xlarge 4.752 metal 4.752
c6a xlarge .0935 4xlarge .374 8xlarge .748 16xlarge 1.496 32xlarge 2.992 48xlarge 4.488 metal 4.488
c6g xlarge .0852 2xlarge .1704 4xlarge .3408 8xlarge .6816 16xlarge 1.3632
c6i xlarge .17 8xlarge 1.36 12xlarge 2.04 16xlarge 2.72 24xlarge 4.08 32xlarge 5.44 metal 5.44
c6in large .1133 xlarge .2266 2xlarge .4532 4xlarge .9064 8xlarge 1.8128 12xlarge 2.7192 32xlarge 7.2512
c7g large .0491 xlarge .0982 2xlarge .1963 4xlarge .3926 8xlarge .7853 16xlarge 1.5706
i3 large .177 xlarge .354 2xlarge .708 16xlarge 5.664
i3en 2xlarge 1.028 24xlarge 12.336 metal 12.336
i4i large .195 xlarge .389 8xlarge 3.115 12xlarge 4.673 16xlarge 6.23 24xlarge 9.3456 32xlarge 12.4608
m5 large .101 xlarge .202 4xlarge .808 24xlarge 4.848 metal 4.848
m5d large .122 xlarge .244 2xlarge .488 12xlarge 2.928 16xlarge 3.904 24xlarge 5.856 metal 5.856
m6a xlarge .1111 2xlarge .2222 4xlarge .4444 12xlarge 1.3332 24xlarge 2.6664 32xlarge 3.5552 48xlarge 5.3328
m6g medium .0253 large .0506 xlarge .1012 8xlarge .8096 16xlarge 1.6192
m6gd medium .0302 2xlarge .2416 4xlarge .4832 16xlarge 1.9328
m6i large .101 2xlarge .404 8xlarge 1.616 24xlarge 4.848 32xlarge 6.464 metal 6.464
m7g xlarge .1166 2xlarge .2333 4xlarge .4666 16xlarge 1.8662 metal 1.8662
r5 4xlarge 1.04 8xlarge 2.08 metal 6.24
r5d large .151 xlarge .302 2xlarge .604 8xlarge 2.416 12xlarge 3.624 16xlarge 4.832 24xlarge 7.248
r6a xlarge .143 2xlarge .286 16xlarge 2.288 24xlarge 3.432 48xlarge 6.864 metal 6.864
r6g 2xlarge .26 4xlarge .52 12xlarge 1.56 16xlarge 2.08
r6i 2xlarge .52 4xlarge 1.04 8xlarge 2.08 16xlarge 4.16 32xlarge 8.32 metal 8.32
r7g large .0751 2xlarge .3003 4xlarge .6006
t3 nano .0056 small .0224 medium .0448 large .0896 xlarge .1792 2xlarge .3584
t4g nano .0028 micro .0056 small .0112 medium .0224 large .0448 xlarge .0896 2xlarge .1792
x2iedn xlarge .86013 2xlarge 1.72025 4xlarge 3.4405 8xlarge 6.881 32xlarge 27.524 metal 27.524
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
c6g 12xlarge 1.0224
m5 8xlarge 1.616
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c5d 4xlarge .792
i3 4xlarge 1.416
i3en large .257 xlarge .514 3xlarge 1.542 12xlarge 6.168
m5 2xlarge .404
m6g 4xlarge .4048
m6gd 12xlarge 1.4496
r5 xlarge .26
r5d 4xlarge 1.208 metal 7.248
r6g medium .0325 large .065
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.903 24xlarge 7.805
cache.m6g 12xlarge 3.717 16xlarge 4.956
cache.m7g 12xlarge 3.941 16xlarge 5.254
cache.r5 12xlarge 5.335 24xlarge 10.67
cache.r6g 12xlarge 5.062 16xlarge 6.749
cache.r7g 12xlarge 5.381 16xlarge 7.175
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .163 xlarge .325 2xlarge .65 4xlarge 1.301
cache.m6g large .155 xlarge .31 2xlarge .62 4xlarge 1.239 8xlarge 2.478
cache.m7g large .165 xlarge .329 2xlarge .658 4xlarge 1.314 8xlarge 2.627
cache.r5 large .222 xlarge .445 2xlarge .889 4xlarge 1.778
cache.r6g large .211 xlarge .422 2xlarge .844 4xlarge 1.688 8xlarge 3.375
cache.r7g large .225 xlarge .449 2xlarge .898 4xlarge 1.795 8xlarge 3.588
cache.t3 micro .021 small .043 medium .085
cache.t4g micro .02 small .041 medium .081
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.1224 24xlarge 6.244
cache.m6g 12xlarge 2.9736 16xlarge 3.9648
cache.m7g 12xlarge 3.1528 16xlarge 4.2032
cache.r5 12xlarge 4.268 24xlarge 8.536
cache.r6g 12xlarge 4.0496 16xlarge 5.3992
cache.r7g 12xlarge 4.3048 16xlarge 5.74
`],
];
