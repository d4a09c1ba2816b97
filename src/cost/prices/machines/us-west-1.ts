import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in us-west-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
c1 medium .148 xlarge .592
c3 large .12 xlarge .239 2xlarge .478 4xlarge .956 8xlarge 1.912
c4 large .124 xlarge .249 2xlarge .498 4xlarge .997 8xlarge 1.993
c5 large .106 xlarge .212 2xlarge .424 4xlarge .848 9xlarge 1.908 12xlarge 2.544 18xlarge 3.816 24xlarge 5.088 metal 5.088
c5a large .095 xlarge .19 2xlarge .38 4xlarge .76 8xlarge 1.52 12xlarge 2.28 16xlarge 3.04 24xlarge 4.56
c5d large .12 xlarge .24 2xlarge .48 4xlarge .96 9xlarge 2.16 12xlarge 2.88 18xlarge 4.32 24xlarge 5.76 metal 5.76
c5n large .135 xlarge .27 2xlarge .54 4xlarge 1.08 9xlarge 2.43 18xlarge 4.86 metal 4.86
c6g medium .0424 large .0848 xlarge .1696 2xlarge .3392 4xlarge .6784 8xlarge 1.3568 12xlarge 2.0352 16xlarge 2.7136
c6gd medium .048 large .096 xlarge .192 2xlarge .384 4xlarge .768 8xlarge 1.536 12xlarge 2.304 16xlarge 3.072
c6gn medium .054 large .108 xlarge .216 2xlarge .432 4xlarge .864 8xlarge 1.728 12xlarge 2.592 16xlarge 3.456
c6i large .106 xlarge .212 2xlarge .424 4xlarge .848 8xlarge 1.696 12xlarge 2.544 16xlarge 3.392 24xlarge 5.088 32xlarge 6.784 metal 6.784
d2 xlarge .781 2xlarge 1.563 4xlarge 3.125 8xlarge 6.25
g2 2xlarge .702 8xlarge 2.808
g3 4xlarge 1.534 8xlarge 3.068 16xlarge 6.136
g4dn xlarge .631 2xlarge .902 4xlarge 1.445 8xlarge 2.611 12xlarge 4.694 16xlarge 5.222 metal 9.389
i2 xlarge .938 2xlarge 1.876 4xlarge 3.751 8xlarge 7.502
i3 large .172 xlarge .344 2xlarge .688 4xlarge 1.376 8xlarge 2.752 16xlarge 5.504 metal 5.504
i3en large .25 xlarge .5 2xlarge 1 3xlarge 1.5 6xlarge 3 12xlarge 6 24xlarge 12 metal 12
i4i large .189 xlarge .378 2xlarge .757 4xlarge 1.514 8xlarge 3.027 16xlarge 6.054 32xlarge 12.1088 metal 12.109
inf1 xlarge .274 2xlarge .435 6xlarge 1.418 24xlarge 5.671
m1 small .047 medium .095 large .19 xlarge .379
m2 xlarge .275 2xlarge .55 4xlarge 1.1
m3 medium .077 large .154 xlarge .308 2xlarge .616
m4 large .117 xlarge .234 2xlarge .468 4xlarge .936 10xlarge 2.34 16xlarge 3.744
m5 large .112 xlarge .224 2xlarge .448 4xlarge .896 8xlarge 1.792 12xlarge 2.688 16xlarge 3.584 24xlarge 5.376 metal 5.376
m5a large .101 xlarge .202 2xlarge .404 4xlarge .808 8xlarge 1.616 12xlarge 2.424 16xlarge 3.232 24xlarge 4.848
m5ad large .122 xlarge .244 2xlarge .488 4xlarge .976 8xlarge 1.952 12xlarge 2.928 16xlarge 3.904 24xlarge 5.856
m5d large .133 xlarge .266 2xlarge .532 4xlarge 1.064 8xlarge 2.128 12xlarge 3.192 16xlarge 4.256 24xlarge 6.384 metal 6.384
m5zn large .1927 xlarge .3854 2xlarge .7708 3xlarge 1.1562 6xlarge 2.3124 12xlarge 4.6248
m6g medium .0448 large .0896 xlarge .1792 2xlarge .3584 4xlarge .7168 8xlarge 1.4336 12xlarge 2.1504 16xlarge 2.8672
m6gd medium .053 large .106 xlarge .212 2xlarge .424 4xlarge .848 8xlarge 1.696 12xlarge 2.544 16xlarge 3.392
m6i large .112 xlarge .224 2xlarge .448 4xlarge .896 8xlarge 1.792 12xlarge 2.688 16xlarge 3.584 24xlarge 5.376 32xlarge 7.168 metal 7.168
r3 large .185 xlarge .371 2xlarge .741 4xlarge 1.482 8xlarge 2.964
r4 large .1482 xlarge .2964 2xlarge .5928 4xlarge 1.1856 8xlarge 2.3712 16xlarge 4.7424
r5 large .14 xlarge .28 2xlarge .56 4xlarge 1.12 8xlarge 2.24 12xlarge 3.36 16xlarge 4.48 24xlarge 6.72 metal 6.72
r5a large .126 xlarge .252 2xlarge .504 4xlarge 1.008 8xlarge 2.016 12xlarge 3.024 16xlarge 4.032 24xlarge 6.048
r5ad large .148 xlarge .296 2xlarge .592 4xlarge 1.184 8xlarge 2.368 12xlarge 3.552 16xlarge 4.736 24xlarge 7.104
r5d large .162 xlarge .324 2xlarge .648 4xlarge 1.296 8xlarge 2.592 12xlarge 3.888 16xlarge 5.184 24xlarge 7.776 metal 7.776
r5n large .169 xlarge .338 2xlarge .676 4xlarge 1.352 8xlarge 2.704 12xlarge 4.056 16xlarge 5.408 24xlarge 8.112 metal 8.112
r6g medium .056 large .112 xlarge .224 2xlarge .448 4xlarge .896 8xlarge 1.792 12xlarge 2.688 16xlarge 3.584
r6gd medium .065 large .13 xlarge .26 2xlarge .52 4xlarge 1.04 8xlarge 2.08 12xlarge 3.12 16xlarge 4.16
r6i large .14 xlarge .28 2xlarge .56 4xlarge 1.12 8xlarge 2.24 12xlarge 3.36 16xlarge 4.48 24xlarge 6.72 32xlarge 8.96 metal 8.96
t1 micro .025
t2 nano .0069 micro .0138 small .0276 medium .0552 large .1104 xlarge .2208 2xlarge .4416
t3 nano .0062 micro .0124 small .0248 medium .0496 large .0992 xlarge .1984 2xlarge .3968
t3a nano .0056 micro .0112 small .0223 medium .0446 large .0893 xlarge .1786 2xlarge .3571
t4g nano .005 micro .01 small .02 medium .04 large .08 xlarge .16 2xlarge .32
z1d large .211 xlarge .422 2xlarge .844 3xlarge 1.266 6xlarge 2.532 12xlarge 5.064 metal 5.064
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6a xlarge .1908 4xlarge .7632 8xlarge 1.5264 12xlarge 2.2896 24xlarge 4.5792 32xlarge 6.1056 48xlarge 9.1584
c6in large .14175 xlarge .2835 2xlarge .567 12xlarge 3.402 24xlarge 6.804 metal 9.072
c7g large .0901 xlarge .1802 4xlarge .7208 8xlarge 1.4416 metal 2.8832
c7gd large .1134 12xlarge 2.7216 16xlarge 3.6288 metal 3.6288
c7i-flex large .10574 xlarge .21147 2xlarge .42294 4xlarge .84588 8xlarge 1.69176 12xlarge 2.53764 16xlarge 3.38352
m6a 12xlarge 2.4192 16xlarge 3.2256 24xlarge 4.8384 32xlarge 6.4512 48xlarge 9.6768 metal 9.6768
m6idn large .18344 xlarge .36688 8xlarge 2.93504 12xlarge 4.40256 16xlarge 5.87008 32xlarge 11.74016 metal 11.74016
m6in xlarge .32488 4xlarge 1.29952 8xlarge 2.59904 32xlarge 10.39616 metal 10.39616
m7g medium .0476 large .0952 4xlarge .7616 12xlarge 2.2848
m7gd 2xlarge .5027 4xlarge 1.0055 8xlarge 2.011 16xlarge 4.0219 metal 4.0219
m7i-flex large .11172 xlarge .22344 2xlarge .44688 4xlarge .89376 8xlarge 1.78752 12xlarge 2.68128 16xlarge 3.57504
r6a large .126 2xlarge .504 32xlarge 8.064 48xlarge 12.096 metal 12.096
r7g xlarge .238 2xlarge .476 4xlarge .952 8xlarge 1.904 16xlarge 3.808 metal 3.808
r7gd medium .0765 large .1531 xlarge .3062 2xlarge .6124 8xlarge 2.4494 16xlarge 4.8989 metal 4.8989
r7i 2xlarge .588 4xlarge 1.176 8xlarge 2.352 24xlarge 7.056
x2idn 16xlarge 8.67
x2iedn xlarge 1.08375 2xlarge 2.1675 8xlarge 8.67 32xlarge 34.68 metal 34.68
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
x2iedn 24xlarge 26.01
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c6a large .0954 2xlarge .3816 metal 9.1584
m6a xlarge .2016
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m4 large .204 xlarge .408 2xlarge .817 4xlarge 1.634 10xlarge 4.086 16xlarge 6.528
db.m5 large .195 xlarge .39 2xlarge .78 4xlarge 1.56 8xlarge 3.12 12xlarge 4.68 16xlarge 6.24 24xlarge 9.36
db.m6g large .173 xlarge .347 2xlarge .693 4xlarge 1.387 8xlarge 2.773 12xlarge 4.16 16xlarge 5.547
db.r4 large .265 xlarge .53 2xlarge 1.061 4xlarge 2.122 8xlarge 4.243 16xlarge 8.486
db.r5 large .265 xlarge .53 2xlarge 1.06 4xlarge 2.12 8xlarge 4.24 12xlarge 6.36 16xlarge 8.48 24xlarge 12.72
db.r6g large .237 xlarge .474 2xlarge .949 4xlarge 1.897 8xlarge 3.795 12xlarge 5.692 16xlarge 7.59
db.t2 micro .022 small .044 medium .088 large .178 xlarge .356 2xlarge .712
db.t3 micro .022 small .044 medium .088 large .176 xlarge .352 2xlarge .704
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r4 large .32 xlarge .64 2xlarge 1.28 4xlarge 2.56 8xlarge 5.12 16xlarge 10.24
db.r5 large .32 xlarge .64 2xlarge 1.28 4xlarge 2.56 8xlarge 5.12 12xlarge 7.68 16xlarge 10.24 24xlarge 15.36
db.r6g large .286 xlarge .573 2xlarge 1.146 4xlarge 2.291 8xlarge 4.582 12xlarge 6.874 16xlarge 9.165
db.t3 medium .106 large .212
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t2 small .053 medium .106
db.t3 small .053
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m4 large .213 xlarge .426 2xlarge .852 4xlarge 1.705 10xlarge 4.263 16xlarge 6.82
db.m5 12xlarge 4.872 16xlarge 6.496 24xlarge 9.744
db.m6g 12xlarge 4.352 16xlarge 5.803
db.r4 large .28 xlarge .56 2xlarge 1.12 4xlarge 2.24 8xlarge 4.48 16xlarge 8.96
db.r5 12xlarge 6.72 16xlarge 8.96 24xlarge 13.44
db.r6g 12xlarge 6.043 16xlarge 8.057
db.t2 micro .024 small .048 medium .095 large .19 xlarge .38 2xlarge .76
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m4 large .182 xlarge .363 2xlarge .727 4xlarge 1.452 10xlarge 3.631
cache.m5 12xlarge 4.368 24xlarge 8.736
cache.m6g 12xlarge 3.557 16xlarge 4.743
cache.m7g 12xlarge 3.771 16xlarge 5.028
cache.r4 large .254 xlarge .507 2xlarge 1.014 4xlarge 2.028 8xlarge 4.056 16xlarge 8.112
cache.r5 12xlarge 5.775 24xlarge 11.55
cache.r6g 12xlarge 4.925 16xlarge 6.567
cache.r7g 12xlarge 5.236 16xlarge 6.981
cache.t2 micro .022 small .044 medium .088
`],
  [["elasticache.redis.*.hour"], "2025-04-24", `
