import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in eu-central-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
a1 medium .0291 large .0582 xlarge .1164 2xlarge .2328 4xlarge .4656 metal .466
c3 large .129 xlarge .258 2xlarge .516 4xlarge 1.032 8xlarge 2.064
c4 large .114 xlarge .227 2xlarge .454 4xlarge .909 8xlarge 1.817
c5 large .097 xlarge .194 2xlarge .388 4xlarge .776 9xlarge 1.746 12xlarge 2.328 18xlarge 3.492 24xlarge 4.656 metal 4.656
c5a large .087 xlarge .174 2xlarge .348 4xlarge .696 8xlarge 1.392 12xlarge 2.088 16xlarge 2.784 24xlarge 4.176
c5ad large .1 xlarge .2 2xlarge .4 4xlarge .8 8xlarge 1.6 12xlarge 2.4 16xlarge 3.2 24xlarge 4.8
c5d large .111 xlarge .222 2xlarge .444 4xlarge .888 9xlarge 1.998 12xlarge 2.664 18xlarge 3.996 24xlarge 5.328 metal 5.328
c5n large .123 xlarge .246 2xlarge .492 4xlarge .984 9xlarge 2.214 18xlarge 4.428 metal 4.428
c6a large .0873 xlarge .1746 2xlarge .3492 4xlarge .6984 8xlarge 1.3968 12xlarge 2.0952 16xlarge 2.7936 24xlarge 4.1904 32xlarge 5.5872 48xlarge 8.3808 metal 8.3808
c6g medium .0388 large .0776 xlarge .1552 2xlarge .3104 4xlarge .6208 8xlarge 1.2416 12xlarge 1.8624 16xlarge 2.4832
c6gd medium .0445 large .089 xlarge .178 2xlarge .356 4xlarge .712 8xlarge 1.424 12xlarge 2.136 16xlarge 2.848
c6gn medium .0493 large .0986 xlarge .1972 2xlarge .3944 4xlarge .7888 8xlarge 1.5776 12xlarge 2.3664 16xlarge 3.1552
c6i large .097 xlarge .194 2xlarge .388 4xlarge .776 8xlarge 1.552 12xlarge 2.328 16xlarge 3.104 24xlarge 4.656 32xlarge 6.208 metal 6.208
d2 xlarge .794 2xlarge 1.588 4xlarge 3.176 8xlarge 6.352
d3 xlarge .658 2xlarge 1.316 4xlarge 2.632 8xlarge 5.26448
f1 2xlarge 1.734 4xlarge 3.468
g2 2xlarge .772 8xlarge 3.088
g3 4xlarge 1.425 8xlarge 2.85 16xlarge 5.7
g3s xlarge .938
g4ad xlarge .47327 2xlarge .67662 4xlarge 1.084 8xlarge 2.168 16xlarge 4.336
g4dn xlarge .658 2xlarge .94 4xlarge 1.505 8xlarge 2.72 12xlarge 4.89 16xlarge 5.44 metal 9.78
g5 xlarge 1.258 2xlarge 1.5156 4xlarge 2.03081 8xlarge 3.06122 12xlarge 7.09282 16xlarge 5.12204 24xlarge 10.18405 48xlarge 20.3681
i2 xlarge 1.013 2xlarge 2.026 4xlarge 4.051 8xlarge 8.102
i3 large .186 xlarge .372 2xlarge .744 4xlarge 1.488 8xlarge 2.976 16xlarge 5.952 metal 5.952
i3en large .27 xlarge .54 2xlarge 1.08 3xlarge 1.62 6xlarge 3.24 12xlarge 6.48 24xlarge 12.96 metal 12.96
i4i large .205 xlarge .409 2xlarge .818 4xlarge 1.637 8xlarge 3.274 16xlarge 6.547 32xlarge 13.0944 metal 13.094
im4gn large .21688 xlarge .43375 2xlarge .8675 4xlarge 1.73501 8xlarge 3.47002 16xlarge 6.94003
inf1 xlarge .285 2xlarge .453 6xlarge 1.475 24xlarge 5.902
is4gen medium .17213 large .34425 xlarge .6885 2xlarge 1.377 4xlarge 2.754 8xlarge 5.508
m3 medium .079 large .158 xlarge .315 2xlarge .632
m4 large .12 xlarge .24 2xlarge .48 4xlarge .96 10xlarge 2.4 16xlarge 3.84
m5 large .115 xlarge .23 2xlarge .46 4xlarge .92 8xlarge 1.84 12xlarge 2.76 16xlarge 3.68 24xlarge 5.52 metal 5.52
m5a large .104 xlarge .208 2xlarge .416 4xlarge .832 8xlarge 1.664 12xlarge 2.496 16xlarge 3.328 24xlarge 4.992
m5ad large .125 xlarge .25 2xlarge .5 4xlarge 1 8xlarge 2 12xlarge 3 16xlarge 4 24xlarge 6
m5d large .136 xlarge .272 2xlarge .544 4xlarge 1.088 8xlarge 2.176 12xlarge 3.264 16xlarge 4.352 24xlarge 6.528 metal 6.528
m5dn large .162 xlarge .324 2xlarge .648 4xlarge 1.296 8xlarge 2.592 12xlarge 3.888 16xlarge 5.184 24xlarge 7.776 metal 7.776
m5n large .141 xlarge .282 2xlarge .564 4xlarge 1.128 8xlarge 2.256 12xlarge 3.384 16xlarge 4.512 24xlarge 6.768 metal 6.768
m5zn large .1979 xlarge .3957 2xlarge .7914 3xlarge 1.1872 6xlarge 2.3743 12xlarge 4.7486
m6a large .1035 xlarge .207 2xlarge .414 4xlarge .828 8xlarge 1.656 12xlarge 2.484 16xlarge 3.312 24xlarge 4.968 32xlarge 6.624 48xlarge 9.936 metal 9.936
m6g medium .046 large .092 xlarge .184 2xlarge .368 4xlarge .736 8xlarge 1.472 12xlarge 2.208 16xlarge 2.944
m6gd medium .0545 large .109 xlarge .218 2xlarge .436 4xlarge .872 8xlarge 1.744 12xlarge 2.616 16xlarge 3.488
m6i large .115 xlarge .23 2xlarge .46 4xlarge .92 8xlarge 1.84 12xlarge 2.76 16xlarge 3.68 24xlarge 5.52 32xlarge 7.36 metal 7.36
p2 xlarge 1.326 8xlarge 10.608 16xlarge 21.216
p3 2xlarge 3.823 8xlarge 15.292 16xlarge 30.584
r3 large .2 xlarge .4 2xlarge .8 4xlarge 1.6 8xlarge 3.201
r4 large .16005 xlarge .3201 2xlarge .6402 4xlarge 1.2804 8xlarge 2.5608 16xlarge 5.1216
r5 large .152 xlarge .304 2xlarge .608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864 24xlarge 7.296 metal 7.296
r5a large .137 xlarge .274 2xlarge .548 4xlarge 1.096 8xlarge 2.192 12xlarge 3.288 16xlarge 4.384 24xlarge 6.576
r5ad large .158 xlarge .316 2xlarge .632 4xlarge 1.264 8xlarge 2.528 12xlarge 3.792 16xlarge 5.056 24xlarge 7.584
r5b large .178 xlarge .356 2xlarge .712 4xlarge 1.424 8xlarge 2.848 12xlarge 4.272 16xlarge 5.696 24xlarge 8.544
r5d large .173 xlarge .346 2xlarge .692 4xlarge 1.384 8xlarge 2.768 12xlarge 4.152 16xlarge 5.536 24xlarge 8.304 metal 8.304
r5dn large .199 xlarge .398 2xlarge .796 4xlarge 1.592 8xlarge 3.184 12xlarge 4.776 16xlarge 6.368 24xlarge 9.552 metal 9.552
r5n large .178 xlarge .356 2xlarge .712 4xlarge 1.424 8xlarge 2.848 12xlarge 4.272 16xlarge 5.696 24xlarge 8.544 metal 8.544
r6a large .1368 xlarge .2736 2xlarge .5472 4xlarge 1.0944 8xlarge 2.1888 12xlarge 3.2832 16xlarge 4.3776 24xlarge 6.5664 32xlarge 8.7552 48xlarge 13.1328 metal 13.1328
r6g medium .0608 large .1216 xlarge .2432 2xlarge .4864 4xlarge .9728 8xlarge 1.9456 12xlarge 2.9184 16xlarge 3.8912
r6gd medium .069 large .138 xlarge .276 2xlarge .552 4xlarge 1.104 8xlarge 2.208 12xlarge 3.312 16xlarge 4.416
r6i large .152 xlarge .304 2xlarge .608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864 24xlarge 7.296 32xlarge 9.728 metal 9.728
t2 nano .0067 micro .0134 small .0268 medium .0536 large .1072 xlarge .2144 2xlarge .4288
t3 nano .006 micro .012 small .024 medium .048 large .096 xlarge .192 2xlarge .384
t3a nano .0054 micro .0108 small .0216 medium .0432 large .0864 xlarge .1728 2xlarge .3456
t4g nano .0048 micro .0096 small .0192 medium .0384 large .0768 xlarge .1536 2xlarge .3072
u-3tb1 56xlarge 32.9335
u-6tb1 56xlarge 55.9796 112xlarge 65.867
u-9tb1 112xlarge 98.8
u-12tb1 112xlarge 131.733
x1 16xlarge 9.337 32xlarge 18.674
x1e xlarge 1.167 2xlarge 2.334 4xlarge 4.668 8xlarge 9.336 16xlarge 18.672 32xlarge 37.344
x2idn 16xlarge 9.337 24xlarge 14.0055 32xlarge 18.674 metal 18.674
x2iedn xlarge 1.16713 2xlarge 2.33425 4xlarge 4.6685 8xlarge 9.337 16xlarge 18.674 24xlarge 28.011 32xlarge 37.348 metal 37.348
z1d large .225 xlarge .45 2xlarge .9 3xlarge 1.35 6xlarge 2.7 12xlarge 5.4 metal 5.4
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6id large .11655 xlarge .2331 24xlarge 5.5944 32xlarge 7.4592 metal 7.4592
c6in xlarge .2583 2xlarge .5166 8xlarge 2.0664 12xlarge 3.0996 16xlarge 4.1328 24xlarge 6.1992 32xlarge 8.2656
c7a medium .05857 large .11713 xlarge .23426 2xlarge .46852 4xlarge .93704 8xlarge 1.87408 12xlarge 2.81112 16xlarge 3.74816 32xlarge 7.49632 metal-48xl 11.24448
c7g medium .0412 large .0825 2xlarge .3298 12xlarge 1.9788 metal 2.6384
c7gd medium .0525 large .1049 xlarge .2098 4xlarge .8392 8xlarge 1.6784 16xlarge 3.3568 metal 3.3568
c7i-flex large .09676 xlarge .19352 2xlarge .38703 4xlarge .77406 8xlarge 1.54812 12xlarge 2.32218 16xlarge 3.09624
c8g medium .04535 large .0907 12xlarge 2.1768 24xlarge 4.3536 48xlarge 8.7072 metal-24xl 4.78896
d3en xlarge .693 2xlarge 1.385 4xlarge 2.771 6xlarge 4.156 8xlarge 5.54152 12xlarge 8.31228
g5g xlarge .5254 2xlarge .6955 4xlarge 1.0358 8xlarge 1.7163 metal 3.4326
g6 xlarge 1.0064 2xlarge 1.22249 4xlarge 1.65466 8xlarge 2.519 12xlarge 5.75429 16xlarge 4.24769 24xlarge 8.34732
g6e xlarge 2.327 2xlarge 2.8035 4xlarge 3.75651 12xlarge 13.12002 24xlarge 18.83806 48xlarge 37.67612
i4i 12xlarge 4.91 24xlarge 9.8208
i7ie large .3105 2xlarge 1.242 6xlarge 3.726 18xlarge 11.178 24xlarge 14.904 48xlarge 29.808
m6id large .1428 xlarge .2856 2xlarge .5712 24xlarge 6.8544 metal 9.1392
m6idn large .18954 xlarge .37908 2xlarge .75816 4xlarge 1.51632 8xlarge 3.03264 12xlarge 4.54896 16xlarge 6.06528 metal 12.13056
m6in large .16497 2xlarge .65988 4xlarge 1.31976 16xlarge 5.27904 24xlarge 7.91856 32xlarge 10.55808 metal 10.55808
m7a xlarge .27772 2xlarge .55544 4xlarge 1.11088 8xlarge 2.22176 32xlarge 8.88704 48xlarge 13.33056
m7g medium .0489 large .0978 xlarge .1955 4xlarge .7821 8xlarge 1.5642 16xlarge 3.1283 metal 3.1283
m7gd large .1285 xlarge .257 2xlarge .5141 4xlarge 1.0282 metal 4.1126
m7i-flex large .11471 xlarge .22942 2xlarge .45884 4xlarge .91768 8xlarge 1.83536 12xlarge 2.75304 16xlarge 3.67072
r6id large .18165 xlarge .3633 2xlarge .7266 4xlarge 1.4532 8xlarge 2.9064 12xlarge 4.3596 32xlarge 11.6256
r6idn large .23283 xlarge .46566 4xlarge 1.86264 8xlarge 3.72528 16xlarge 7.45056 24xlarge 11.17584 32xlarge 14.90112 metal 14.90112
r6in large .20826 xlarge .41652 2xlarge .83304 4xlarge 1.66608 8xlarge 3.33216 12xlarge 4.99824 16xlarge 6.66432 32xlarge 13.32864 metal 13.32864
r7a large .18354 2xlarge .73416 4xlarge 1.46832 16xlarge 5.87328 24xlarge 8.80992 48xlarge 17.61984 metal-48xl 17.61984
r7g medium .0646 large .1292 xlarge .2584 4xlarge 1.0336 12xlarge 3.1008 16xlarge 4.1344
r7gd medium .0817 large .1635 4xlarge 1.3079 8xlarge 2.6158 16xlarge 5.2315 metal 5.2315
r7i 2xlarge .6384 4xlarge 1.2768 8xlarge 2.5536 24xlarge 7.6608 48xlarge 15.3216 metal-48xl 15.3216
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
c6id 2xlarge .4662
c7g xlarge .1649 4xlarge .6596 8xlarge 1.3192 16xlarge 2.6384
m6in 8xlarge 2.63952
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c6id 12xlarge 2.7972
m6id 16xlarge 4.5696
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m4 large .208 xlarge .417 2xlarge .834 4xlarge 1.668 10xlarge 4.17 16xlarge 6.656
db.m5 large .203 xlarge .406 2xlarge .812 4xlarge 1.624 8xlarge 3.25 12xlarge 4.872 16xlarge 6.5 24xlarge 9.744
db.m6g large .18 xlarge .361 2xlarge .722 4xlarge 1.444 8xlarge 2.887 12xlarge 4.331 16xlarge 5.774
db.r4 large .29 xlarge .58 2xlarge 1.16 4xlarge 2.32 8xlarge 4.64 16xlarge 9.28
db.r5 large .29 xlarge .58 2xlarge 1.16 4xlarge 2.32 8xlarge 4.64 12xlarge 6.96 16xlarge 9.28 24xlarge 13.92
db.r6g large .26 xlarge .519 2xlarge 1.038 4xlarge 2.076 8xlarge 4.153 12xlarge 6.229 16xlarge 8.306
db.t2 micro .02 small .04 medium .08 large .157 xlarge .314 2xlarge .628
db.t3 micro .02 small .04 medium .08 large .16 xlarge .32 2xlarge .64
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r4 large .35 xlarge .7 2xlarge 1.4 4xlarge 2.8 8xlarge 5.6 16xlarge 11.2
db.r5 large .35 xlarge .7 2xlarge 1.4 4xlarge 2.8 8xlarge 5.6 12xlarge 8.4 16xlarge 11.2 24xlarge 16.8
db.r6g large .313 xlarge .627 2xlarge 1.253 4xlarge 2.506 8xlarge 5.012 12xlarge 7.518 16xlarge 10.024
db.t3 medium .096 large .192
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t2 small .048 medium .096
db.t3 small .048
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m4 large .217 xlarge .435 2xlarge .87 4xlarge 1.74 10xlarge 4.35 16xlarge 6.96
db.m5 12xlarge 5.088 16xlarge 6.784 24xlarge 10.176
db.m6g 12xlarge 4.545 16xlarge 6.06
db.r4 large .305 xlarge .61 2xlarge 1.22 4xlarge 2.44 8xlarge 4.88 16xlarge 9.76
db.r5 12xlarge 7.32 16xlarge 9.76 24xlarge 14.64
db.r6g 12xlarge 6.582 16xlarge 8.776
db.t2 micro .025 small .045 medium .085 large .168 xlarge .336 2xlarge .672
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m4 large .186 xlarge .371 2xlarge .741 4xlarge 1.482 10xlarge 3.705
cache.m5 12xlarge 4.464 24xlarge 8.928
cache.m6g 12xlarge 4.241 16xlarge 5.655
cache.m7g 12xlarge 4.495 16xlarge 5.994
cache.r4 large .274 xlarge .547 2xlarge 1.095 4xlarge 2.19 8xlarge 4.38 16xlarge 8.76
cache.r5 12xlarge 6.23 24xlarge 12.46
cache.r6g 12xlarge 5.928 16xlarge 7.904
cache.r7g 12xlarge 6.301 16xlarge 8.402
cache.t2 micro .019 small .038 medium .078
`],
  [["elasticache.redis.*.hour"], "2025-04-24", `
