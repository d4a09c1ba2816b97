import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-southeast-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
a1 medium .0294 large .0588 xlarge .1176 2xlarge .2352 4xlarge .4704 metal .47
c1 medium .164 xlarge .655
c3 large .132 xlarge .265 2xlarge .529 4xlarge 1.058 8xlarge 2.117
c4 large .115 xlarge .231 2xlarge .462 4xlarge .924 8xlarge 1.848
c5 large .098 xlarge .196 2xlarge .392 4xlarge .784 9xlarge 1.764 12xlarge 2.352 18xlarge 3.528 24xlarge 4.704 metal 4.704
c5a large .088 xlarge .176 2xlarge .352 4xlarge .704 8xlarge 1.408 12xlarge 2.112 16xlarge 2.816 24xlarge 4.224
c5ad large .101 xlarge .202 2xlarge .404 4xlarge .808 8xlarge 1.616 12xlarge 2.424 16xlarge 3.232 24xlarge 4.848
c5d large .112 xlarge .224 2xlarge .448 4xlarge .896 9xlarge 2.016 12xlarge 2.688 18xlarge 4.032 24xlarge 5.376 metal 5.376
c5n large .124 xlarge .248 2xlarge .496 4xlarge .992 9xlarge 2.232 18xlarge 4.464 metal 4.464
c6g medium .0392 large .0784 xlarge .1568 2xlarge .3136 4xlarge .6272 8xlarge 1.2544 12xlarge 1.8816 16xlarge 2.5088
c6gd medium .045 large .09 xlarge .18 2xlarge .36 4xlarge .72 8xlarge 1.44 12xlarge 2.16 16xlarge 2.88
c6gn medium .0495 large .099 xlarge .198 2xlarge .396 4xlarge .792 8xlarge 1.584 12xlarge 2.376 16xlarge 3.168
c6i large .098 xlarge .196 2xlarge .392 4xlarge .784 8xlarge 1.568 12xlarge 2.352 16xlarge 3.136 24xlarge 4.704 32xlarge 6.272 metal 6.272
d2 xlarge .87 2xlarge 1.74 4xlarge 3.48 8xlarge 6.96
d3 xlarge .626 2xlarge 1.252 4xlarge 2.504 8xlarge 5.00808
g2 2xlarge 1 8xlarge 4
g3 4xlarge 1.67 8xlarge 3.34 16xlarge 6.68
g4dn xlarge .736 2xlarge 1.052 4xlarge 1.685 8xlarge 3.045 12xlarge 5.474 16xlarge 6.089 metal 10.948
g5g xlarge .5877 2xlarge .778 4xlarge 1.1586 8xlarge 1.9198 16xlarge 3.8395 metal 3.8395
i2 xlarge 1.018 2xlarge 2.035 4xlarge 4.07 8xlarge 8.14
i3 large .187 xlarge .374 2xlarge .748 4xlarge 1.496 8xlarge 2.992 16xlarge 5.984 metal 5.984
i3en large .271 xlarge .542 2xlarge 1.084 3xlarge 1.626 6xlarge 3.252 12xlarge 6.504 24xlarge 13.008 metal 13.008
i4i large .206 xlarge .411 2xlarge .823 4xlarge 1.646 8xlarge 3.291 16xlarge 6.582 32xlarge 13.1648 metal 13.165
im4gn large .21804 xlarge .43608 2xlarge .87217 4xlarge 1.74434 8xlarge 3.48867 16xlarge 6.97734
inf1 xlarge .308 2xlarge .489 6xlarge 1.594 24xlarge 6.376
is4gen medium .17276 large .34553 xlarge .69105 2xlarge 1.3821 4xlarge 2.76421 8xlarge 5.52842
m1 small .058 medium .117 large .233 xlarge .467
m2 xlarge .296 2xlarge .592 4xlarge 1.183
m3 medium .098 large .196 xlarge .392 2xlarge .784
m4 large .125 xlarge .25 2xlarge .5 4xlarge 1 10xlarge 2.5 16xlarge 4
m5 large .12 xlarge .24 2xlarge .48 4xlarge .96 8xlarge 1.92 12xlarge 2.88 16xlarge 3.84 24xlarge 5.76 metal 5.76
m5a large .108 xlarge .216 2xlarge .432 4xlarge .864 8xlarge 1.728 12xlarge 2.592 16xlarge 3.456 24xlarge 5.184
m5ad large .129 xlarge .258 2xlarge .516 4xlarge 1.032 8xlarge 2.064 12xlarge 3.096 16xlarge 4.128 24xlarge 6.192
m5d large .141 xlarge .282 2xlarge .564 4xlarge 1.128 8xlarge 2.256 12xlarge 3.384 16xlarge 4.512 24xlarge 6.768 metal 6.768
m5dn large .167 xlarge .334 2xlarge .668 4xlarge 1.336 8xlarge 2.672 12xlarge 4.008 16xlarge 5.344 24xlarge 8.016 metal 8.016
m5n large .146 xlarge .292 2xlarge .584 4xlarge 1.168 8xlarge 2.336 12xlarge 3.504 16xlarge 4.672 24xlarge 7.008 metal 7.008
m5zn large .2065 xlarge .413 2xlarge .826 3xlarge 1.239 6xlarge 2.478 12xlarge 4.956
m6g medium .048 large .096 xlarge .192 2xlarge .384 4xlarge .768 8xlarge 1.536 12xlarge 2.304 16xlarge 3.072
m6gd medium .0565 large .113 xlarge .226 2xlarge .452 4xlarge .904 8xlarge 1.808 12xlarge 2.712 16xlarge 3.616
m6i large .12 xlarge .24 2xlarge .48 4xlarge .96 8xlarge 1.92 12xlarge 2.88 16xlarge 3.84 24xlarge 5.76 32xlarge 7.68 metal 7.68
p2 xlarge 1.718 8xlarge 13.744 16xlarge 27.488
p3 2xlarge 4.234 8xlarge 16.936 16xlarge 33.872
r3 large .2 xlarge .399 2xlarge .798 4xlarge 1.596 8xlarge 3.192
r4 large .16 xlarge .32 2xlarge .64 4xlarge 1.28 8xlarge 2.56 16xlarge 5.12
r5 large .152 xlarge .304 2xlarge .608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864 24xlarge 7.296 metal 7.296
r5a large .136 xlarge .272 2xlarge .544 4xlarge 1.088 8xlarge 2.176 12xlarge 3.264 16xlarge 4.352 24xlarge 6.528
r5ad large .159 xlarge .318 2xlarge .636 4xlarge 1.272 8xlarge 2.544 12xlarge 3.816 16xlarge 5.088 24xlarge 7.632
r5b large .178 xlarge .356 2xlarge .712 4xlarge 1.424 8xlarge 2.848 12xlarge 4.272 16xlarge 5.696 24xlarge 8.544
r5d large .174 xlarge .348 2xlarge .696 4xlarge 1.392 8xlarge 2.784 12xlarge 4.176 16xlarge 5.568 24xlarge 8.352 metal 8.352
r5dn large .2 xlarge .4 2xlarge .8 4xlarge 1.6 8xlarge 3.2 12xlarge 4.8 16xlarge 6.4 24xlarge 9.6 metal 9.6
r5n large .178 xlarge .356 2xlarge .712 4xlarge 1.424 8xlarge 2.848 12xlarge 4.272 16xlarge 5.696 24xlarge 8.544 metal 8.544
r6g medium .0608 large .1216 xlarge .2432 2xlarge .4864 4xlarge .9728 8xlarge 1.9456 12xlarge 2.9184 16xlarge 3.8912
r6gd medium .0695 large .139 xlarge .278 2xlarge .556 4xlarge 1.112 8xlarge 2.224 12xlarge 3.336 16xlarge 4.448
r6i large .152 xlarge .304 2xlarge .608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864 24xlarge 7.296 32xlarge 9.728 metal 9.728
t1 micro .02
t2 nano .0073 micro .0146 small .0292 medium .0584 large .1168 xlarge .2336 2xlarge .4672
t3 nano .0066 micro .0132 small .0264 medium .0528 large .1056 xlarge .2112 2xlarge .4224
t3a nano .0059 micro .0118 small .0236 medium .0472 large .0944 xlarge .1888 2xlarge .3776
t4g nano .0053 micro .0106 small .0212 medium .0424 large .0848 xlarge .1696 2xlarge .3392
u-3tb1 56xlarge 32.93
u-6tb1 56xlarge 55.9796 112xlarge 65.867
u-9tb1 112xlarge 98.8
u-12tb1 112xlarge 131.733
x1 16xlarge 9.671 32xlarge 19.341
x1e xlarge 1.209 2xlarge 2.418 4xlarge 4.836 8xlarge 9.672 16xlarge 19.344 32xlarge 38.688
x2idn 16xlarge 9.6705 24xlarge 14.50575 32xlarge 19.341 metal 19.341
x2iedn xlarge 1.20881 2xlarge 2.41763 4xlarge 4.83525 8xlarge 9.6705 16xlarge 19.341 24xlarge 29.0115 32xlarge 38.682 metal 38.682
z1d large .226 xlarge .452 2xlarge .904 3xlarge 1.356 6xlarge 2.712 12xlarge 5.424 metal 5.424
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6a large .0882 xlarge .1764 4xlarge .7056 8xlarge 1.4112 24xlarge 4.2336 32xlarge 5.6448 48xlarge 8.4672 metal 8.4672
c6id large .1176 2xlarge .4704 4xlarge .9408 8xlarge 1.8816 16xlarge 3.7632 32xlarge 7.5264 metal 7.5264
c6in large .1302 xlarge .2604 2xlarge .5208 4xlarge 1.0416 12xlarge 3.1248 24xlarge 6.2496 metal 8.3328
c7g medium .0417 xlarge .1666 2xlarge .3332 4xlarge .6664 8xlarge 1.3328 12xlarge 1.9992 16xlarge 2.6656 metal 2.6656
c7gd medium .0529 xlarge .2117 2xlarge .4234 4xlarge .8467 12xlarge 2.5402 16xlarge 3.3869 metal 3.3869
c7i-flex large .09778 xlarge .19555 2xlarge .3911 4xlarge .7822 8xlarge 1.56441 12xlarge 2.34661 16xlarge 3.12882
d3en xlarge .659 2xlarge 1.318 4xlarge 2.636 6xlarge 3.954 8xlarge 5.27168 12xlarge 7.90752
i4g large .18513 xlarge .37026 4xlarge 1.48104 16xlarge 5.92416
i4i 12xlarge 4.937
inf2 24xlarge 9.08689 48xlarge 18.17377
m6a large .108 4xlarge .864 8xlarge 1.728 12xlarge 2.592 16xlarge 3.456 24xlarge 5.184 48xlarge 10.368 metal 10.368
m6id xlarge .2961 4xlarge 1.1844 8xlarge 2.3688 12xlarge 3.5532 16xlarge 4.7376 32xlarge 9.4752 metal 9.4752
m6idn xlarge .39078 4xlarge 1.56312 12xlarge 4.68936 16xlarge 6.25248 32xlarge 12.50496 metal 12.50496
m6in large .17082 2xlarge .68328 12xlarge 4.09968 16xlarge 5.46624 24xlarge 8.19936 32xlarge 10.93248 metal 10.93248
m7g medium .051 large .102 2xlarge .408 8xlarge 1.632 16xlarge 3.264
m7gd xlarge .2665 2xlarge .533 4xlarge 1.066 16xlarge 4.2638 metal 4.2638
m7i-flex large .1197 xlarge .2394 2xlarge .4788 4xlarge .9576 8xlarge 1.9152 12xlarge 2.8728 16xlarge 3.8304
r6a large .1368 xlarge .2736 2xlarge .5472 4xlarge 1.0944 8xlarge 2.1888 12xlarge 3.2832 24xlarge 6.5664 32xlarge 8.7552 48xlarge 13.1328 metal 13.1328
r6id large .1827 2xlarge .7308 4xlarge 1.4616 8xlarge 2.9232 12xlarge 4.3848 16xlarge 5.8464 24xlarge 8.7696 32xlarge 11.6928 metal 11.6928
r6idn xlarge .468 2xlarge .936 4xlarge 1.872 16xlarge 7.488 24xlarge 11.232 32xlarge 14.976 metal 14.976
r6in xlarge .41652 4xlarge 1.66608 8xlarge 3.33216 16xlarge 6.66432 32xlarge 13.32864 metal 13.32864
r7g xlarge .2584 4xlarge 1.0336 8xlarge 2.0672 12xlarge 3.1008 16xlarge 4.1344
r7gd medium .0822 xlarge .3289 2xlarge .6577 4xlarge 1.3154 8xlarge 2.6309 12xlarge 3.9463 16xlarge 5.2618 metal 5.2618
r7i xlarge .3192 12xlarge 3.8304 metal-24xl 8.42688 metal-48xl 15.3216
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
c6a 2xlarge .3528
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c6a 12xlarge 2.1168
m6a xlarge .216 32xlarge 6.912
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m4 large .259 xlarge .519 2xlarge 1.039 4xlarge 2.079 10xlarge 5.198 16xlarge 8.288
db.m5 large .235 xlarge .47 2xlarge .94 4xlarge 1.88 8xlarge 3.76 12xlarge 5.64 16xlarge 7.52 24xlarge 11.28
db.m6g large .209 xlarge .418 2xlarge .836 4xlarge 1.671 8xlarge 3.342 12xlarge 5.013 16xlarge 6.684
db.r4 large .285 xlarge .57 2xlarge 1.14 4xlarge 2.28 8xlarge 4.56 16xlarge 9.12
db.r5 large .285 xlarge .57 2xlarge 1.14 4xlarge 2.28 8xlarge 4.56 12xlarge 6.84 16xlarge 9.12 24xlarge 13.68
db.r6g large .255 xlarge .51 2xlarge 1.02 4xlarge 2.041 8xlarge 4.081 12xlarge 6.122 16xlarge 8.162
db.t2 micro .026 small .052 medium .104 large .209 xlarge .418 2xlarge .836
db.t3 micro .026 small .052 medium .104 large .208 xlarge .416 2xlarge .832
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r4 large .35 xlarge .7 2xlarge 1.4 4xlarge 2.8 8xlarge 5.6 16xlarge 11.2
db.r5 large .35 xlarge .7 2xlarge 1.4 4xlarge 2.8 8xlarge 5.6 12xlarge 8.4 16xlarge 11.2 24xlarge 16.8
db.r6g large .313 xlarge .627 2xlarge 1.253 4xlarge 2.506 8xlarge 5.012 12xlarge 7.518 16xlarge 10.024
db.t3 medium .126 large .252
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t2 small .063 medium .126
db.t3 small .063
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m4 large .271 xlarge .542 2xlarge 1.084 4xlarge 2.169 10xlarge 5.423 16xlarge 8.676
db.m5 12xlarge 5.928 16xlarge 7.904 24xlarge 11.856
db.m6g 12xlarge 5.295 16xlarge 7.06
db.r4 large .3 xlarge .6 2xlarge 1.2 4xlarge 2.4 8xlarge 4.8 16xlarge 9.6
db.r5 12xlarge 7.2 16xlarge 9.6 24xlarge 14.4
db.r6g 12xlarge 6.474 16xlarge 8.632
db.t2 micro .028 small .056 medium .112 large .224 xlarge .448 2xlarge .896
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m4 large .231 xlarge .462 2xlarge .924 4xlarge 1.847 10xlarge 4.619
cache.m5 12xlarge 4.666 24xlarge 9.331
cache.m6g 12xlarge 4.424 16xlarge 5.898
cache.m7g 12xlarge 4.69 16xlarge 6.252
cache.r4 large .273 xlarge .546 2xlarge 1.092 4xlarge 2.184 8xlarge 4.368 16xlarge 8.736
cache.r5 12xlarge 6.207 24xlarge 12.414
cache.r6g 12xlarge 5.906 16xlarge 7.874
cache.r7g 12xlarge 6.279 16xlarge 8.371
cache.t2 micro .022 small .052 medium .104
`],
  [["elasticache.redis.*.hour"], "2025-04-24", `