cache.r6gd xlarge .781 2xlarge 1.56 4xlarge 3.12 8xlarge 6.24 12xlarge 9.358 16xlarge 12.477
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .182 xlarge .363 2xlarge .727 4xlarge 1.452
cache.m6g large .149 xlarge .297 2xlarge .593 4xlarge 1.186 8xlarge 2.372
cache.m7g large .158 xlarge .315 2xlarge .629 4xlarge 1.258 8xlarge 2.515
cache.r5 large .241 xlarge .48 2xlarge .961 4xlarge 1.921
cache.r6g large .206 xlarge .411 2xlarge .821 4xlarge 1.642 8xlarge 3.284
cache.r7g large .219 xlarge .437 2xlarge .873 4xlarge 1.746 8xlarge 3.491
cache.t3 micro .022 small .044 medium .088
cache.t4g micro .021 small .042 medium .084
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m4 large .1456 xlarge .2904 2xlarge .5816 4xlarge 1.1616 10xlarge 2.9048
cache.m5 12xlarge 3.4944 24xlarge 6.9888
cache.m6g 12xlarge 2.8456 16xlarge 3.7944
cache.m7g 12xlarge 3.0168 16xlarge 4.0224
cache.r4 large .2032 xlarge .4056 2xlarge .8112 4xlarge 1.6224 8xlarge 3.2448 16xlarge 6.4896
cache.r5 12xlarge 4.62 24xlarge 9.24
cache.r6g 12xlarge 3.94 16xlarge 5.2536
cache.r6gd xlarge .6248 2xlarge 1.248 4xlarge 2.496 8xlarge 4.992 12xlarge 7.4864 16xlarge 9.9816
cache.r7g 12xlarge 4.1888 16xlarge 5.5848
cache.t2 micro .0176 small .0352 medium .0704
`],
];
