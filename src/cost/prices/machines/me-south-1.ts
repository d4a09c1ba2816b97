import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in me-south-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c5 large .106
c5a large .095 xlarge .19 2xlarge .38 4xlarge .76 8xlarge 1.52 12xlarge 2.28 16xlarge 3.04 24xlarge 4.56
c5ad large .108 xlarge .216 2xlarge .432 4xlarge .864 8xlarge 1.728 12xlarge 2.592 16xlarge 3.456 24xlarge 5.184
c5d 2xlarge .48 4xlarge .959 18xlarge 4.316
c5n large .134 xlarge .268 2xlarge .536 4xlarge 1.072 9xlarge 2.412 18xlarge 4.824 metal 4.824
c6g large .085 xlarge .17 2xlarge .34 4xlarge .68 8xlarge 1.36 16xlarge 2.72
c6gn xlarge .2144 12xlarge 2.5728 16xlarge 3.4304
c6i large .1056 xlarge .2112 2xlarge .4224 8xlarge 1.6896 24xlarge 5.0688 32xlarge 6.7584
c6in large .1407 xlarge .2814 8xlarge 2.2512 16xlarge 4.5024 32xlarge 9.0048 metal 9.0048
g4dn 8xlarge 2.669 12xlarge 4.798 16xlarge 5.338 metal 9.596
i3 large .189 xlarge .378 4xlarge 1.514 16xlarge 6.054 metal 6.054
i3en xlarge .548 2xlarge 1.095 3xlarge 1.643
i4i large .208 2xlarge .832 16xlarge 6.653 24xlarge 9.9792 32xlarge 13.3056
m5d large .139 xlarge .277 2xlarge .554 4xlarge 1.109 12xlarge 3.326 16xlarge 4.435 24xlarge 6.653
m6g large .094 xlarge .188 2xlarge .376 4xlarge .752 12xlarge 2.256 16xlarge 3.008
m6gd medium .0554 2xlarge .4435 8xlarge 1.7741 12xlarge 2.6611
m6i large .132 xlarge .264 2xlarge .528 4xlarge 1.056 12xlarge 3.168 16xlarge 4.224 32xlarge 8.448 metal 8.448
m7g large .1122 12xlarge 2.6928 16xlarge 3.5904 metal 3.5904
r5 large .155 xlarge .31 2xlarge .62 24xlarge 7.445 metal 7.445
r5d large .176 8xlarge 2.816 12xlarge 4.224 16xlarge 5.632 24xlarge 8.448 metal 8.448
r6g 2xlarge .4963 4xlarge .9926 8xlarge 1.9853 12xlarge 2.9779 16xlarge 3.9706
r6i large .1551 8xlarge 2.4816 16xlarge 4.9632 24xlarge 7.4448 32xlarge 9.9264
r7g medium .0659 large .1318 xlarge .2637 2xlarge .5273 4xlarge 1.0547 16xlarge 4.2187 metal 4.2187
t4g nano .005 micro .01 small .0201 medium .0402 large .0803 xlarge .1606 2xlarge .3213
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
c5d xlarge .24
m5 2xlarge .471
m5d metal 6.653
r5 4xlarge 1.241
r5d xlarge .352
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c5d large .12
c6g 12xlarge 2.04
c6gn 2xlarge .4288 4xlarge .8576
c6i 16xlarge 3.3792
i3en 24xlarge 13.142 metal 13.142
m6i 24xlarge 6.336
r5 12xlarge 3.722
r5d 4xlarge 1.408
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m5 large .208 xlarge .416 2xlarge .832 4xlarge 1.663 8xlarge 3.33 12xlarge 4.99 16xlarge 6.66 24xlarge 9.979
db.r5 large .292 xlarge .583 2xlarge 1.166 4xlarge 2.332 8xlarge 4.67 12xlarge 6.996 16xlarge 9.34 24xlarge 13.992
db.t3 micro .02 small .04 medium .079 large .158 xlarge .317 2xlarge .634
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r5 large .352 xlarge .704 2xlarge 1.408 4xlarge 2.816 8xlarge 5.632 12xlarge 8.448 16xlarge 11.264 24xlarge 16.896
db.t3 medium .097 large .194
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t3 small .048
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m5 12xlarge 5.201 16xlarge 6.936 24xlarge 10.402
db.r5 12xlarge 7.392 16xlarge 9.856 24xlarge 14.784
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 4.541 24xlarge 9.082
cache.r5 12xlarge 6.353 24xlarge 12.705
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .189 xlarge .377 2xlarge .755 4xlarge 1.51
cache.r5 large .265 xlarge .528 2xlarge 1.057 4xlarge 2.113
cache.t3 micro .024 small .048 medium .095
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.6328 24xlarge 7.2656
cache.r5 12xlarge 5.0824 24xlarge 10.164
`],
];
