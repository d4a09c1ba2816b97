import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in eu-west-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
a1 medium .0288 large .0576 xlarge .1152 2xlarge .2304 4xlarge .4608 metal .461
c1 medium .148 xlarge .592
c3 large .12 xlarge .239 2xlarge .478 4xlarge .956 8xlarge 1.912
c4 large .113 xlarge .226 2xlarge .453 4xlarge .905 8xlarge 1.811
c5 large .096 xlarge .192 2xlarge .384 4xlarge .768 9xlarge 1.728 12xlarge 2.304 18xlarge 3.456 24xlarge 4.608 metal 4.608
c5a large .086 xlarge .172 2xlarge .344 4xlarge .688 8xlarge 1.376 12xlarge 2.064 16xlarge 2.752 24xlarge 4.128
c5ad large .098 xlarge .196 2xlarge .392 4xlarge .784 8xlarge 1.568 12xlarge 2.352 16xlarge 3.136 24xlarge 4.704
c5d large .109 xlarge .218 2xlarge .436 4xlarge .872 9xlarge 1.962 12xlarge 2.616 18xlarge 3.924 24xlarge 5.232 metal 5.232
c5n large .122 xlarge .244 2xlarge .488 4xlarge .976 9xlarge 2.196 18xlarge 4.392 metal 4.392
c6a large .08208 xlarge .16416 2xlarge .32832 4xlarge .65664 8xlarge 1.31328 12xlarge 1.96992 16xlarge 2.62656 24xlarge 3.93984 32xlarge 5.25312 48xlarge 7.87968 metal 7.87968
c6g medium .0365 large .073 xlarge .1459 2xlarge .2918 4xlarge .5837 8xlarge 1.1674 12xlarge 1.751 16xlarge 2.3347
c6gd medium .0436 large .0872 xlarge .1744 2xlarge .3488 4xlarge .6976 8xlarge 1.3952 12xlarge 2.0928 16xlarge 2.7904
c6gn medium .0488 large .0976 xlarge .1952 2xlarge .3904 4xlarge .7808 8xlarge 1.5616 12xlarge 2.3424 16xlarge 3.1232
c6i large .0912 xlarge .1824 2xlarge .3648 4xlarge .7296 8xlarge 1.4592 12xlarge 2.1888 16xlarge 2.9184 24xlarge 4.3776 32xlarge 5.8368 metal 5.8368
c6id large .11445 xlarge .2289 2xlarge .4578 4xlarge .9156 8xlarge 1.8312 12xlarge 2.7468 16xlarge 3.6624 24xlarge 5.4936 32xlarge 7.3248 metal 7.3248
c6in large .1281 xlarge .2562 2xlarge .5124 4xlarge 1.0248 8xlarge 2.0496 12xlarge 3.0744 16xlarge 4.0992 24xlarge 6.1488 32xlarge 8.1984
c7g medium .0388 large .0775 xlarge .155 2xlarge .3101 4xlarge .6202 8xlarge 1.2403 12xlarge 1.8605 16xlarge 2.4806
cr1 8xlarge 3.75
d2 xlarge .735 2xlarge 1.47 4xlarge 2.94 8xlarge 5.88
d3 xlarge .609 2xlarge 1.219 4xlarge 2.437 8xlarge 4.87448
d3en xlarge .641 2xlarge 1.283 4xlarge 2.566 6xlarge 3.848 8xlarge 5.13104 12xlarge 7.69656
f1 2xlarge 1.815 4xlarge 3.63 16xlarge 14.52
g2 2xlarge .702 8xlarge 2.808
g3 4xlarge 1.21 8xlarge 2.42 16xlarge 4.84
g3s xlarge .796
g4ad xlarge .42263 2xlarge .60421 4xlarge .968 8xlarge 1.936 16xlarge 3.872
g4dn xlarge .587 2xlarge .838 4xlarge 1.342 8xlarge 2.426 12xlarge 4.362 16xlarge 4.853 metal 8.724
g5 xlarge 1.123 2xlarge 1.35296 4xlarge 1.81287 8xlarge 2.73271 12xlarge 6.33167 16xlarge 4.57237 24xlarge 9.09117 48xlarge 18.18233
h1 2xlarge .519 4xlarge 1.038 8xlarge 2.076 16xlarge 4.152
i2 xlarge .938 2xlarge 1.876 4xlarge 3.751 8xlarge 7.502
i3 large .172 xlarge .344 2xlarge .688 4xlarge 1.376 8xlarge 2.752 16xlarge 5.504 metal 5.504
i3en large .25 xlarge .5 2xlarge 1 3xlarge 1.5 6xlarge 3 12xlarge 6 24xlarge 12 metal 12
i4i large .189 xlarge .378 2xlarge .757 4xlarge 1.514 8xlarge 3.027 16xlarge 6.054 32xlarge 12.1088 metal 12.109
im4gn large .20055 xlarge .4011 2xlarge .80221 4xlarge 1.60442 8xlarge 3.20883 16xlarge 6.41766
inf1 xlarge .254 2xlarge .403 6xlarge 1.315 24xlarge 5.26
is4gen medium .15938 large .31875 xlarge .6375 2xlarge 1.275 4xlarge 2.55 8xlarge 5.1
m1 small .047 medium .095 large .19 xlarge .379
m2 xlarge .275 2xlarge .55 4xlarge 1.1
m3 medium .073 large .146 xlarge .293 2xlarge .585
m4 large .111 xlarge .222 2xlarge .444 4xlarge .888 10xlarge 2.22 16xlarge 3.552
m5 large .107 xlarge .214 2xlarge .428 4xlarge .856 8xlarge 1.712 12xlarge 2.568 16xlarge 3.424 24xlarge 5.136 metal 5.136
m5a large .096 xlarge .192 2xlarge .384 4xlarge .768 8xlarge 1.536 12xlarge 2.304 16xlarge 3.072 24xlarge 4.608
m5ad large .115 xlarge .23 2xlarge .46 4xlarge .92 8xlarge 1.84 12xlarge 2.76 16xlarge 3.68 24xlarge 5.52
m5d large .126 xlarge .252 2xlarge .504 4xlarge 1.008 8xlarge 2.016 12xlarge 3.024 16xlarge 4.032 24xlarge 6.048 metal 6.048
m5dn large .152 xlarge .304 2xlarge .608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864 24xlarge 7.296 metal 7.296
m5n large .133 xlarge .266 2xlarge .532 4xlarge 1.064 8xlarge 2.128 12xlarge 3.192 16xlarge 4.256 24xlarge 6.384
m5zn large .1841 xlarge .3682 2xlarge .7364 3xlarge 1.1046 6xlarge 2.2092 12xlarge 4.4184
m6a large .0963 xlarge .1926 2xlarge .3852 4xlarge .7704 8xlarge 1.5408 12xlarge 2.3112 16xlarge 3.0816 24xlarge 4.6224 32xlarge 6.1632 48xlarge 9.2448 metal 9.2448
m6g medium .043 large .086 xlarge .172 2xlarge .344 4xlarge .688 8xlarge 1.376 12xlarge 2.064 16xlarge 2.752
m6gd medium .0504 large .1008 xlarge .2016 2xlarge .4032 4xlarge .8064 8xlarge 1.6128 12xlarge 2.4192 16xlarge 3.2256
m6i large .107 xlarge .214 2xlarge .428 4xlarge .856 8xlarge 1.712 12xlarge 2.568 16xlarge 3.424 24xlarge 5.136 32xlarge 6.848 metal 6.848
m6id large .1323 xlarge .2646 2xlarge .5292 4xlarge 1.0584 8xlarge 2.1168 12xlarge 3.1752 16xlarge 4.2336 24xlarge 6.3504 32xlarge 8.4672 metal 8.4672
m6idn large .17784 xlarge .35568 2xlarge .71136 4xlarge 1.42272 8xlarge 2.84544 12xlarge 4.26816 16xlarge 5.69088 24xlarge 8.53632 32xlarge 11.38176
m6in large .15561 xlarge .31122 2xlarge .62244 4xlarge 1.24488 8xlarge 2.48976 12xlarge 3.73464 16xlarge 4.97952 24xlarge 7.46928 32xlarge 9.95904
p2 xlarge .972 8xlarge 7.776 16xlarge 15.552
p3 2xlarge 3.305 8xlarge 13.22 16xlarge 26.44
p3dn 24xlarge 33.711
r3 large .185 xlarge .371 2xlarge .741 4xlarge 1.482 8xlarge 2.964
r4 large .1482 xlarge .2964 2xlarge .5928 4xlarge 1.1856 8xlarge 2.3712 16xlarge 4.7424
r5 large .141 xlarge .282 2xlarge .564 4xlarge 1.128 8xlarge 2.256 12xlarge 3.384 16xlarge 4.512 24xlarge 6.768 metal 6.768
r5a large .127 xlarge .254 2xlarge .508 4xlarge 1.016 8xlarge 2.032 12xlarge 3.048 16xlarge 4.064 24xlarge 6.096
r5ad large .146 xlarge .292 2xlarge .584 4xlarge 1.168 8xlarge 2.336 12xlarge 3.504 16xlarge 4.672 24xlarge 7.008
r5b large .167 xlarge .334 2xlarge .668 4xlarge 1.336 8xlarge 2.672 12xlarge 4.008 16xlarge 5.344 24xlarge 8.016
r5d large .16 xlarge .32 2xlarge .64 4xlarge 1.28 8xlarge 2.56 12xlarge 3.84 16xlarge 5.12 24xlarge 7.68 metal 7.68
r5dn large .186 xlarge .372 2xlarge .744 4xlarge 1.488 8xlarge 2.976 12xlarge 4.464 16xlarge 5.952 24xlarge 8.928 metal 8.928
r5n large .167 xlarge .334 2xlarge .668 4xlarge 1.336 8xlarge 2.672 12xlarge 4.008 16xlarge 5.344 24xlarge 8.016 metal 8.016
r6a large .1269 xlarge .2538 2xlarge .5076 4xlarge 1.0152 8xlarge 2.0304 12xlarge 3.0456 16xlarge 4.0608 24xlarge 6.0912 32xlarge 8.1216 48xlarge 12.1824 metal 12.1824
r6g medium .0564 large .1128 xlarge .2256 2xlarge .4512 4xlarge .9024 8xlarge 1.8048 12xlarge 2.7072 16xlarge 3.6096
r6gd medium .064 large .128 xlarge .256 2xlarge .512 4xlarge 1.024 8xlarge 2.048 12xlarge 3.072 16xlarge 4.096
r6i large .141 xlarge .282 2xlarge .564 4xlarge 1.128 8xlarge 2.256 12xlarge 3.384 16xlarge 4.512 24xlarge 6.768 32xlarge 9.024 metal 9.024
r6id large .168 xlarge .336 2xlarge .672 4xlarge 1.344 8xlarge 2.688 12xlarge 4.032 16xlarge 5.376 24xlarge 8.064 32xlarge 10.752 metal 10.752
r6idn large .21762 xlarge .43524 2xlarge .87048 4xlarge 1.74096 8xlarge 3.48192 12xlarge 5.22288 16xlarge 6.96384 24xlarge 10.44576 32xlarge 13.92768
r6in large .19539 xlarge .39078 2xlarge .78156 4xlarge 1.56312 8xlarge 3.12624 12xlarge 4.68936 16xlarge 6.25248 24xlarge 9.37872 32xlarge 12.50496
t1 micro .02
t2 nano .0063 micro .0126 small .025 medium .05 large .1008 xlarge .2016 2xlarge .4032
t3 nano .0057 micro .0114 small .0228 medium .0456 large .0912 xlarge .1824 2xlarge .3648
t3a nano .0051 micro .0102 small .0204 medium .0408 large .0816 xlarge .1632 2xlarge .3264
t4g nano .0046 micro .0092 small .0184 medium .0368 large .0736 xlarge .1472 2xlarge .2944
u-3tb1 56xlarge 30.55
u-6tb1 56xlarge 51.92818 112xlarge 61.1
u-9tb1 112xlarge 91.65
u-12tb1 112xlarge 122.2
u-18tb1 112xlarge 183.3
vt1 3xlarge .73412 6xlarge 1.46824 24xlarge 5.87294
x1 16xlarge 8.003 32xlarge 16.006
x1e xlarge 1 2xlarge 2 4xlarge 4 8xlarge 8 16xlarge 16 32xlarge 32
x2gd medium .1 large .2 xlarge .4 2xlarge .8 4xlarge 1.6 8xlarge 3.2 12xlarge 4.8 16xlarge 6.4
x2idn 16xlarge 8.003 24xlarge 12.0045 32xlarge 16.006 metal 16.006
x2iedn xlarge 1.00038 2xlarge 2.00075 4xlarge 4.0015 8xlarge 8.003 16xlarge 16.006 24xlarge 24.009 32xlarge 32.012 metal 32.012
x2iezn 2xlarge 2 4xlarge 4 6xlarge 6 8xlarge 8 12xlarge 12 metal 12
z1d large .208 xlarge .416 2xlarge .832 3xlarge 1.248 6xlarge 2.496 12xlarge 4.992 metal 4.992
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6in metal 8.1984
c7a medium .05506 xlarge .22024 8xlarge 1.76192 12xlarge 2.64288 16xlarge 3.52384 48xlarge 10.57152
c7g metal 2.4806
c7gd xlarge .206 8xlarge 1.648 12xlarge 2.472 16xlarge 3.296 metal 3.296
c7gn medium .0705 large .141 xlarge .282 4xlarge 1.128 8xlarge 2.256 16xlarge 4.512 metal 4.512
c7i-flex large .09097 xlarge .18194 2xlarge .36389 4xlarge .72778 8xlarge 1.45555 12xlarge 2.18333 16xlarge 2.9111
i4g large .1702 4xlarge 1.36159
m6in metal 9.95904
m7a medium .0646 large .1292 xlarge .2584 2xlarge .5168 4xlarge 1.0336 12xlarge 3.1008 24xlarge 6.2016 32xlarge 8.2688 48xlarge 12.4032 metal-48xl 12.4032
m7g medium .0455 large .091 xlarge .1819 4xlarge .7276 8xlarge 1.4552 12xlarge 2.1828
m7gd medium .0595 large .1191 xlarge .2381 2xlarge .4763 4xlarge .9526 8xlarge 1.9051 12xlarge 2.8577 16xlarge 3.8102 metal 3.8102
m7i xlarge .2247 4xlarge .8988 8xlarge 1.7976 16xlarge 3.5952 24xlarge 5.3928 48xlarge 10.7856 metal-24xl 5.93208
m7i-flex large .10673 xlarge .21346 2xlarge .42692 4xlarge .85384 8xlarge 1.70768 12xlarge 2.56152 16xlarge 3.41536
r6idn metal 13.92768
r6in metal 12.50496
r7a medium .08513 large .17026 xlarge .34052 2xlarge .68104 8xlarge 2.72416 12xlarge 4.08624 16xlarge 5.44832 24xlarge 8.17248 metal-48xl 16.34496
r7g large .1199 2xlarge .4794 4xlarge .9588 metal 3.8352
r7gd medium .0756 2xlarge .6048 4xlarge 1.2096 12xlarge 3.6288 16xlarge 4.8384
r7i large .14805 xlarge .2961 4xlarge 1.1844 metal-48xl 14.2128
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
m7g 2xlarge .3638 16xlarge 2.9104 metal 2.9104
m7i 2xlarge .4494
r7g medium .0599 xlarge .2397 8xlarge 1.9176 12xlarge 2.8764 16xlarge 3.8352
r7gd large .1512
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m4 large .193 xlarge .386 2xlarge .772 4xlarge 1.545 10xlarge 3.864 16xlarge 6.176
db.m5 large .189 xlarge .378 2xlarge .756 4xlarge 1.512 8xlarge 3.02 12xlarge 4.536 16xlarge 6.05 24xlarge 9.072
db.m6g large .168 xlarge .336 2xlarge .672 4xlarge 1.344 8xlarge 2.688 12xlarge 4.032 16xlarge 5.376
db.r4 large .265 xlarge .53 2xlarge 1.06 4xlarge 2.12 8xlarge 4.24 16xlarge 8.48
db.r5 large .265 xlarge .53 2xlarge 1.06 4xlarge 2.12 8xlarge 4.24 12xlarge 6.36 16xlarge 8.48 24xlarge 12.72
db.r6g large .237 xlarge .474 2xlarge .949 4xlarge 1.897 8xlarge 3.795 12xlarge 5.692 16xlarge 7.59
db.t2 micro .018 small .036 medium .073 large .146 xlarge .292 2xlarge .584
db.t3 micro .018 small .036 medium .072 large .144 xlarge .288 2xlarge .576
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r4 large .32 xlarge .64 2xlarge 1.28 4xlarge 2.56 8xlarge 5.12 16xlarge 10.24
db.r5 large .32 xlarge .64 2xlarge 1.28 4xlarge 2.56 8xlarge 5.12 12xlarge 7.68 16xlarge 10.24 24xlarge 15.36
db.r6g large .286 xlarge .573 2xlarge 1.146 4xlarge 2.291 8xlarge 4.582 12xlarge 6.874 16xlarge 9.165
db.t3 medium .088 large .176
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t2 small .044 medium .088
db.t3 small .044
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m4 large .201 xlarge .403 2xlarge .806 4xlarge 1.612 10xlarge 4.031 16xlarge 6.448
db.m5 12xlarge 4.728 16xlarge 6.304 24xlarge 9.456
db.m6g 12xlarge 4.223 16xlarge 5.631
db.r4 large .28 xlarge .56 2xlarge 1.12 4xlarge 2.24 8xlarge 4.48 16xlarge 8.96
db.r5 12xlarge 6.72 16xlarge 8.96 24xlarge 13.44
db.r6g 12xlarge 6.043 16xlarge 8.057
db.t2 micro .02 small .039 medium .078 large .156 xlarge .312 2xlarge .624
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.c7gn large .288 xlarge .575 2xlarge 1.151 4xlarge 2.301 8xlarge 4.602 12xlarge 6.903 16xlarge 9.204
cache.m4 large .172 xlarge .343 2xlarge .686 4xlarge 1.373 10xlarge 3.433
cache.m5 12xlarge 4.128 24xlarge 8.256
cache.m6g 12xlarge 3.922 16xlarge 5.229
cache.m7g 12xlarge 4.157 16xlarge 5.543
cache.r4 large .254 xlarge .507 2xlarge 1.014 4xlarge 2.028 8xlarge 4.056 16xlarge 8.112
cache.r5 12xlarge 5.775 24xlarge 11.55
cache.r6g 12xlarge 5.495 16xlarge 7.327
cache.r7g 12xlarge 5.841 16xlarge 7.789
cache.t2 micro .018 small .036 medium .073
`],
  [["elasticache.redis.*.hour"], "2025-04-24", `
