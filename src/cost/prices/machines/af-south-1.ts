import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in af-south-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
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
