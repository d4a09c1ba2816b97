import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in il-central-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
r6g medium .0592 large .1184 xlarge .2369 2xlarge .4738 4xlarge .9475 8xlarge 1.895 12xlarge 2.8426 16xlarge 3.7901
r6i large .14805 xlarge .2961 2xlarge .5922 4xlarge 1.1844 8xlarge 2.3688 12xlarge 3.5532 16xlarge 4.7376 32xlarge 9.4752
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
