import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-northeast-2, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
c3 large .115 xlarge .23 2xlarge .46 4xlarge .919 8xlarge 1.839
c4 large .114 xlarge .227 2xlarge .454 4xlarge .907 8xlarge 1.815
c5 large .096 xlarge .192 2xlarge .384 4xlarge .768 9xlarge 1.728 12xlarge 2.304 18xlarge 3.456 24xlarge 4.608 metal 4.608
c5a large .086 xlarge .172 2xlarge .344 4xlarge .688 8xlarge 1.376 12xlarge 2.064 16xlarge 2.752 24xlarge 4.128
c5d large .11 xlarge .22 2xlarge .44 4xlarge .88 9xlarge 1.98 12xlarge 2.64 18xlarge 3.96 24xlarge 5.28 metal 5.28
c5n large .122 xlarge .244 2xlarge .488 4xlarge .976 9xlarge 2.196 18xlarge 4.392 metal 4.392
c6g medium .0385 large .077 xlarge .154 2xlarge .308 4xlarge .616 8xlarge 1.232 12xlarge 1.848 16xlarge 2.464
c6gd medium .044 large .088 xlarge .176 2xlarge .352 4xlarge .704 8xlarge 1.408 12xlarge 2.112 16xlarge 2.816
c6gn medium .04875 large .0975 xlarge .195 2xlarge .39 4xlarge .78 8xlarge 1.56 12xlarge 2.34 16xlarge 3.12
c6i large .096 xlarge .192 2xlarge .384 4xlarge .768 8xlarge 1.536 12xlarge 2.304 16xlarge 3.072 24xlarge 4.608 32xlarge 6.144 metal 6.144
d2 xlarge .844 2xlarge 1.688 4xlarge 3.376 8xlarge 6.752
g2 2xlarge .898 8xlarge 3.592
g3 4xlarge 1.42 8xlarge 2.84 16xlarge 5.68
g3s xlarge .934
g4dn xlarge .647 2xlarge .925 4xlarge 1.481 8xlarge 2.677 12xlarge 4.812 16xlarge 5.353 metal 9.624
g5g xlarge .5166 2xlarge .6839 4xlarge 1.0185 8xlarge 1.6876 16xlarge 3.3752 metal 3.3752
i2 xlarge 1.001 2xlarge 2.001 4xlarge 4.002 8xlarge 8.004
i3 large .183 xlarge .366 2xlarge .732 4xlarge 1.464 8xlarge 2.928 16xlarge 5.856 metal 5.856
i3en large .266 xlarge .532 2xlarge 1.064 3xlarge 1.596 6xlarge 3.192 12xlarge 6.384 24xlarge 12.768 metal 12.768
inf1 xlarge .281 2xlarge .446 6xlarge 1.453 24xlarge 5.812
m3 medium .091 large .183 xlarge .366 2xlarge .732
m4 large .123 xlarge .246 2xlarge .492 4xlarge .984 10xlarge 2.46 16xlarge 3.936
m5 large .118 xlarge .236 2xlarge .472 4xlarge .944 8xlarge 1.888 12xlarge 2.832 16xlarge 3.776 24xlarge 5.664 metal 5.664
m5a large .106 xlarge .212 2xlarge .424 4xlarge .848 8xlarge 1.696 12xlarge 2.544 16xlarge 3.392 24xlarge 5.088
m5ad large .127 xlarge .254 2xlarge .508 4xlarge 1.016 8xlarge 2.032 12xlarge 3.048 16xlarge 4.064 24xlarge 6.096
m5d large .139 xlarge .278 2xlarge .556 4xlarge 1.112 8xlarge 2.224 12xlarge 3.336 16xlarge 4.448 24xlarge 6.672 metal 6.672
m5zn large .203 xlarge .406 2xlarge .812 3xlarge 1.218 6xlarge 2.436 12xlarge 4.872
m6g medium .047 large .094 xlarge .188 2xlarge .376 4xlarge .752 8xlarge 1.504 12xlarge 2.256 16xlarge 3.008
m6i large .118 xlarge .236 2xlarge .472 4xlarge .944 8xlarge 1.888 12xlarge 2.832 16xlarge 3.776 24xlarge 5.664 32xlarge 7.552 metal 7.552
p2 xlarge 1.465 8xlarge 11.72 16xlarge 23.44
p3 2xlarge 4.234 8xlarge 16.936 16xlarge 33.872
r3 large .2 xlarge .399 2xlarge .798 4xlarge 1.596 8xlarge 3.192
r4 large .16 xlarge .32 2xlarge .64 4xlarge 1.28 8xlarge 2.56 16xlarge 5.12
r5 large .152 xlarge .304 2xlarge .608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864 24xlarge 7.296 metal 7.296
r5a large .136 xlarge .272 2xlarge .544 4xlarge 1.088 8xlarge 2.176 12xlarge 3.264 16xlarge 4.352 24xlarge 6.528
r5ad large .158 xlarge .316 2xlarge .632 4xlarge 1.264 8xlarge 2.528 12xlarge 3.792 16xlarge 5.056 24xlarge 7.584
r5b large .178 xlarge .356 2xlarge .712 4xlarge 1.424 8xlarge 2.848 12xlarge 4.272 16xlarge 5.696 24xlarge 8.544
r5d large .173 xlarge .346 2xlarge .692 4xlarge 1.384 8xlarge 2.768 12xlarge 4.152 16xlarge 5.536 24xlarge 8.304 metal 8.304
r5dn large .199 xlarge .398 2xlarge .796 4xlarge 1.592 8xlarge 3.184 12xlarge 4.776 16xlarge 6.368 24xlarge 9.552 metal 9.552
r5n large .178 xlarge .356 2xlarge .712 4xlarge 1.424 8xlarge 2.848 12xlarge 4.272 16xlarge 5.696 24xlarge 8.544 metal 8.544
r6g medium .061 large .122 xlarge .244 2xlarge .488 4xlarge .976 8xlarge 1.952 12xlarge 2.928 16xlarge 3.904
r6i large .152 xlarge .304 2xlarge .608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864 24xlarge 7.296 32xlarge 9.728 metal 9.728
t2 nano .0072 micro .0144 small .0288 medium .0576 large .1152 xlarge .2304 2xlarge .4608
t3 nano .0065 micro .013 small .026 medium .052 large .104 xlarge .208 2xlarge .416
t3a nano .0059 micro .0117 small .0234 medium .0468 large .0936 xlarge .1872 2xlarge .3744
t4g nano .0052 micro .0104 small .0208 medium .0416 large .0832 xlarge .1664 2xlarge .3328
u-6tb1 56xlarge 55.9796 112xlarge 65.867
u-24tb1 112xlarge 263.47
x1 16xlarge 9.671 32xlarge 19.341
x1e xlarge 1.209 2xlarge 2.418 4xlarge 4.836 8xlarge 9.672 16xlarge 19.344 32xlarge 38.688
x2idn 16xlarge 9.6705 24xlarge 14.50575 32xlarge 19.341 metal 19.341
x2iedn xlarge 1.20881 2xlarge 2.41763 4xlarge 4.83525 8xlarge 9.6705 16xlarge 19.341 24xlarge 29.0115 32xlarge 38.682 metal 38.682
z1d large .225 xlarge .45 2xlarge .9 3xlarge 1.35 6xlarge 2.7 12xlarge 5.4 metal 5.4
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6id 2xlarge .462 24xlarge 5.544 32xlarge 7.392
c6in large .1281 4xlarge 1.0248 12xlarge 3.0744 24xlarge 6.1488 32xlarge 8.1984 metal 8.1984
c7g medium .0408 2xlarge .3264 4xlarge .6528 8xlarge 1.3056 12xlarge 1.9584 16xlarge 2.6112 metal 2.6112
c7i-flex large .09576 xlarge .19152 2xlarge .38304 4xlarge .76608 8xlarge 1.53216
g5 xlarge 1.237 4xlarge 1.99691 12xlarge 6.97442 16xlarge 5.03653 48xlarge 20.02809
g6 xlarge .9896 2xlarge 1.20208 4xlarge 1.62704 8xlarge 2.47695 12xlarge 5.65823 16xlarge 4.17678 48xlarge 16.41595
i4i xlarge .403 2xlarge .805 4xlarge 1.61 8xlarge 3.221 16xlarge 6.442 24xlarge 9.6624
m6gd medium .0556 xlarge .2224 2xlarge .4448 8xlarge 1.7792 12xlarge 2.6688 16xlarge 3.5584
m6id xlarge .2919 2xlarge .5838 4xlarge 1.1676 8xlarge 2.3352 12xlarge 3.5028 32xlarge 9.3408 metal 9.3408
m7g medium .0502 large .1003 xlarge .2006 4xlarge .8024 12xlarge 2.4072 16xlarge 3.2096 metal 3.2096
m7i large .1239 xlarge .2478 2xlarge .4956 4xlarge .9912 48xlarge 11.8944
m7i-flex large .11771 xlarge .23542 2xlarge .47084 4xlarge .94168 8xlarge 1.88336
r6gd medium .0692 large .1384 xlarge .2768 4xlarge 1.1072 8xlarge 2.2144 12xlarge 3.3216
r6id 2xlarge .7268 8xlarge 2.9072 16xlarge 5.8144 32xlarge 11.6288 metal 11.6288
r7g medium .0646 large .1292 2xlarge .5168 4xlarge 1.0336 8xlarge 2.0672 12xlarge 3.1008 16xlarge 4.1344 metal 4.1344
r7i large .1596 8xlarge 2.5536 12xlarge 3.8304 16xlarge 5.1072 48xlarge 15.3216 metal-48xl 15.3216
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
i4i 32xlarge 12.8832 metal 12.883
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m4 large .241 xlarge .483 2xlarge .966 4xlarge 1.933 10xlarge 4.833 16xlarge 7.712
db.m5 large .236 xlarge .472 2xlarge .944 4xlarge 1.888 8xlarge 3.78 12xlarge 5.664 16xlarge 7.55 24xlarge 11.328
db.m6g large .21 xlarge .42 2xlarge .839 4xlarge 1.678 8xlarge 3.356 12xlarge 5.035 16xlarge 6.713
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
db.m4 large .252 xlarge .504 2xlarge 1.008 4xlarge 2.016 10xlarge 5.041 16xlarge 8.064
db.m5 12xlarge 5.928 16xlarge 7.904 24xlarge 11.856
db.m6g 12xlarge 5.295 16xlarge 7.06
db.r4 large .3 xlarge .6 2xlarge 1.2 4xlarge 2.4 8xlarge 4.8 16xlarge 9.6
db.r5 12xlarge 7.2 16xlarge 9.6 24xlarge 14.4
db.r6g 12xlarge 6.474 16xlarge 8.632
db.t2 micro .028 small .056 medium .112 large .224 xlarge .448 2xlarge .896
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m4 large .215 xlarge .43 2xlarge .858 4xlarge 1.717 10xlarge 4.294
cache.m5 12xlarge 4.588 24xlarge 9.176
cache.m6g 12xlarge 4.355 16xlarge 5.806
cache.m7g 12xlarge 4.617 16xlarge 6.155
cache.r4 large .273 xlarge .546 2xlarge 1.092 4xlarge 2.184 8xlarge 4.368 16xlarge 8.736
cache.r5 12xlarge 6.207 24xlarge 12.414
cache.r6g 12xlarge 5.897 16xlarge 7.862
cache.r7g 12xlarge 6.269 16xlarge 8.358
cache.t2 micro .026 small .052 medium .104
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .191 xlarge .382 2xlarge .765 4xlarge 1.529
cache.m6g large .181 xlarge .363 2xlarge .726 4xlarge 1.452 8xlarge 2.903
cache.m7g large .192 xlarge .385 2xlarge .77 4xlarge 1.54 8xlarge 3.078
cache.r5 large .259 xlarge .517 2xlarge 1.035 4xlarge 2.069
cache.r6g large .246 xlarge .491 2xlarge .983 4xlarge 1.966 8xlarge 3.931
cache.r7g large .262 xlarge .522 2xlarge 1.045 4xlarge 2.09 8xlarge 4.179
cache.t3 micro .025 small .049 medium .099
cache.t4g micro .024 small .047 medium .094
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m4 large .172 xlarge .344 2xlarge .6864 4xlarge 1.3736 10xlarge 3.4352
cache.m5 12xlarge 3.6704 24xlarge 7.3408
cache.m6g 12xlarge 3.484 16xlarge 4.6448
cache.m7g 12xlarge 3.6936 16xlarge 4.924
cache.r4 large .2184 xlarge .4368 2xlarge .8736 4xlarge 1.7472 8xlarge 3.4944 16xlarge 6.9888
cache.r5 12xlarge 4.9656 24xlarge 9.9312
cache.r6g 12xlarge 4.7176 16xlarge 6.2896
cache.r7g 12xlarge 5.0152 16xlarge 6.6864
cache.t2 micro .0208 small .0416 medium .0832
`],
];
