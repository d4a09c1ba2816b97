import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in af-south-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c5 xlarge .228 9xlarge 2.052 12xlarge 2.736 18xlarge 4.104 metal 5.472
c5a large .103 xlarge .206 2xlarge .412 4xlarge .824 8xlarge 1.648 12xlarge 2.472 16xlarge 3.296 24xlarge 4.944
c5ad large .117 xlarge .234 2xlarge .468 4xlarge .936 8xlarge 1.872 12xlarge 2.808 16xlarge 3.744 24xlarge 5.616
c5d large .13 xlarge .26 4xlarge 1.04 9xlarge 2.34 18xlarge 4.68 24xlarge 6.24 metal 6.24
c5n large .145 xlarge .29 9xlarge 2.614 18xlarge 5.227 metal 5.227
c6g medium .0456 xlarge .1824 2xlarge .3648 4xlarge .7296 8xlarge 1.4592 16xlarge 2.9184
c6i large .114 xlarge .228 4xlarge .912 12xlarge 2.736 16xlarge 3.648 32xlarge 7.296 metal 7.296
c6in xlarge .30492 2xlarge .60984 4xlarge 1.21968 8xlarge 2.43936 12xlarge 3.65904 16xlarge 4.87872 32xlarge 9.75744
d2 xlarge .875 4xlarge 3.5
g4dn 2xlarge .998 4xlarge 1.597 8xlarge 2.887 metal 10.381
i3 xlarge .41 2xlarge .82 4xlarge 1.64 8xlarge 3.28 16xlarge 6.56 metal 6.56
i3en large .297 3xlarge 1.782 24xlarge 14.256
i4i large .226 2xlarge .902 4xlarge 1.804 8xlarge 3.608 12xlarge 5.412 24xlarge 10.824 metal 14.432
inf1 24xlarge 6.249
m5 12xlarge 3.048
m5d large .15 xlarge .3 2xlarge .6 4xlarge 1.2 8xlarge 2.4 24xlarge 7.2
m6g medium .0508 xlarge .2032 2xlarge .4064 4xlarge .8128 16xlarge 3.2512
m6gd medium .06 large .12 xlarge .24 12xlarge 2.88 16xlarge 3.84
m6i large .127 2xlarge .508 4xlarge 1.016 8xlarge 2.032 16xlarge 4.064 32xlarge 8.128
r5 large .168 8xlarge 2.688 12xlarge 4.032 24xlarge 8.064 metal 8.064
r5d large .19 xlarge .38 4xlarge 1.52 8xlarge 3.04 12xlarge 4.56 16xlarge 6.08 24xlarge 9.12 metal 9.12
r5dn large .221 xlarge .442 8xlarge 3.536 12xlarge 5.304 24xlarge 10.608 metal 10.608
r5n large .199 xlarge .397 2xlarge .795 4xlarge 1.589 8xlarge 3.179 24xlarge 9.536 metal 9.536
r6g medium .0672 large .1344 xlarge .2688 2xlarge .5376 4xlarge 1.0752 12xlarge 3.2256 16xlarge 4.3008
r6i large .168 2xlarge .672 4xlarge 1.344 12xlarge 4.032 24xlarge 8.064 metal 10.752
t3 nano .0068 medium .0542 xlarge .217
t4g nano .0054 micro .0108 small .0217 medium .0434 large .0867 xlarge .1734 2xlarge .3469
x1e xlarge 1.19 2xlarge 2.38 16xlarge 19.04 32xlarge 38.08
x2iedn 4xlarge 4.762 16xlarge 19.048 32xlarge 38.096
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
c5d 12xlarge 3.12
m5 large .127
r5 xlarge .336
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c5 2xlarge .456 4xlarge .912
c5n 2xlarge .581 4xlarge 1.162
c6i 2xlarge .456 8xlarge 1.824
g4dn xlarge .698 12xlarge 5.19
i3en 12xlarge 7.128
m5d 16xlarge 4.8
m6gd 2xlarge .48 8xlarge 1.92
m6i metal 8.128
r5 2xlarge .672 16xlarge 5.376
r5d 2xlarge .76
r5dn 16xlarge 7.072
r5n 12xlarge 4.768
x1e 4xlarge 4.76 8xlarge 9.52
`],
  [["ec2.linux.*.hour"], "2026-04-02", `
t3 micro .0136 large .1085
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m5 large .225 xlarge .45 2xlarge .9 4xlarge 1.799 8xlarge 3.6 12xlarge 5.398 16xlarge 7.2 24xlarge 10.796
db.r5 large .315 xlarge .631 2xlarge 1.261 4xlarge 2.523 8xlarge 5.04 12xlarge 7.568 16xlarge 10.08 24xlarge 15.137
db.t3 micro .021 small .043 medium .086 large .171 xlarge .343 2xlarge .685
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r5 large .381 xlarge .762 2xlarge 1.523 4xlarge 3.046 8xlarge 6.093 12xlarge 9.139 16xlarge 12.186 24xlarge 18.278
db.t3 medium .105
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t3 small .052 large .208
`],
  [["rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.t3 large .21
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m5 12xlarge 5.626 16xlarge 7.502 24xlarge 11.253
db.r5 12xlarge 7.997 16xlarge 10.662 24xlarge 15.994
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 4.912 24xlarge 9.825
cache.r5 12xlarge 6.872 24xlarge 13.745
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .205 xlarge .408 2xlarge .816 4xlarge 1.634
cache.r5 large .287 xlarge .571 2xlarge 1.144 4xlarge 2.286
cache.t3 micro .021 small .043 medium .086
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.9296 24xlarge 7.86
cache.r5 12xlarge 5.4976 24xlarge 10.996
`],
];
