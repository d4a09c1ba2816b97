import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in me-south-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2025-03-02", `
c5a large .095 xlarge .19 2xlarge .38 4xlarge .76 8xlarge 1.52 12xlarge 2.28 16xlarge 3.04 24xlarge 4.56
c5n large .134 xlarge .268 2xlarge .536 4xlarge 1.072 9xlarge 2.412 18xlarge 4.824
m5d large .139 xlarge .277 2xlarge .554 4xlarge 1.109 12xlarge 3.326 16xlarge 4.435 24xlarge 6.653
m6g large .094 xlarge .188 2xlarge .376 4xlarge .752 12xlarge 2.256 16xlarge 3.008
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