cache.r6gd xlarge .87 2xlarge 1.74 4xlarge 3.481 8xlarge 6.962 12xlarge 10.441 16xlarge 13.921
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .172 xlarge .343 2xlarge .686 4xlarge 1.373
cache.m6g large .164 xlarge .327 2xlarge .654 4xlarge 1.308 8xlarge 2.615
cache.m7g large .174 xlarge .347 2xlarge .693 4xlarge 1.386 8xlarge 2.772
cache.r5 large .241 xlarge .48 2xlarge .961 4xlarge 1.921
cache.r6g large .229 xlarge .458 2xlarge .916 4xlarge 1.832 8xlarge 3.664
cache.r7g large .243 xlarge .487 2xlarge .974 4xlarge 1.947 8xlarge 3.895
cache.t3 micro .018 small .036 medium .072
cache.t4g micro .017 small .034 medium .068
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.c7gn large .2304 xlarge .46 2xlarge .9208 4xlarge 1.8408 8xlarge 3.6816 12xlarge 5.5224 16xlarge 7.3632
cache.m4 large .1376 xlarge .2744 2xlarge .5488 4xlarge 1.0984 10xlarge 2.7464
cache.m5 12xlarge 3.3024 24xlarge 6.6048
cache.m6g 12xlarge 3.1376 16xlarge 4.1832
cache.m7g 12xlarge 3.3256 16xlarge 4.4344
cache.r4 large .2032 xlarge .4056 2xlarge .8112 4xlarge 1.6224 8xlarge 3.2448 16xlarge 6.4896
cache.r5 12xlarge 4.62 24xlarge 9.24
cache.r6g 12xlarge 4.396 16xlarge 5.8616
cache.r6gd xlarge .696 2xlarge 1.392 4xlarge 2.7848 8xlarge 5.5696 12xlarge 8.3528 16xlarge 11.1368
cache.r7g 12xlarge 4.6728 16xlarge 6.2312
cache.t2 micro .0144 small .0288 medium .0584
`],
];