cache.r6gd xlarge .939 2xlarge 1.877 4xlarge 3.754 8xlarge 7.509 12xlarge 11.263 16xlarge 15.018
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .186 xlarge .371 2xlarge .741 4xlarge 1.482
cache.m6g large .177 xlarge .354 2xlarge .707 4xlarge 1.414 8xlarge 2.828
cache.m7g large .188 xlarge .375 2xlarge .749 4xlarge 1.499 8xlarge 2.998
cache.r5 large .26 xlarge .518 2xlarge 1.037 4xlarge 2.075
cache.r6g large .247 xlarge .494 2xlarge .988 4xlarge 1.976 8xlarge 3.952
cache.r7g large .263 xlarge .525 2xlarge 1.05 4xlarge 2.1 8xlarge 4.201
cache.t3 micro .019 small .038 medium .076
cache.t4g micro .018 small .036 medium .072
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m4 large .1488 xlarge .2968 2xlarge .5928 4xlarge 1.1856 10xlarge 2.964
cache.m5 12xlarge 3.5712 24xlarge 7.1424
cache.m6g 12xlarge 3.3928 16xlarge 4.524
cache.m7g 12xlarge 3.596 16xlarge 4.7952
cache.r4 large .2192 xlarge .4376 2xlarge .876 4xlarge 1.752 8xlarge 3.504 16xlarge 7.008
cache.r5 12xlarge 4.984 24xlarge 9.968
cache.r6g 12xlarge 4.7424 16xlarge 6.3232
cache.r6gd xlarge .7512 2xlarge 1.5016 4xlarge 3.0032 8xlarge 6.0072 12xlarge 9.0104 16xlarge 12.0144
cache.r7g 12xlarge 5.0408 16xlarge 6.7216
cache.t2 micro .0152 small .0304 medium .0624
`],
];
