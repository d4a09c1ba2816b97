import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-southeast-4, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c5 large .111 2xlarge .444 4xlarge .888 24xlarge 5.328 metal 5.328
c5d large .126 xlarge .252 2xlarge .504 4xlarge 1.008 18xlarge 4.536 24xlarge 6.048 metal 6.048
c6g medium .0444 large .0888 xlarge .1776 2xlarge .3552 8xlarge 1.4208
c6in large .148 xlarge .296 2xlarge .592 4xlarge 1.184 24xlarge 7.104 32xlarge 9.472 metal 9.472
i3 large .187 xlarge .374 4xlarge 1.496 8xlarge 2.992 16xlarge 5.984
i3en large .271 2xlarge 1.084 3xlarge 1.626 6xlarge 3.252 24xlarge 13.008 metal 13.008
i4i 2xlarge .823 8xlarge 3.291 16xlarge 6.582 32xlarge 13.1648 metal 13.165
m5 xlarge .24 2xlarge .48 4xlarge .96 8xlarge 1.92 24xlarge 5.76 metal 5.76
m5d large .142 2xlarge .568 16xlarge 4.544 24xlarge 6.816 metal 6.816
m6g large .096 xlarge .192 8xlarge 1.536
m6gd 2xlarge .456 4xlarge .912 16xlarge 3.648
m7g medium .051 large .102 xlarge .204 16xlarge 3.264
r5 4xlarge 1.208 16xlarge 4.832 24xlarge 7.248 metal 7.248
r5d large .174 xlarge .348 2xlarge .696 4xlarge 1.392 8xlarge 2.784 12xlarge 4.176 24xlarge 8.352 metal 8.352
r6g medium .0604 2xlarge .4832 4xlarge .9664 12xlarge 2.8992 16xlarge 3.8656
t3 nano .0066 small .0264 xlarge .2112 2xlarge .4224
t4g nano .0053 micro .0106 small .0212 medium .0424 large .0848 xlarge .1696 2xlarge .3392
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
c5 xlarge .222
c6g 4xlarge .7104
`],
  [["ec2.linux.*.hour"], "2026-04-02", `
t3 micro .0132 medium .0528 large .1056
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 4.666 24xlarge 9.331
cache.r5 12xlarge 6.207 24xlarge 12.414
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .194 xlarge .389 2xlarge .778 4xlarge 1.555
cache.r5 large .259 xlarge .517 2xlarge 1.035 4xlarge 2.069
cache.t3 micro .025 small .05 medium .1
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.7328 24xlarge 7.4648
cache.r5 12xlarge 4.9656 24xlarge 9.9312
`],
];
