import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-east-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-03-24", `
c5 large .108 xlarge .216 2xlarge .432 4xlarge .864 9xlarge 1.944 12xlarge 2.592 18xlarge 3.888 24xlarge 5.184 metal 5.184
c5a large .097 xlarge .194 2xlarge .388 4xlarge .776 8xlarge 1.552 12xlarge 2.328 16xlarge 3.104 24xlarge 4.656
c5d large .123 xlarge .246 2xlarge .492 4xlarge .984 9xlarge 2.214 18xlarge 4.428
c5n large .143 xlarge .286 2xlarge .572 4xlarge 1.144 9xlarge 2.574 18xlarge 5.148 metal 5.148
c6g medium .043 large .086 xlarge .172 2xlarge .344 4xlarge .688 8xlarge 1.376 12xlarge 2.064 16xlarge 2.752
c6gn medium .05725 large .1145 xlarge .229 2xlarge .458 4xlarge .916 8xlarge 1.832 12xlarge 2.748 16xlarge 3.664
d2 xlarge .957 2xlarge 1.914 4xlarge 3.828 8xlarge 7.656
g4dn xlarge .81 2xlarge 1.158 4xlarge 1.854 8xlarge 3.351 12xlarge 6.024 16xlarge 6.702 metal 12.048
i3 large .206 xlarge .412 2xlarge .824 4xlarge 1.648 8xlarge 3.296 16xlarge 6.592 metal 6.592
i3en large .298 xlarge .597 2xlarge 1.193 3xlarge 1.79 6xlarge 3.58 12xlarge 7.16 24xlarge 14.319 metal 14.319
inf1 xlarge .352 2xlarge .558 6xlarge 1.819 24xlarge 7.274
m5 large .132 xlarge .264 2xlarge .528 4xlarge 1.056 8xlarge 2.112 12xlarge 3.168 16xlarge 4.224 24xlarge 6.336 metal 6.336
m5d large .155 xlarge .31 2xlarge .62 4xlarge 1.24 8xlarge 2.48 12xlarge 3.72 16xlarge 4.96 24xlarge 7.44 metal 7.44
m6g medium .053 large .106 xlarge .212 2xlarge .424 4xlarge .848 8xlarge 1.696 12xlarge 2.544 16xlarge 3.392
r5 large .167 xlarge .334 2xlarge .668 4xlarge 1.336 8xlarge 2.672 12xlarge 4.008 16xlarge 5.344 24xlarge 8.016 metal 8.016
r5d large .175 xlarge .35 2xlarge .7 4xlarge 1.4 8xlarge 2.8 12xlarge 4.2 16xlarge 5.6 24xlarge 8.4 metal 8.4
r5n large .202 xlarge .404 2xlarge .808 4xlarge 1.616 8xlarge 3.232 12xlarge 4.848 16xlarge 6.464 24xlarge 9.696 metal 9.696
r6g medium .067 large .134 xlarge .268 2xlarge .536 4xlarge 1.072 8xlarge 2.144 12xlarge 3.216 16xlarge 4.288
t3 nano .0073 micro .0146 small .0292 medium .0584 large .1168 xlarge .2336 2xlarge .4672
t4g nano .0058 micro .0116 small .0232 medium .0464 large .0928 xlarge .1856 2xlarge .3712
x1 16xlarge 10.638 32xlarge 21.276
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6a xlarge .1944 2xlarge .3888 4xlarge .7776 12xlarge 2.3328 16xlarge 3.1104 32xlarge 6.2208 48xlarge 9.3312 metal 9.3312
c6i large .108 4xlarge .864 24xlarge 5.184 32xlarge 6.912 metal 6.912
c6in large .15015 xlarge .3003 4xlarge 1.2012 8xlarge 2.4024 16xlarge 4.8048 24xlarge 7.2072 32xlarge 9.6096 metal 9.6096
c7g medium .0455 large .091 xlarge .182 2xlarge .364 8xlarge 1.456 12xlarge 2.184 metal 2.912
i4i 4xlarge 1.813 12xlarge 5.438 24xlarge 10.8768 32xlarge 14.5024
m6gd medium .062 large .124 xlarge .248 12xlarge 2.976 16xlarge 3.968
m6i large .132 xlarge .264 2xlarge .528 4xlarge 1.056 12xlarge 3.168 24xlarge 6.336 32xlarge 8.448 metal 8.448
r6i large .167 xlarge .334 2xlarge .668 4xlarge 1.336 16xlarge 5.344 32xlarge 10.688 metal 10.688
r7g medium .071 large .142 xlarge .284 2xlarge .568 4xlarge 1.136 8xlarge 2.272 12xlarge 3.408 16xlarge 4.544 metal 4.544
r7gd medium .0827 large .1654 8xlarge 2.6461 12xlarge 3.9691 16xlarge 5.2922 metal 5.2922
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
i4i metal 14.502
m6i 16xlarge 4.224
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c6i 12xlarge 2.592 16xlarge 3.456
i4i large .227 xlarge .453 2xlarge .906
m6i 8xlarge 2.112
r6i 24xlarge 8.016
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m5 large .2585 xlarge .517 2xlarge 1.034 4xlarge 2.068 8xlarge 4.14 12xlarge 6.204 16xlarge 8.27 24xlarge 12.408
db.r5 large .3135 xlarge .627 2xlarge 1.254 4xlarge 2.508 8xlarge 5.02 12xlarge 7.524 16xlarge 10.03 24xlarge 15.048
db.t3 micro .0286 small .0572 medium .1144 large .2288 xlarge .4576 2xlarge .9152
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r5 large .385 xlarge .77 2xlarge 1.54 4xlarge 3.08 8xlarge 6.16 12xlarge 9.24 16xlarge 12.32 24xlarge 18.48
db.r6g large .345 xlarge .689 2xlarge 1.378 4xlarge 2.757 8xlarge 5.513 12xlarge 8.27 16xlarge 11.026
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t3 small .0693 medium .1386 large .277
`],
  [["rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.t3 medium .139 large .278
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m5 12xlarge 6.5208 16xlarge 8.6944 24xlarge 13.0416
db.r5 12xlarge 7.92 16xlarge 10.56 24xlarge 15.84
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 5.133 24xlarge 10.264
cache.m6g 12xlarge 4.875 16xlarge 6.501
cache.r5 12xlarge 6.828 24xlarge 13.655
cache.r6g 12xlarge 6.486 16xlarge 8.648
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .213 xlarge .428 2xlarge .856 4xlarge 1.711
cache.m6g large .203 xlarge .406 2xlarge .813 4xlarge 1.625 8xlarge 3.25
cache.r5 large .285 xlarge .569 2xlarge 1.139 4xlarge 2.276
cache.r6g large .27 xlarge .541 2xlarge 1.081 4xlarge 2.162 8xlarge 4.324
cache.t3 micro .028 small .055 medium .111
cache.t4g micro .027 small .052 medium .105
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 4.1064 24xlarge 8.2112
cache.m6g 12xlarge 3.9 16xlarge 5.2008
cache.r5 12xlarge 5.4624 24xlarge 10.924
cache.r6g 12xlarge 5.1888 16xlarge 6.9184
`],
];
