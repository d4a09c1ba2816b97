import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in eu-south-2, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
m6gd medium .0504 large .1008 4xlarge .8064 12xlarge 2.4192 16xlarge 3.2256
m7a large .1292 xlarge .2584 4xlarge 1.0336 8xlarge 2.0672 12xlarge 3.1008 16xlarge 4.1344 48xlarge 12.4032 metal-48xl 12.4032
m7i-flex large .10673 xlarge .21346 2xlarge .42692 4xlarge .85384 8xlarge 1.70768 12xlarge 2.56152 16xlarge 3.41536
r5d large .16 xlarge .32 2xlarge .64 8xlarge 2.56 12xlarge 3.84 16xlarge 5.12 24xlarge 7.68
r6gd xlarge .256 8xlarge 2.048 12xlarge 3.072
t3 nano .0057 micro .0114 small .0228 medium .0456 large .0912
t4g nano .0046 micro .0092 small .0184 medium .0368 large .0736 xlarge .1472 2xlarge .2944
x2idn 16xlarge 8.003 24xlarge 12.0045 32xlarge 16.006
x2iedn xlarge 1.00038 2xlarge 2.00075 4xlarge 4.0015 8xlarge 8.003 16xlarge 16.006 32xlarge 32.012
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
