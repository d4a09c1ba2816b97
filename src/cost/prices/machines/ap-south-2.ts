import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-south-2, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
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
