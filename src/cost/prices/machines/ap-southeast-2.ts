import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-southeast-2, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
a1 medium .0333 large .0666 xlarge .1332 2xlarge .2664 4xlarge .5328 metal .533
c1 medium .164 xlarge .655
c3 large .132 xlarge .265 2xlarge .529 4xlarge 1.058 8xlarge 2.117
c4 large .13 xlarge .261 2xlarge .522 4xlarge 1.042 8xlarge 2.085
c5 large .111 xlarge .222 2xlarge .444 4xlarge .888 9xlarge 1.998 12xlarge 2.664 18xlarge 3.996 24xlarge 5.328 metal 5.328
c5a large .1 xlarge .2 2xlarge .4 4xlarge .8 8xlarge 1.6 12xlarge 2.4 16xlarge 3.2 24xlarge 4.8
c5ad large .113 xlarge .226 2xlarge .452 4xlarge .904 8xlarge 1.808 12xlarge 2.712 16xlarge 3.616 24xlarge 5.424
c5d large .126 xlarge .252 2xlarge .504 4xlarge 1.008 9xlarge 2.268 12xlarge 3.024 18xlarge 4.536 24xlarge 6.048 metal 6.048
c5n large .141 xlarge .282 2xlarge .564 4xlarge 1.128 9xlarge 2.538 18xlarge 5.076 metal 5.076
c6g medium .0444 large .0888 xlarge .1776 2xlarge .3552 4xlarge .7104 8xlarge 1.4208 12xlarge 2.1312 16xlarge 2.8416
c6gd medium .0505 large .101 xlarge .202 2xlarge .404 4xlarge .808 8xlarge 1.616 12xlarge 2.424 16xlarge 3.232
c6gn medium .0565 large .113 xlarge .226 2xlarge .452 4xlarge .904 8xlarge 1.808 12xlarge 2.712 16xlarge 3.616
c6i large .111 xlarge .222 2xlarge .444 4xlarge .888 8xlarge 1.776 12xlarge 2.664 16xlarge 3.552 24xlarge 5.328 32xlarge 7.104 metal 7.104
c6id large .1323 xlarge .2646 2xlarge .5292 4xlarge 1.0584 8xlarge 2.1168 12xlarge 3.1752 16xlarge 4.2336 24xlarge 6.3504 32xlarge 8.4672 metal 8.4672
d2 xlarge .87 2xlarge 1.74 4xlarge 3.48 8xlarge 6.96
d3 xlarge .626 2xlarge 1.252 4xlarge 2.504 8xlarge 5.00808
f1 2xlarge 1.981 4xlarge 3.962 16xlarge 15.848
g2 2xlarge .898 8xlarge 3.592
g3 4xlarge 1.754 8xlarge 3.508 16xlarge 7.016
g3s xlarge 1.154
g4dn xlarge .684 2xlarge .978 4xlarge 1.566 8xlarge 2.83 12xlarge 5.087 16xlarge 5.659 metal 10.174
i2 xlarge 1.018 2xlarge 2.035 4xlarge 4.07 8xlarge 8.14
i3 large .187 xlarge .374 2xlarge .748 4xlarge 1.496 8xlarge 2.992 16xlarge 5.984
i3en large .271 xlarge .542 2xlarge 1.084 3xlarge 1.626 6xlarge 3.252 12xlarge 6.504 24xlarge 13.008 metal 13.008
i4i large .206 xlarge .411 2xlarge .823 4xlarge 1.646 8xlarge 3.291 16xlarge 6.582 32xlarge 13.1648 metal 13.165
im4gn large .21804 xlarge .43608 2xlarge .87217 4xlarge 1.74434 8xlarge 3.48867 16xlarge 6.97734
inf1 xlarge .285 2xlarge .453 6xlarge 1.475 24xlarge 5.902
is4gen medium .17276 large .34553 xlarge .69105 2xlarge 1.3821 4xlarge 2.76421 8xlarge 5.52842
m1 small .058 medium .117 large .233 xlarge .467
m2 xlarge .296 2xlarge .592 4xlarge 1.183
m3 medium .093 large .186 xlarge .372 2xlarge .745
m4 large .125 xlarge .25 2xlarge .5 4xlarge 1 10xlarge 2.5 16xlarge 4
m5 large .12 xlarge .24 2xlarge .48 4xlarge .96 8xlarge 1.92 12xlarge 2.88 16xlarge 3.84 24xlarge 5.76 metal 5.76
m5a large .108 xlarge .216 2xlarge .432 4xlarge .864 8xlarge 1.728 12xlarge 2.592 16xlarge 3.456 24xlarge 5.184
m5ad large .13 xlarge .26 2xlarge .52 4xlarge 1.04 8xlarge 2.08 12xlarge 3.12 16xlarge 4.16 24xlarge 6.24
m5d large .142 xlarge .284 2xlarge .568 4xlarge 1.136 8xlarge 2.272 12xlarge 3.408 16xlarge 4.544 24xlarge 6.816 metal 6.816
m5zn large .2065 xlarge .413 2xlarge .826 3xlarge 1.239 6xlarge 2.478 12xlarge 4.956
m6g medium .048 large .096 xlarge .192 2xlarge .384 4xlarge .768 8xlarge 1.536 12xlarge 2.304 16xlarge 3.072
m6gd medium .057 large .114 xlarge .228 2xlarge .456 4xlarge .912 8xlarge 1.824 12xlarge 2.736 16xlarge 3.648
m6i large .12 xlarge .24 2xlarge .48 4xlarge .96 8xlarge 1.92 12xlarge 2.88 16xlarge 3.84 24xlarge 5.76 32xlarge 7.68 metal 7.68
m6id large .1491 xlarge .2982 2xlarge .5964 4xlarge 1.1928 8xlarge 2.3856 12xlarge 3.5784 16xlarge 4.7712 24xlarge 7.1568 32xlarge 9.5424 metal 9.5424
p2 xlarge 1.542 8xlarge 12.336 16xlarge 24.672
p3 2xlarge 4.234 8xlarge 16.936 16xlarge 33.872
r3 large .2 xlarge .399 2xlarge .798 4xlarge 1.596 8xlarge 3.192
r4 large .1596 xlarge .3192 2xlarge .6384 4xlarge 1.2768 8xlarge 2.5536 16xlarge 5.1072
r5 large .151 xlarge .302 2xlarge .604 4xlarge 1.208 8xlarge 2.416 12xlarge 3.624 16xlarge 4.832 24xlarge 7.248 metal 7.248
r5a large .136 xlarge .272 2xlarge .544 4xlarge 1.088 8xlarge 2.176 12xlarge 3.264 16xlarge 4.352 24xlarge 6.528
r5ad large .159 xlarge .318 2xlarge .636 4xlarge 1.272 8xlarge 2.544 12xlarge 3.816 16xlarge 5.088 24xlarge 7.632
r5b large .181 xlarge .362 2xlarge .724 4xlarge 1.448 8xlarge 2.896 12xlarge 4.344 16xlarge 5.792 24xlarge 8.688
r5d large .174 xlarge .348 2xlarge .696 4xlarge 1.392 8xlarge 2.784 12xlarge 4.176 16xlarge 5.568 24xlarge 8.352 metal 8.352
r5dn large .204 xlarge .408 2xlarge .816 4xlarge 1.632 8xlarge 3.264 12xlarge 4.896 16xlarge 6.528 24xlarge 9.792 metal 9.792
r5n large .181 xlarge .362 2xlarge .724 4xlarge 1.448 8xlarge 2.896 12xlarge 4.344 16xlarge 5.792 24xlarge 8.688 metal 8.688
r6g medium .0604 large .1208 xlarge .2416 2xlarge .4832 4xlarge .9664 8xlarge 1.9328 12xlarge 2.8992 16xlarge 3.8656
r6gd medium .0695 large .139 xlarge .278 2xlarge .556 4xlarge 1.112 8xlarge 2.224 12xlarge 3.336 16xlarge 4.448
r6i large .151 xlarge .302 2xlarge .604 4xlarge 1.208 8xlarge 2.416 12xlarge 3.624 16xlarge 4.832 24xlarge 7.248 32xlarge 9.664 metal 9.664
r6id large .174 xlarge .348 2xlarge .696 4xlarge 1.392 8xlarge 2.784 12xlarge 4.176 16xlarge 5.568 24xlarge 8.352 32xlarge 11.136 metal 11.136
t1 micro .02
t2 nano .0073 micro .0146 small .0292 medium .0584 large .1168 xlarge .2336 2xlarge .4672
t3 nano .0066 micro .0132 small .0264 medium .0528 large .1056 xlarge .2112 2xlarge .4224
t3a nano .0059 micro .0119 small .0238 medium .0475 large .095 xlarge .1901 2xlarge .3802
t4g nano .0053 micro .0106 small .0212 medium .0424 large .0848 xlarge .1696 2xlarge .3392
u-3tb1 56xlarge 32.715
u-6tb1 56xlarge 55.61075 112xlarge 65.433
x1 16xlarge 9.671 32xlarge 19.341
x1e xlarge 1.209 2xlarge 2.418 4xlarge 4.836 8xlarge 9.672 16xlarge 19.344 32xlarge 38.688
x2idn 16xlarge 9.6705 24xlarge 14.50575 32xlarge 19.341 metal 19.341
x2iedn xlarge 1.20881 2xlarge 2.41763 4xlarge 4.83525 8xlarge 9.6705 16xlarge 19.341 24xlarge 29.0115 32xlarge 38.682 metal 38.682
z1d large .226 xlarge .452 2xlarge .904 3xlarge 1.356 6xlarge 2.712 12xlarge 5.424 metal 5.424
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6a large .0999 xlarge .1998 8xlarge 1.5984 16xlarge 3.1968 24xlarge 4.7952 48xlarge 9.5904
c6in xlarge .2961 8xlarge 2.3688 12xlarge 3.5532 24xlarge 7.1064 metal 9.4752
c7g medium .0472 xlarge .1887 2xlarge .3774 4xlarge .7549 8xlarge 1.5098 12xlarge 2.2646 16xlarge 3.0195 metal 3.0195
c7gd medium .0595 xlarge .2382 4xlarge .9526 16xlarge 3.8106 metal 3.8106
c7i large .11655 8xlarge 1.8648 12xlarge 2.7972 16xlarge 3.7296 24xlarge 5.5944 metal-24xl 6.15384 metal-48xl 11.1888
c7i-flex large .11072 xlarge .22145 2xlarge .44289 4xlarge .88578 8xlarge 1.77156 12xlarge 2.65734 16xlarge 3.54312
d3en xlarge .659 2xlarge 1.318 4xlarge 2.636 6xlarge 3.954 8xlarge 5.27168 12xlarge 7.90752
g5 xlarge 1.308 4xlarge 2.11152 16xlarge 5.32561 24xlarge 10.58882 48xlarge 21.17764
g6 4xlarge 1.72042 12xlarge 5.98299 16xlarge 4.41652 24xlarge 8.67909 48xlarge 17.35817
i3 metal 5.984
m6a large .108 xlarge .216 4xlarge .864 12xlarge 2.592 16xlarge 3.456 24xlarge 5.184 48xlarge 10.368 metal 10.368
m6idn large .20124 8xlarge 3.21984 12xlarge 4.82976 16xlarge 6.43968
m6in xlarge .351 2xlarge .702 4xlarge 1.404 8xlarge 2.808 12xlarge 4.212 24xlarge 8.424 32xlarge 11.232
m7g medium .051 xlarge .204 2xlarge .408 4xlarge .816 16xlarge 3.264
m7gd xlarge .2684 2xlarge .5368 4xlarge 1.0735 8xlarge 2.147 12xlarge 3.2206 metal 4.2941
m7i large .126 xlarge .252 2xlarge .504 8xlarge 2.016 24xlarge 6.048 48xlarge 12.096 metal-24xl 6.6528 metal-48xl 12.096
m7i-flex large .1197 xlarge .2394 2xlarge .4788 4xlarge .9576 8xlarge 1.9152 12xlarge 2.8728 16xlarge 3.8304
r6a 4xlarge 1.0872 12xlarge 3.2616 16xlarge 4.3488 24xlarge 6.5232 32xlarge 8.6976 48xlarge 13.0464 metal 13.0464
r6idn large .23868 32xlarge 15.27552
r6in xlarge .42354 4xlarge 1.69416 8xlarge 3.38832 12xlarge 5.08248 16xlarge 6.77664 24xlarge 10.16496 32xlarge 13.55328
r7g 4xlarge 1.0269 8xlarge 2.0538 12xlarge 3.0806 16xlarge 4.1075 metal 4.1075
r7gd medium .0783 large .1566 xlarge .3132 4xlarge 1.2528 12xlarge 3.7584 16xlarge 5.0112 metal 5.0112
r8g large .1412 2xlarge .5648 4xlarge 1.1296 12xlarge 3.3888 metal-48xl 13.5552
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
c7g large .0944
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c6a 12xlarge 2.3976 32xlarge 6.3936
m6a 32xlarge 6.912
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m4 large .246 xlarge .492 2xlarge .984 4xlarge 1.968 10xlarge 4.92 16xlarge 7.872
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
db.m4 large .256 xlarge .513 2xlarge 1.026 4xlarge 2.053 10xlarge 5.133 16xlarge 8.212
db.m5 12xlarge 5.928 16xlarge 7.904 24xlarge 11.856
db.m6g 12xlarge 5.295 16xlarge 7.06
db.r4 large .3 xlarge .6 2xlarge 1.2 4xlarge 2.4 8xlarge 4.8 16xlarge 9.6
db.r5 12xlarge 7.2 16xlarge 9.6 24xlarge 14.4
db.r6g 12xlarge 6.474 16xlarge 8.632
db.t2 micro .028 small .056 medium .112 large .224 xlarge .448 2xlarge .896
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m4 large .218 xlarge .437 2xlarge .875 4xlarge 1.749 10xlarge 4.372
cache.m5 12xlarge 4.666 24xlarge 9.331
cache.m6g 12xlarge 4.424 16xlarge 5.898
cache.m7g 12xlarge 4.689 16xlarge 6.252
cache.r4 large .273 xlarge .546 2xlarge 1.092 4xlarge 2.184 8xlarge 4.368 16xlarge 8.736
cache.r5 12xlarge 6.207 24xlarge 12.414
cache.r6g 12xlarge 5.906 16xlarge 7.874
cache.r7g 12xlarge 6.278 16xlarge 8.37
cache.t2 micro .022 small .052 medium .104
`],
  [["elasticache.redis.*.hour"], "2025-04-24", `
