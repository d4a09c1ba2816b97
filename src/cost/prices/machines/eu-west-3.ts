import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in eu-west-3, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
c5 large .101 xlarge .202 2xlarge .404 4xlarge .808 9xlarge 1.818 12xlarge 2.424 18xlarge 3.636 24xlarge 4.848 metal 4.848
c5a large .091 xlarge .182 2xlarge .364 4xlarge .728 8xlarge 1.456 12xlarge 2.184 16xlarge 2.912 24xlarge 4.368
c5d large .115 xlarge .23 2xlarge .46 4xlarge .92 9xlarge 2.07 18xlarge 4.14
c5n large .128 xlarge .256 2xlarge .512 4xlarge 1.024 9xlarge 2.304 18xlarge 4.608 metal 4.608
c6g medium .0405 large .081 xlarge .162 2xlarge .324 4xlarge .648 8xlarge 1.296 12xlarge 1.944 16xlarge 2.592
c6gd medium .046 large .092 xlarge .184 2xlarge .368 4xlarge .736 8xlarge 1.472 12xlarge 2.208 16xlarge 2.944
c6gn medium .05125 large .1025 xlarge .205 2xlarge .41 4xlarge .82 8xlarge 1.64 12xlarge 2.46 16xlarge 3.28
c6i large .101 xlarge .202 2xlarge .404 4xlarge .808 8xlarge 1.616 12xlarge 2.424 16xlarge 3.232 24xlarge 4.848 32xlarge 6.464 metal 6.464
d2 xlarge .772 2xlarge 1.544 4xlarge 3.088 8xlarge 6.176
g4dn xlarge .615 2xlarge .879 4xlarge 1.408 8xlarge 2.544 12xlarge 4.574 16xlarge 5.088 metal 9.148
i3 large .181 xlarge .362 2xlarge .724 4xlarge 1.448 8xlarge 2.896 16xlarge 5.792 metal 5.792
i3en large .263 xlarge .526 2xlarge 1.052 3xlarge 1.578 6xlarge 3.156 12xlarge 6.312 24xlarge 12.624 metal 12.624
i4i large .199 xlarge .398 2xlarge .796 4xlarge 1.593 8xlarge 3.186 16xlarge 6.371 32xlarge 12.7424 metal 12.742
inf1 xlarge .267 2xlarge .423 6xlarge 1.379 24xlarge 5.517
m5 large .112 xlarge .224 2xlarge .448 4xlarge .896 8xlarge 1.792 12xlarge 2.688 16xlarge 3.584 24xlarge 5.376 metal 5.376
m5a large .101 xlarge .202 2xlarge .404 4xlarge .808 8xlarge 1.616 12xlarge 2.424 16xlarge 3.232 24xlarge 4.848
m5ad large .121 xlarge .242 2xlarge .484 4xlarge .968 8xlarge 1.936 12xlarge 2.904 16xlarge 3.872 24xlarge 5.808
m5d large .132 xlarge .264 2xlarge .528 4xlarge 1.056 8xlarge 2.112 12xlarge 3.168 16xlarge 4.224 24xlarge 6.336 metal 6.336
m6g medium .045 large .09 xlarge .18 2xlarge .36 4xlarge .72 8xlarge 1.44 12xlarge 2.16 16xlarge 2.88
m6i large .112 xlarge .224 2xlarge .448 4xlarge .896 8xlarge 1.792 12xlarge 2.688 16xlarge 3.584 24xlarge 5.376 32xlarge 7.168 metal 7.168
r4 large .156 xlarge .312 2xlarge .624 4xlarge 1.248 8xlarge 2.496 16xlarge 4.992
r5 large .148 xlarge .296 2xlarge .592 4xlarge 1.184 8xlarge 2.368 12xlarge 3.552 16xlarge 4.736 24xlarge 7.104 metal 7.104
r5a large .133 xlarge .266 2xlarge .532 4xlarge 1.064 8xlarge 2.128 12xlarge 3.192 16xlarge 4.256 24xlarge 6.384
r5ad large .153 xlarge .306 2xlarge .612 4xlarge 1.224 8xlarge 2.448 12xlarge 3.672 16xlarge 4.896 24xlarge 7.344
r5d large .169 xlarge .338 2xlarge .676 4xlarge 1.352 8xlarge 2.704 12xlarge 4.056 16xlarge 5.408 24xlarge 8.112 metal 8.112
r5dn large .196 xlarge .392 2xlarge .784 4xlarge 1.568 8xlarge 3.136 12xlarge 4.704 16xlarge 6.272 24xlarge 9.408 metal 9.408
r5n large .175 xlarge .35 2xlarge .7 4xlarge 1.4 8xlarge 2.8 12xlarge 4.2 16xlarge 5.6 24xlarge 8.4 metal 8.4
r6g medium .059 large .118 xlarge .236 2xlarge .472 4xlarge .944 8xlarge 1.888 12xlarge 2.832 16xlarge 3.776
r6gd medium .0676 large .1352 xlarge .2704 2xlarge .5408 4xlarge 1.0816 8xlarge 2.1632 12xlarge 3.2448 16xlarge 4.3264
r6i large .148 xlarge .296 2xlarge .592 4xlarge 1.184 8xlarge 2.368 12xlarge 3.552 16xlarge 4.736 24xlarge 7.104 32xlarge 9.472 metal 9.472
t2 nano .0066 micro .0132 small .0264 medium .0528 large .1056 xlarge .2112 2xlarge .4224
t3 nano .0059 micro .0118 small .0236 medium .0472 large .0944 xlarge .1888 2xlarge .3776
t3a nano .0053 micro .0106 small .0212 medium .0425 large .085 xlarge .1699 2xlarge .3398
t4g nano .0047 micro .0094 small .0188 medium .0376 large .0752 xlarge .1504 2xlarge .3008
u-6tb1 56xlarge 54.50589 112xlarge 64.133
x1 16xlarge 8.403 32xlarge 16.806
x2idn 16xlarge 8.403 24xlarge 12.6045 32xlarge 16.806 metal 16.806
x2iedn xlarge 1.05038 2xlarge 2.10075 4xlarge 4.2015 8xlarge 8.403 16xlarge 16.806 24xlarge 25.209 32xlarge 33.612 metal 33.612
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6in large .1344 xlarge .2688 2xlarge .5376 4xlarge 1.0752 8xlarge 2.1504 12xlarge 3.2256 16xlarge 4.3008 24xlarge 6.4512 32xlarge 8.6016
c7g medium .0429 xlarge .1717 2xlarge .3434 4xlarge .6869 12xlarge 2.0606 metal 2.7475
c7i large .10605 xlarge .2121 2xlarge .4242 8xlarge 1.6968 24xlarge 5.0904 48xlarge 10.1808 metal-48xl 10.1808
c7i-flex large .10075 xlarge .2015 2xlarge .40299 4xlarge .80598 8xlarge 1.61196 12xlarge 2.41794 16xlarge 3.22392
g6 xlarge 1.0216 2xlarge 1.24095 8xlarge 2.55705 12xlarge 5.8412 16xlarge 4.31184 48xlarge 16.94678
im4gn large .21105 4xlarge 1.68837 16xlarge 6.75347
is4gen medium .16766 large .33533 xlarge .67065 2xlarge 1.3413 4xlarge 2.68261 8xlarge 5.36522
m6a xlarge .2016 2xlarge .4032 8xlarge 1.6128 24xlarge 4.8384 metal 9.6768
m6gd medium .0528 xlarge .2112 4xlarge .8448 12xlarge 2.5344
m7g large .0952 2xlarge .3808 12xlarge 2.2848 16xlarge 3.0464 metal 3.0464
m7gd xlarge .2495 4xlarge .9979 8xlarge 1.9958 16xlarge 3.9917 metal 3.9917
m7i 2xlarge .4704 12xlarge 2.8224 24xlarge 5.6448 48xlarge 11.2896 metal-48xl 11.2896
m7i-flex large .11172 xlarge .22344 2xlarge .44688 4xlarge .89376 8xlarge 1.78752 12xlarge 2.68128 16xlarge 3.57504
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
im4gn 8xlarge 3.37674
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m5 large .198 xlarge .396 2xlarge .792 4xlarge 1.584 8xlarge 3.17 12xlarge 4.752 16xlarge 6.34 24xlarge 9.504
db.r4 large .28 xlarge .56 2xlarge 1.12 4xlarge 2.24 8xlarge 4.48 16xlarge 8.96
db.r5 large .28 xlarge .56 2xlarge 1.12 4xlarge 2.24 8xlarge 4.48 12xlarge 6.72 16xlarge 8.96 24xlarge 13.44
db.t2 micro .019 small .038 medium .076 large .152 xlarge .304 2xlarge .608
db.t3 micro .019 small .038 medium .076 large .152 xlarge .304 2xlarge .608
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r4 large .34 xlarge .67 2xlarge 1.34 4xlarge 2.69 8xlarge 5.38 16xlarge 10.75
db.r5 large .335 xlarge .67 2xlarge 1.34 4xlarge 2.68 12xlarge 8.04
db.t3 medium .092 large .184
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.r5 8xlarge 5.38 16xlarge 10.75 24xlarge 16.14
db.t2 small .046 medium .092
db.t3 small .046
`],
  [["rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r5 8xlarge 5.36 16xlarge 10.72 24xlarge 16.08
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m5 12xlarge 4.944 16xlarge 6.592 24xlarge 9.888
db.r4 large .294 xlarge .588 2xlarge 1.176 4xlarge 2.352 8xlarge 4.704 16xlarge 9.408
db.r5 12xlarge 7.056 16xlarge 9.408 24xlarge 14.112
db.t2 micro .0205 small .041 medium .082 large .164 xlarge .328 2xlarge .656
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 4.32 24xlarge 8.64
cache.m6g 12xlarge 4.104 16xlarge 5.476
cache.m7g 12xlarge 4.351 16xlarge 5.805
cache.r4 large .267 xlarge .532 2xlarge 1.065 4xlarge 2.129 8xlarge 4.259 16xlarge 8.518
cache.r5 12xlarge 6.071 24xlarge 12.141
cache.r6g 12xlarge 5.767 16xlarge 7.665
cache.t2 micro .019 small .038 medium .077
`],
  [["elasticache.redis.*.hour"], "2025-04-24", `
cache.r6gd xlarge .91 2xlarge 1.821 4xlarge 3.641 8xlarge 7.281 12xlarge 10.958 16xlarge 14.563
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .18 xlarge .36 2xlarge .721 4xlarge 1.441
cache.m6g large .171 xlarge .342 2xlarge .685 4xlarge 1.369 8xlarge 2.738
cache.m7g large .182 xlarge .363 2xlarge .727 4xlarge 1.452 8xlarge 2.903
cache.r5 large .253 xlarge .504 2xlarge 1.009 4xlarge 2.017
cache.r6g large .24 xlarge .479 2xlarge .959 4xlarge 1.916 8xlarge 3.832
cache.t3 micro .019 small .038 medium .076
cache.t4g micro .018 small .036 medium .072
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.456 24xlarge 6.912
cache.m6g 12xlarge 3.2832 16xlarge 4.3808
cache.m7g 12xlarge 3.4808 16xlarge 4.644
cache.r4 large .2136 xlarge .4256 2xlarge .852 4xlarge 1.7032 8xlarge 3.4072 16xlarge 6.8144
cache.r5 12xlarge 4.8568 24xlarge 9.7128
cache.r6g 12xlarge 4.6136 16xlarge 6.132
cache.r6gd xlarge .728 2xlarge 1.4568 4xlarge 2.9128 8xlarge 5.8248 12xlarge 8.7664 16xlarge 11.6504
cache.t2 micro .0152 small .0304 medium .0616
`],
];
