import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-northeast-3, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
c4 large .126 xlarge .252 2xlarge .504 4xlarge 1.008 8xlarge 2.016
c5 large .107 xlarge .214 2xlarge .428 4xlarge .856 9xlarge 1.926 12xlarge 2.568 18xlarge 3.852 24xlarge 5.136 metal 5.136
c5d large .122 xlarge .244 2xlarge .488 4xlarge .976 9xlarge 2.196 12xlarge 2.928 18xlarge 4.392 24xlarge 5.856 metal 5.856
c6g medium .043 large .086 xlarge .172 2xlarge .344 4xlarge .688 8xlarge 1.376 12xlarge 2.064 16xlarge 2.752
c6gd medium .049 large .098 xlarge .196 2xlarge .392 4xlarge .784 8xlarge 1.568 12xlarge 2.352 16xlarge 3.136
c6gn medium .05461 large .10922 xlarge .21844 2xlarge .43688 4xlarge .87376 8xlarge 1.74752 12xlarge 2.62128 16xlarge 3.49504
c6i large .107 xlarge .214 2xlarge .428 4xlarge .856 8xlarge 1.712 12xlarge 2.568 16xlarge 3.424 24xlarge 5.136 32xlarge 6.848 metal 6.848
d2 xlarge .844 2xlarge 1.688 4xlarge 3.376 8xlarge 6.752
g4dn xlarge .71 2xlarge 1.015 4xlarge 1.625 8xlarge 2.938 12xlarge 5.281 16xlarge 5.875 metal 10.562
i3 large .183 xlarge .366 2xlarge .732 4xlarge 1.464 8xlarge 2.928 16xlarge 5.856 metal 5.856
i3en large .266 xlarge .532 2xlarge 1.064 3xlarge 1.596 6xlarge 3.192 12xlarge 6.384 24xlarge 12.768 metal 12.768
m4 large .129 xlarge .258 2xlarge .516 4xlarge 1.032 16xlarge 4.128
m5 large .124 xlarge .248 2xlarge .496 4xlarge .992 8xlarge 1.984 12xlarge 2.976 16xlarge 3.968 24xlarge 5.952 metal 5.952
m5d large .146 xlarge .292 2xlarge .584 4xlarge 1.168 8xlarge 2.336 12xlarge 3.504 16xlarge 4.672 24xlarge 7.008 metal 7.008
m6i large .124 xlarge .248 2xlarge .496 4xlarge .992 8xlarge 1.984 12xlarge 2.976 16xlarge 3.968 24xlarge 5.952 32xlarge 7.936 metal 7.936
r4 large .16 xlarge .32 2xlarge .64 4xlarge 1.28 8xlarge 2.56 16xlarge 5.12
r5 large .152 xlarge .304 2xlarge .608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864 24xlarge 7.296 metal 7.296
r5d large .174 xlarge .348 2xlarge .696 4xlarge 1.392 8xlarge 2.784 12xlarge 4.176 16xlarge 5.568 24xlarge 8.352 metal 8.352
t2 nano .0076 micro .0152 small .0304 medium .0608 large .1216 xlarge .2432 2xlarge .4864
t3 nano .0068 micro .0136 small .0272 medium .0544 large .1088 xlarge .2176 2xlarge .4352
x1 16xlarge 9.671 32xlarge 19.342
x1e xlarge 1.209 2xlarge 2.418 4xlarge 4.836 8xlarge 9.672 16xlarge 19.344 32xlarge 38.688
x2idn 16xlarge 9.671 24xlarge 14.5065 32xlarge 19.342 metal 19.342
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c5n large .136 9xlarge 2.448 18xlarge 4.896
c7g medium .0455 large .091 2xlarge .3638 8xlarge 1.4552 metal 2.9104
i4i xlarge .403 4xlarge 1.61 12xlarge 4.831 24xlarge 9.6624 32xlarge 12.8832 metal 12.883
m6g 2xlarge .3968 4xlarge .7936 8xlarge 1.5872 12xlarge 2.3808 16xlarge 3.1744
m6gd medium .0584 large .1168 xlarge .2336 2xlarge .4672 4xlarge .9344 16xlarge 3.7376
m7g medium .0527 xlarge .2108 2xlarge .4216 4xlarge .8432 12xlarge 2.5296 metal 3.3728
r6g xlarge .2432 4xlarge .9728 8xlarge 1.9456 16xlarge 3.8912
r6gd medium .0696 xlarge .2784 4xlarge 1.1136 8xlarge 2.2272 12xlarge 3.3408 16xlarge 4.4544
r6i large .152 xlarge .304 2xlarge .608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864 32xlarge 9.728 metal 9.728
t4g nano .0054 micro .0109 small .0218 medium .0435 large .087 xlarge .1741 2xlarge .3482
x2iedn 8xlarge 9.671 metal 38.684
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
m6gd 12xlarge 2.8032
r6g 2xlarge .4864 12xlarge 2.9184
r6gd 2xlarge .5568
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m4 large .254 xlarge .509 2xlarge 1.017 4xlarge 2.035 10xlarge 5.087 16xlarge 8.139
db.m5 large .248 xlarge .496 2xlarge .993 4xlarge 1.986 12xlarge 5.957 24xlarge 11.914
db.r4 large .285 xlarge .57 2xlarge 1.14 4xlarge 2.28 8xlarge 4.56 16xlarge 9.12
db.r5 large .285 xlarge .57 2xlarge 1.14 4xlarge 2.28 12xlarge 6.84 24xlarge 13.68
db.t2 micro .026 small .052 medium .105 large .209 xlarge .418 2xlarge .836
db.t3 micro .026 small .052 medium .105 large .209 xlarge .418 2xlarge .836
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r5 large .35 xlarge .7 2xlarge 1.4 4xlarge 2.8 8xlarge 5.6 12xlarge 8.4 16xlarge 11.2 24xlarge 16.8
db.t3 medium .125 large .25
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t3 small .063
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m4 large .265 xlarge .531 2xlarge 1.061 4xlarge 2.122 10xlarge 5.305 16xlarge 8.488
db.m5 12xlarge 6.221 16xlarge 8.294 24xlarge 12.441
db.r4 large .3 xlarge .6 2xlarge 1.2 4xlarge 2.4 8xlarge 4.8 16xlarge 9.6
db.r5 12xlarge 7.2 16xlarge 9.6 24xlarge 14.4
db.t2 micro .028 small .056 medium .112 large .224 xlarge .448 2xlarge .896
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 4.821 24xlarge 9.642
cache.r4 large .273 xlarge .546 2xlarge 1.092 4xlarge 2.184 8xlarge 4.368 16xlarge 8.736
cache.r5 12xlarge 6.207 24xlarge 12.414
cache.t2 micro .026 small .052 medium .104
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .201 xlarge .402 2xlarge .804 4xlarge 1.607
cache.r5 large .259 xlarge .517 2xlarge 1.035 4xlarge 2.069
cache.t3 micro .026 small .052 medium .104
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.8568 24xlarge 7.7136
cache.r4 large .2184 xlarge .4368 2xlarge .8736 4xlarge 1.7472 8xlarge 3.4944 16xlarge 6.9888
cache.r5 12xlarge 4.9656 24xlarge 9.9312
cache.t2 micro .0208 small .0416 medium .0832
`],
];