cache.r6gd xlarge .937 2xlarge 1.872 4xlarge 3.741 8xlarge 7.48 12xlarge 11.221 16xlarge 14.961
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .194 xlarge .389 2xlarge .778 4xlarge 1.555
cache.m6g large .185 xlarge .369 2xlarge .738 4xlarge 1.475 8xlarge 2.949
cache.m7g large .196 xlarge .391 2xlarge .782 4xlarge 1.564 8xlarge 3.126
cache.r5 large .259 xlarge .517 2xlarge 1.035 4xlarge 2.069
cache.r6g large .247 xlarge .493 2xlarge .985 4xlarge 1.969 8xlarge 3.937
cache.r7g large .263 xlarge .524 2xlarge 1.047 4xlarge 2.093 8xlarge 4.185
cache.t3 micro .025 small .05 medium .1
cache.t4g micro .024 small .048 medium .095
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m4 large .1744 xlarge .3496 2xlarge .7 4xlarge 1.3992 10xlarge 3.4976
cache.m5 12xlarge 3.7328 24xlarge 7.4648
cache.m6g 12xlarge 3.5392 16xlarge 4.7184
cache.m7g 12xlarge 3.7512 16xlarge 5.0016
cache.r4 large .2184 xlarge .4368 2xlarge .8736 4xlarge 1.7472 8xlarge 3.4944 16xlarge 6.9888
cache.r5 12xlarge 4.9656 24xlarge 9.9312
cache.r6g 12xlarge 4.7248 16xlarge 6.2992
cache.r6gd xlarge .7496 2xlarge 1.4976 4xlarge 2.9928 8xlarge 5.984 12xlarge 8.9768 16xlarge 11.9688
cache.r7g 12xlarge 5.0224 16xlarge 6.696
cache.t2 micro .0176 small .0416 medium .0832
`],
];
