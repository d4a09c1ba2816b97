import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in eu-south-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-03-24", `
c5 large .101 xlarge .202 2xlarge .404 4xlarge .808 9xlarge 1.818 12xlarge 2.424 18xlarge 3.636 24xlarge 4.848 metal 4.848
c5a large .091 xlarge .182 2xlarge .364 4xlarge .728 8xlarge 1.456 12xlarge 2.184 16xlarge 2.912 24xlarge 4.368
c5ad large .103 xlarge .206 2xlarge .412 4xlarge .824 8xlarge 1.648 12xlarge 2.472 16xlarge 3.296 24xlarge 4.944
c5d large .114 xlarge .228 2xlarge .456 4xlarge .912 9xlarge 2.052 12xlarge 2.736 18xlarge 4.104 24xlarge 5.472 metal 5.472
c5n large .129 xlarge .258 2xlarge .516 4xlarge 1.032 9xlarge 2.322 18xlarge 4.644 metal 4.644
c6g medium .0404 large .0808 xlarge .1616 2xlarge .3232 4xlarge .6464 8xlarge 1.2928 12xlarge 1.9392 16xlarge 2.5856
d2 xlarge .772 2xlarge 1.544 4xlarge 3.088 8xlarge 6.176
g4dn xlarge .616 2xlarge .88 4xlarge 1.41 8xlarge 2.547 12xlarge 4.58 16xlarge 5.095 metal 9.16
i3 large .181 xlarge .362 2xlarge .724 4xlarge 1.448 8xlarge 2.896 16xlarge 5.792 metal 5.792
i3en large .262 xlarge .524 2xlarge 1.049 3xlarge 1.573 6xlarge 3.146 12xlarge 6.293 24xlarge 12.586 metal 12.586
inf1 xlarge .267 2xlarge .424 6xlarge 1.382 24xlarge 5.53
m5 large .112 xlarge .224 2xlarge .448 4xlarge .896 8xlarge 1.792 12xlarge 2.688 16xlarge 3.584 24xlarge 5.376 metal 5.376
m5a large .101 xlarge .202 2xlarge .404 4xlarge .808 8xlarge 1.616 12xlarge 2.424 16xlarge 3.232 24xlarge 4.848
m5d large .132 xlarge .264 2xlarge .528 4xlarge 1.056 8xlarge 2.112 12xlarge 3.168 16xlarge 4.224 24xlarge 6.336 metal 6.336
m6g medium .0448 large .0896 xlarge .1792 2xlarge .3584 4xlarge .7168 8xlarge 1.4336 12xlarge 2.1504 16xlarge 2.8672
r5 large .148 xlarge .296 2xlarge .592 4xlarge 1.184 8xlarge 2.368 12xlarge 3.552 16xlarge 4.736 24xlarge 7.104 metal 7.104
r5a large .133 xlarge .266 2xlarge .532 4xlarge 1.064 8xlarge 2.128 12xlarge 3.192 16xlarge 4.256 24xlarge 6.384
r5d large .168 xlarge .336 2xlarge .672 4xlarge 1.344 8xlarge 2.688 12xlarge 4.032 16xlarge 5.376 24xlarge 8.064 metal 8.064
r6g medium .0592 large .1184 xlarge .2368 2xlarge .4736 4xlarge .9472 8xlarge 1.8944 12xlarge 2.8416 16xlarge 3.7888
t3 nano .006 micro .012 small .024 medium .0479 large .0958 xlarge .1917 2xlarge .3834
t3a nano .0054 micro .0108 small .0216 medium .0431 large .0862 xlarge .1725 2xlarge .345
t4g nano .0048 micro .0096 small .0192 medium .0384 large .0768 xlarge .1536 2xlarge .3072
u-3tb1 56xlarge 32.0775
u-6tb1 56xlarge 54.52459 112xlarge 64.155
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6gn medium .0516 12xlarge 2.4768 16xlarge 3.3024
c6i xlarge .202 2xlarge .404 4xlarge .808 8xlarge 1.616 12xlarge 2.424 24xlarge 4.848 metal 6.464
c6in large .13545 2xlarge .5418 4xlarge 1.0836 8xlarge 2.1672 12xlarge 3.2508 16xlarge 4.3344 24xlarge 6.5016 32xlarge 8.6688 metal 8.6688
c7g medium .0428 large .0856 2xlarge .3426 4xlarge .6852 8xlarge 1.3704 12xlarge 2.0556 16xlarge 2.7407 metal 2.7407
i4i 4xlarge 1.593 12xlarge 4.778 16xlarge 6.371 24xlarge 9.5568 32xlarge 12.7424
m6a 2xlarge .4032 4xlarge .8064 8xlarge 1.6128 16xlarge 3.2256 32xlarge 6.4512 48xlarge 9.6768 metal 9.6768
m6gd large .1056 4xlarge .8448 16xlarge 3.3792
m6i 2xlarge .448 4xlarge .896 16xlarge 3.584 24xlarge 5.376 32xlarge 7.168 metal 7.168
r5b xlarge .35 4xlarge 1.4 8xlarge 2.8 16xlarge 5.6
r5dn large .196 4xlarge 1.568 24xlarge 9.408 metal 9.408
r5n xlarge .35 2xlarge .7 24xlarge 8.401
r6i large .148 4xlarge 1.184 8xlarge 2.368 16xlarge 4.736 32xlarge 9.472 metal 9.472
r7g medium .0628 xlarge .251 4xlarge 1.004 8xlarge 2.0081 12xlarge 3.0121 metal 4.0161
x2idn 24xlarge 12.60075 32xlarge 16.801 metal 16.801
x2iedn xlarge 1.05003 2xlarge 2.10006 8xlarge 8.40025 16xlarge 16.8005 24xlarge 25.20075 32xlarge 33.601 metal 33.601
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
c6gn xlarge .2064
c6i large .101
r6i 24xlarge 7.104
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c6gn large .1032
c6i 16xlarge 3.232
m6i xlarge .224
r5dn 2xlarge .784 8xlarge 3.136
r5n 8xlarge 2.8 12xlarge 4.2 metal 8.401
r6i 2xlarge .592
x2idn 16xlarge 8.4005
x2iedn 4xlarge 4.20013
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m5 large .198 xlarge .397 2xlarge .794 4xlarge 1.588 8xlarge 2.63 12xlarge 4.763 16xlarge 5.26 24xlarge 9.526
db.r5 large .278 xlarge .557 2xlarge 1.113 4xlarge 2.226 8xlarge 3.69 12xlarge 6.678 16xlarge 7.37 24xlarge 13.356
db.t3 micro .019 small .038 medium .076 large .151 xlarge .302 2xlarge .605
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r5 large .336 xlarge .672 2xlarge 1.344 4xlarge 2.688 8xlarge 5.376 12xlarge 8.064 16xlarge 10.752 24xlarge 16.128
db.t3 medium .092 large .184
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t3 small .046
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m5 12xlarge 4.964 16xlarge 6.619 24xlarge 9.929
db.r5 12xlarge 7.056 16xlarge 9.408 24xlarge 14.112
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 4.334 24xlarge 8.669
cache.m6g 12xlarge 4.117 16xlarge 5.48
cache.r5 12xlarge 6.064 24xlarge 12.128
cache.r6g 12xlarge 5.761 16xlarge 7.665
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .181 xlarge .36 2xlarge .72 4xlarge 1.442
cache.m6g large .172 xlarge .342 2xlarge .684 4xlarge 1.37 8xlarge 2.74
cache.r5 large .253 xlarge .504 2xlarge 1.009 4xlarge 2.017
cache.r6g large .24 xlarge .479 2xlarge .959 4xlarge 1.916 8xlarge 3.832
cache.t3 micro .019 small .038 medium .076
cache.t4g micro .018 small .036 medium .072
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.4672 24xlarge 6.9352
cache.m6g 12xlarge 3.2936 16xlarge 4.384
cache.r5 12xlarge 4.8512 24xlarge 9.7024
cache.r6g 12xlarge 4.6088 16xlarge 6.132
`],
];
