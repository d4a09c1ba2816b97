import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-northeast-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
a1 medium .0321 large .0642 xlarge .1284 2xlarge .2568 4xlarge .5136 metal .514
c1 medium .158 xlarge .632
c3 large .128 xlarge .255 2xlarge .511 4xlarge 1.021 8xlarge 2.043
c4 large .126 xlarge .252 2xlarge .504 4xlarge 1.008 8xlarge 2.016
c5 large .107 xlarge .214 2xlarge .428 4xlarge .856 9xlarge 1.926 12xlarge 2.568 18xlarge 3.852 24xlarge 5.136 metal 5.136
c5a large .096 xlarge .192 2xlarge .384 4xlarge .768 8xlarge 1.536 12xlarge 2.304 16xlarge 3.072 24xlarge 4.608
c5d large .122 xlarge .244 2xlarge .488 4xlarge .976 9xlarge 2.196 12xlarge 2.928 18xlarge 4.392 24xlarge 5.856 metal 5.856
c5n large .136 xlarge .272 2xlarge .544 4xlarge 1.088 9xlarge 2.448 18xlarge 4.896 metal 4.896
c6g medium .0428 large .0856 xlarge .1712 2xlarge .3424 4xlarge .6848 8xlarge 1.3696 12xlarge 2.0544 16xlarge 2.7392
c6gd medium .049 large .098 xlarge .196 2xlarge .392 4xlarge .784 8xlarge 1.568 12xlarge 2.352 16xlarge 3.136
c6gn medium .0545 large .109 xlarge .218 2xlarge .436 4xlarge .872 8xlarge 1.744 12xlarge 2.616 16xlarge 3.488
c6i large .107 xlarge .214 2xlarge .428 4xlarge .856 8xlarge 1.712 12xlarge 2.568 16xlarge 3.424 24xlarge 5.136 32xlarge 6.848 metal 6.848
c6id large .1281 xlarge .2562 2xlarge .5124 4xlarge 1.0248 8xlarge 2.0496 12xlarge 3.0744 16xlarge 4.0992 24xlarge 6.1488 32xlarge 8.1984 metal 8.1984
cr1 8xlarge 4.105
d2 xlarge .844 2xlarge 1.688 4xlarge 3.376 8xlarge 6.752
d3 xlarge .724 2xlarge 1.448 4xlarge 2.897 8xlarge 5.79344
g2 2xlarge .898 8xlarge 3.592
g3 4xlarge 1.58 8xlarge 3.16 16xlarge 6.32
g3s xlarge 1.04
g4ad xlarge .51082 2xlarge .7303 4xlarge 1.17 8xlarge 2.34 16xlarge 4.68
g4dn xlarge .71 2xlarge 1.015 4xlarge 1.625 8xlarge 2.938 12xlarge 5.281 16xlarge 5.875 metal 10.562
g5 xlarge 1.459 2xlarge 1.75776 4xlarge 2.35528 8xlarge 3.55033 12xlarge 8.22609 16xlarge 5.94042 24xlarge 11.81123 48xlarge 23.62246
g5g xlarge .5669 2xlarge .7505 4xlarge 1.1176 8xlarge 1.8519 16xlarge 3.7039 metal 3.7039
i2 xlarge 1.001 2xlarge 2.001 4xlarge 4.002 8xlarge 8.004
i3 large .183 xlarge .366 2xlarge .732 4xlarge 1.464 8xlarge 2.928 16xlarge 5.856 metal 5.856
i3en large .266 xlarge .532 2xlarge 1.064 3xlarge 1.596 6xlarge 3.192 12xlarge 6.384 24xlarge 12.768 metal 12.768
i4i large .201 xlarge .403 2xlarge .805 4xlarge 1.61 8xlarge 3.221 16xlarge 6.442 32xlarge 12.8832 metal 12.883
im4gn large .21338 xlarge .42676 2xlarge .85351 4xlarge 1.70702 8xlarge 3.41405 16xlarge 6.8281
inf1 xlarge .308 2xlarge .489 6xlarge 1.594 24xlarge 6.376
is4gen medium .16958 large .33915 xlarge .6783 2xlarge 1.3566 4xlarge 2.7132 8xlarge 5.4264
m1 small .061 medium .122 large .243 xlarge .486
m2 xlarge .287 2xlarge .575 4xlarge 1.15
m3 medium .096 large .193 xlarge .385 2xlarge .77
m4 large .129 xlarge .258 2xlarge .516 4xlarge 1.032 10xlarge 2.58 16xlarge 4.128
m5 large .124 xlarge .248 2xlarge .496 4xlarge .992 8xlarge 1.984 12xlarge 2.976 16xlarge 3.968 24xlarge 5.952 metal 5.952
m5a large .112 xlarge .224 2xlarge .448 4xlarge .896 8xlarge 1.792 12xlarge 2.688 16xlarge 3.584 24xlarge 5.376
m5ad large .134 xlarge .268 2xlarge .536 4xlarge 1.072 8xlarge 2.144 12xlarge 3.216 16xlarge 4.288 24xlarge 6.432
m5d large .146 xlarge .292 2xlarge .584 4xlarge 1.168 8xlarge 2.336 12xlarge 3.504 16xlarge 4.672 24xlarge 7.008 metal 7.008
m5dn large .175 xlarge .35 2xlarge .7 4xlarge 1.4 8xlarge 2.8 12xlarge 4.2 16xlarge 5.6 24xlarge 8.4 metal 8.4
m5n large .153 xlarge .306 2xlarge .612 4xlarge 1.224 8xlarge 2.448 12xlarge 3.672 16xlarge 4.896 24xlarge 7.344 metal 7.344
m5zn large .2134 xlarge .4267 2xlarge .8534 3xlarge 1.2801 6xlarge 2.5602 12xlarge 5.1204
m6g medium .0495 large .099 xlarge .198 2xlarge .396 4xlarge .792 8xlarge 1.584 12xlarge 2.376 16xlarge 3.168
m6gd medium .0585 large .117 xlarge .234 2xlarge .468 4xlarge .936 8xlarge 1.872 12xlarge 2.808 16xlarge 3.744
m6i large .124 xlarge .248 2xlarge .496 4xlarge .992 8xlarge 1.984 12xlarge 2.976 16xlarge 3.968 24xlarge 5.952 32xlarge 7.936 metal 7.936
m6id large .1533 xlarge .3066 2xlarge .6132 4xlarge 1.2264 8xlarge 2.4528 12xlarge 3.6792 16xlarge 4.9056 24xlarge 7.3584 32xlarge 9.8112 metal 9.8112
p2 xlarge 1.542 8xlarge 12.336 16xlarge 24.672
p3 2xlarge 4.194 8xlarge 16.776 16xlarge 33.552
p3dn 24xlarge 42.783
r3 large .2 xlarge .399 2xlarge .798 4xlarge 1.596 8xlarge 3.192
r4 large .16 xlarge .32 2xlarge .64 4xlarge 1.28 8xlarge 2.56 16xlarge 5.12
r5 large .152 xlarge .304 2xlarge .608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864 24xlarge 7.296 metal 7.296
r5a large .137 xlarge .274 2xlarge .548 4xlarge 1.096 8xlarge 2.192 12xlarge 3.288 16xlarge 4.384 24xlarge 6.576
r5ad large .159 xlarge .318 2xlarge .636 4xlarge 1.272 8xlarge 2.544 12xlarge 3.816 16xlarge 5.088 24xlarge 7.632
r5b large .181 xlarge .362 2xlarge .724 4xlarge 1.448 8xlarge 2.896 12xlarge 4.344 16xlarge 5.792 24xlarge 8.688
r5d large .174 xlarge .348 2xlarge .696 4xlarge 1.392 8xlarge 2.784 12xlarge 4.176 16xlarge 5.568 24xlarge 8.352 metal 8.352
r5dn large .203 xlarge .406 2xlarge .812 4xlarge 1.624 8xlarge 3.248 12xlarge 4.872 16xlarge 6.496 24xlarge 9.744 metal 9.744
r5n large .181 xlarge .362 2xlarge .724 4xlarge 1.448 8xlarge 2.896 12xlarge 4.344 16xlarge 5.792 24xlarge 8.688 metal 8.688
r6g medium .0608 large .1216 xlarge .2432 2xlarge .4864 4xlarge .9728 8xlarge 1.9456 12xlarge 2.9184 16xlarge 3.8912
r6gd medium .0695 large .139 xlarge .278 2xlarge .556 4xlarge 1.112 8xlarge 2.224 12xlarge 3.336 16xlarge 4.448
r6i large .152 xlarge .304 2xlarge .608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864 24xlarge 7.296 32xlarge 9.728 metal 9.728
r6id large .1827 xlarge .3654 2xlarge .7308 4xlarge 1.4616 8xlarge 2.9232 12xlarge 4.3848 16xlarge 5.8464 24xlarge 8.7696 32xlarge 11.6928 metal 11.6928
t1 micro .026
t2 nano .0076 micro .0152 small .0304 medium .0608 large .1216 xlarge .2432 2xlarge .4864
t3 nano .0068 micro .0136 small .0272 medium .0544 large .1088 xlarge .2176 2xlarge .4352
t3a nano .0061 micro .0122 small .0245 medium .049 large .0979 xlarge .1958 2xlarge .3917
t4g nano .0054 micro .0108 small .0216 medium .0432 large .0864 xlarge .1728 2xlarge .3456
u-3tb1 56xlarge 32.9333
u-6tb1 56xlarge 55.9796 112xlarge 65.867
u-9tb1 112xlarge 98.8
u-12tb1 112xlarge 131.733
vt1 3xlarge .81824 6xlarge 1.63647 24xlarge 6.54588
x1 16xlarge 9.671 32xlarge 19.341
x1e xlarge 1.209 2xlarge 2.418 4xlarge 4.836 8xlarge 9.672 16xlarge 19.344 32xlarge 38.688
x2idn 16xlarge 9.6705 24xlarge 14.50575 32xlarge 19.341 metal 19.341
x2iedn xlarge 1.20881 2xlarge 2.41763 4xlarge 4.83525 8xlarge 9.6705 16xlarge 19.341 24xlarge 29.0115 32xlarge 38.682 metal 38.682
x2iezn 2xlarge 2.418 4xlarge 4.836 6xlarge 7.254 8xlarge 9.672 12xlarge 14.508 metal 14.508
z1d large .227 xlarge .454 2xlarge .908 3xlarge 1.362 6xlarge 2.724 12xlarge 5.448 metal 5.448
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6a large .0963 xlarge .1926 4xlarge .7704 24xlarge 4.6224 metal 9.2448
c6in xlarge .2856 2xlarge .5712 8xlarge 2.2848 16xlarge 4.5696 24xlarge 6.8544 32xlarge 9.1392
c7a medium .0646 xlarge .2584 2xlarge .5168 4xlarge 1.0336 8xlarge 2.0672 12xlarge 3.1008 32xlarge 8.2688 48xlarge 12.4032 metal-48xl 12.4032
c7g xlarge .1819 2xlarge .3638 4xlarge .7277 8xlarge 1.4554 metal 2.9107
c7gd medium .0577 large .1153 xlarge .2306 2xlarge .4612 8xlarge 1.8448 12xlarge 2.7672 16xlarge 3.6896 metal 3.6896
c7gn medium .0787 large .1574 xlarge .3148 2xlarge .6296 8xlarge 2.5184 16xlarge 5.0368 metal 5.0368
c7i 4xlarge .8988 12xlarge 2.6964 16xlarge 3.5952 24xlarge 5.3928 48xlarge 10.7856 metal-24xl 5.93208 metal-48xl 10.7856
c7i-flex large .10673 xlarge .21347 2xlarge .42693 4xlarge .85386 8xlarge 1.70772 12xlarge 2.56158 16xlarge 3.41544
d3en xlarge .762 2xlarge 1.525 4xlarge 3.049 6xlarge 4.574 8xlarge 6.0984 12xlarge 9.1476
g6 xlarge 1.1672 24xlarge 9.68103 48xlarge 19.36206
g6e xlarge 2.699 2xlarge 3.25168 8xlarge 6.56775 16xlarge 10.98917 48xlarge 43.69912
i4i 12xlarge 4.831 24xlarge 9.6624
i7ie 3xlarge 1.8354 12xlarge 7.3416 24xlarge 14.6832
m6a large .1116 2xlarge .4464 8xlarge 1.7856 12xlarge 2.6784 32xlarge 7.1424 48xlarge 10.7136 metal 10.7136
m6idn xlarge .4095 2xlarge .819 4xlarge 1.638 12xlarge 4.914 16xlarge 6.552 24xlarge 9.828 metal 13.104
m6in large .17901 xlarge .35802 4xlarge 1.43208 8xlarge 2.86416 16xlarge 5.72832 32xlarge 11.45664 metal 11.45664
m7a medium .07487 large .14973 xlarge .29946 2xlarge .59892 4xlarge 1.19784 24xlarge 7.18704 48xlarge 14.37408 metal-48xl 14.37408
m7g medium .0527 large .1054 16xlarge 3.3728 metal 3.3728
m7gd 4xlarge 1.1038 metal 4.415
m7i large .1302 xlarge .2604 2xlarge .5208 12xlarge 3.1248 16xlarge 4.1664 48xlarge 12.4992 metal-24xl 6.87456 metal-48xl 12.4992
m7i-flex large .12369 xlarge .24738 2xlarge .49476 4xlarge .98952 8xlarge 1.97904 12xlarge 2.96856 16xlarge 3.95808
r6a 2xlarge .5472 8xlarge 2.1888 12xlarge 3.2832 16xlarge 4.3776 24xlarge 6.5664 32xlarge 8.7552 48xlarge 13.1328
r6idn large .23751 2xlarge .95004 12xlarge 5.70024 16xlarge 7.60032 32xlarge 15.20064 metal 15.20064
r6in large .21177 xlarge .42354 12xlarge 5.08248 16xlarge 6.77664 24xlarge 10.16496
r7a medium .09177 large .18354 xlarge .36708 2xlarge .73416 8xlarge 2.93664 24xlarge 8.80992 32xlarge 11.74656 48xlarge 17.61984
r7g large .1292 xlarge .2584 2xlarge .5168 4xlarge 1.0336 16xlarge 4.1344 metal 4.1344
r7gd 2xlarge .6577 4xlarge 1.3154 8xlarge 2.6309 12xlarge 3.9463 16xlarge 5.2618 metal 5.2618
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
c7g medium .0455 large .091 12xlarge 2.183 16xlarge 2.9107
m6in 12xlarge 4.29624
r6idn 8xlarge 3.80016
r7g medium .0646
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c6a 12xlarge 2.3112 32xlarge 6.1632
m6a 4xlarge .8928
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m4 large .254 xlarge .508 2xlarge 1.017 4xlarge 2.034 10xlarge 5.087 16xlarge 8.128
db.m5 large .235 xlarge .47 2xlarge .94 4xlarge 1.88 8xlarge 3.76 12xlarge 5.64 16xlarge 7.52 24xlarge 11.28
db.m6g large .209 xlarge .418 2xlarge .836 4xlarge 1.671 8xlarge 3.342 12xlarge 5.013 16xlarge 6.684
db.r4 large .285 xlarge .57 2xlarge 1.141 4xlarge 2.282 8xlarge 4.563 16xlarge 9.126
db.r5 large .285 xlarge .57 2xlarge 1.14 4xlarge 2.28 8xlarge 4.56 12xlarge 6.84 16xlarge 9.12 24xlarge 13.68
db.r6g large .255 xlarge .51 2xlarge 1.02 4xlarge 2.041 8xlarge 4.081 12xlarge 6.122 16xlarge 8.162
db.t2 micro .026 small .052 medium .104 large .209 xlarge .418 2xlarge .836
db.t3 micro .026 small .052 medium .104 large .208 xlarge .416 2xlarge .832
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r4 large .35 xlarge .7 2xlarge 1.4 4xlarge 2.8 8xlarge 5.6 16xlarge 11.2
db.r5 large .35 xlarge .7 2xlarge 1.4 4xlarge 2.8 8xlarge 5.6 12xlarge 8.4 16xlarge 11.2 24xlarge 16.8
db.r6g large .313 xlarge .627 2xlarge 1.253 4xlarge 2.506 8xlarge 5.012 12xlarge 7.518 16xlarge 10.024
db.t3 medium .125 large .25
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t2 small .063 medium .125
db.t3 small .063
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m4 large .265 xlarge .53 2xlarge 1.061 4xlarge 2.122 10xlarge 5.307 16xlarge 8.488
db.m5 12xlarge 5.928 16xlarge 7.904 24xlarge 11.856
db.m6g 12xlarge 5.295 16xlarge 7.06
db.r4 large .3 xlarge .6 2xlarge 1.2 4xlarge 2.4 8xlarge 4.8 16xlarge 9.6
db.r5 12xlarge 7.2 16xlarge 9.6 24xlarge 14.4
db.r6g 12xlarge 6.474 16xlarge 8.632
db.t2 micro .028 small .056 medium .112 large .224 xlarge .448 2xlarge .896
`],
  [["rds.mysql.*.single_az.hour"], "2026-09-11", `