cache.r6gd xlarge .937 2xlarge 1.872 4xlarge 3.741 8xlarge 7.48 12xlarge 11.221 16xlarge 14.961
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .194 xlarge .389 2xlarge .778 4xlarge 1.555
cache.m6g large .185 xlarge .369 2xlarge .738 4xlarge 1.475 8xlarge 2.949
cache.m7g large .197 xlarge .392 2xlarge .783 4xlarge 1.564 8xlarge 3.126
cache.r5 large .259 xlarge .517 2xlarge 1.035 4xlarge 2.069
cache.r6g large .247 xlarge .493 2xlarge .985 4xlarge 1.969 8xlarge 3.937
cache.r7g large .263 xlarge .525 2xlarge 1.048 4xlarge 2.094 8xlarge 4.186
cache.t3 micro .025 small .05 medium .1
cache.t4g micro .024 small .048 medium .095
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m4 large .1848 xlarge .3696 2xlarge .7392 4xlarge 1.4776 10xlarge 3.6952
cache.m5 12xlarge 3.7328 24xlarge 7.4648
cache.m6g 12xlarge 3.5392 16xlarge 4.7184
cache.m7g 12xlarge 3.752 16xlarge 5.0016
cache.r4 large .2184 xlarge .4368 2xlarge .8736 4xlarge 1.7472 8xlarge 3.4944 16xlarge 6.9888
cache.r5 12xlarge 4.9656 24xlarge 9.9312
cache.r6g 12xlarge 4.7248 16xlarge 6.2992
cache.r6gd xlarge .7496 2xlarge 1.4976 4xlarge 2.9928 8xlarge 5.984 12xlarge 8.9768 16xlarge 11.9688
cache.r7g 12xlarge 5.0232 16xlarge 6.6968
cache.t2 micro .0176 small .0416 medium .0832
`],
];