db.t4g micro .025
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m4 large .226 xlarge .452 2xlarge .904 4xlarge 1.808 10xlarge 4.52
cache.m5 12xlarge 4.821 24xlarge 9.642
cache.m6g 12xlarge 4.583 16xlarge 6.111
cache.m7g 12xlarge 4.858 16xlarge 6.478
cache.r4 large .273 xlarge .546 2xlarge 1.092 4xlarge 2.184 8xlarge 4.368 16xlarge 8.736
cache.r5 12xlarge 6.207 24xlarge 12.414
cache.r6g 12xlarge 5.906 16xlarge 7.874
cache.r7g 12xlarge 6.278 16xlarge 8.37
cache.t2 micro .026 small .052 medium .104
`],
  [["elasticache.redis.*.hour"], "2025-04-24", `
cache.r6gd xlarge .937 2xlarge 1.872 4xlarge 3.741 8xlarge 7.48 12xlarge 11.221 16xlarge 14.961
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .201 xlarge .402 2xlarge .804 4xlarge 1.607
cache.m6g large .191 xlarge .382 2xlarge .764 4xlarge 1.528 8xlarge 3.056
cache.m7g large .202 xlarge .405 2xlarge .81 4xlarge 1.62 8xlarge 3.239
cache.r5 large .259 xlarge .517 2xlarge 1.035 4xlarge 2.069
cache.r6g large .247 xlarge .493 2xlarge .985 4xlarge 1.969 8xlarge 3.937
cache.r7g large .263 xlarge .524 2xlarge 1.047 4xlarge 2.093 8xlarge 4.185
cache.t3 micro .026 small .052 medium .103
cache.t4g micro .025 small .049 medium .098
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m4 large .1808 xlarge .3616 2xlarge .7232 4xlarge 1.4464 10xlarge 3.616
cache.m5 12xlarge 3.8568 24xlarge 7.7136
cache.m6g 12xlarge 3.6664 16xlarge 4.8888
cache.m7g 12xlarge 3.8864 16xlarge 5.1824
cache.r4 large .2184 xlarge .4368 2xlarge .8736 4xlarge 1.7472 8xlarge 3.4944 16xlarge 6.9888
cache.r5 12xlarge 4.9656 24xlarge 9.9312
cache.r6g 12xlarge 4.7248 16xlarge 6.2992
cache.r6gd xlarge .7496 2xlarge 1.4976 4xlarge 2.9928 8xlarge 5.984 12xlarge 8.9768 16xlarge 11.9688
cache.r7g 12xlarge 5.0224 16xlarge 6.696
cache.t2 micro .0208 small .0416 medium .0832
`],
];
