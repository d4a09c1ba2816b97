import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ap-south-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
a1 medium .0255 large .051 xlarge .102 2xlarge .204 4xlarge .408 metal .408
c4 large .1 xlarge .2 2xlarge .4 4xlarge .8 8xlarge 1.6
c5 large .085 xlarge .17 2xlarge .34 4xlarge .68 9xlarge 1.53 12xlarge 2.04 18xlarge 3.06 24xlarge 4.08 metal 4.08
c5a large .047 xlarge .094 2xlarge .188 4xlarge .376 8xlarge .752 12xlarge 1.128 16xlarge 1.504 24xlarge 2.256
c5d large .099 xlarge .198 2xlarge .396 4xlarge .792 9xlarge 1.782 12xlarge 2.376 18xlarge 3.564 24xlarge 4.752 metal 4.752
c5n large .108 xlarge .216 2xlarge .432 4xlarge .864 9xlarge 1.944 18xlarge 3.888 metal 3.888
c6a large .04675 xlarge .0935 2xlarge .187 4xlarge .374 8xlarge .748 12xlarge 1.122 16xlarge 1.496 24xlarge 2.244 32xlarge 2.992 48xlarge 4.488 metal 4.488
c6g medium .0213 large .0426 xlarge .0852 2xlarge .1704 4xlarge .3408 8xlarge .6816 12xlarge 1.0224 16xlarge 1.3632
c6gd medium .0245 large .049 xlarge .098 2xlarge .196 4xlarge .392 8xlarge .784 12xlarge 1.176 16xlarge 1.568
c6gn medium .04325 large .0865 xlarge .173 2xlarge .346 4xlarge .692 8xlarge 1.384 12xlarge 2.076 16xlarge 2.768
c6i large .085 xlarge .17 2xlarge .34 4xlarge .68 8xlarge 1.36 12xlarge 2.04 16xlarge 2.72 24xlarge 4.08 32xlarge 5.44 metal 5.44
d2 xlarge .827 2xlarge 1.653 4xlarge 3.306 8xlarge 6.612
d3 xlarge .524 2xlarge 1.047 4xlarge 2.095 8xlarge 4.18904
g4dn xlarge .579 2xlarge .828 4xlarge 1.325 8xlarge 2.395 12xlarge 4.306 16xlarge 4.791 metal 8.612
g5 xlarge 1.208 2xlarge 1.45536 4xlarge 1.95009 8xlarge 2.93955 12xlarge 6.81091 16xlarge 4.91846 24xlarge 9.77928 48xlarge 19.55855
i2 xlarge .967 2xlarge 1.933 4xlarge 3.867 8xlarge 7.733
i3 large .177 xlarge .354 2xlarge .708 4xlarge 1.416 8xlarge 2.832 16xlarge 5.664 metal 5.664
i3en large .257 xlarge .514 2xlarge 1.028 3xlarge 1.542 6xlarge 3.084 12xlarge 6.168 24xlarge 12.336 metal 12.336
inf1 xlarge .24 2xlarge .381 6xlarge 1.241 24xlarge 4.965
m4 large .105 xlarge .21 2xlarge .42 4xlarge .84 10xlarge 2.1 16xlarge 3.36
m5 large .101 xlarge .202 2xlarge .404 4xlarge .808 8xlarge 1.616 12xlarge 2.424 16xlarge 3.232 24xlarge 4.848 metal 4.848
m5a large .056 xlarge .111 2xlarge .222 4xlarge .444 8xlarge .889 12xlarge 1.333 16xlarge 1.778 24xlarge 2.666
m5ad large .067 xlarge .134 2xlarge .268 4xlarge .537 8xlarge 1.074 12xlarge 1.61 16xlarge 2.147 24xlarge 3.221
m5d large .122 xlarge .244 2xlarge .488 4xlarge .976 8xlarge 1.952 12xlarge 2.928 16xlarge 3.904 24xlarge 5.856 metal 5.856
m6a large .05555 xlarge .1111 2xlarge .2222 4xlarge .4444 8xlarge .8888 12xlarge 1.3332 16xlarge 1.7776 24xlarge 2.6664 32xlarge 3.5552 48xlarge 5.3328 metal 5.3328
m6g medium .0253 large .0506 xlarge .1012 2xlarge .2024 4xlarge .4048 8xlarge .8096 12xlarge 1.2144 16xlarge 1.6192
m6gd medium .0302 large .0604 xlarge .1208 2xlarge .2416 4xlarge .4832 8xlarge .9664 12xlarge 1.4496 16xlarge 1.9328
m6i large .101 xlarge .202 2xlarge .404 4xlarge .808 8xlarge 1.616 12xlarge 2.424 16xlarge 3.232 24xlarge 4.848 32xlarge 6.464 metal 6.464
p2 xlarge 1.718 8xlarge 13.744 16xlarge 27.488
r3 large .19 xlarge .379 2xlarge .758 4xlarge 1.516 8xlarge 3.032
r4 large .137 xlarge .274 2xlarge .548 4xlarge 1.096 8xlarge 2.192 16xlarge 4.384
r5 large .13 xlarge .26 2xlarge .52 4xlarge 1.04 8xlarge 2.08 12xlarge 3.12 16xlarge 4.16 24xlarge 6.24 metal 6.24
r5a large .072 xlarge .143 2xlarge .286 4xlarge .572 8xlarge 1.144 12xlarge 1.716 16xlarge 2.288 24xlarge 3.432
r5ad large .083 xlarge .166 2xlarge .332 4xlarge .664 8xlarge 1.329 12xlarge 1.993 16xlarge 2.658 24xlarge 3.986
r5d large .151 xlarge .302 2xlarge .604 4xlarge 1.208 8xlarge 2.416 12xlarge 3.624 16xlarge 4.832 24xlarge 7.248 metal 7.248
r5n large .153 xlarge .306 2xlarge .612 4xlarge 1.224 8xlarge 2.448 12xlarge 3.672 16xlarge 4.896 24xlarge 7.344 metal 7.344
r6a large .0715 xlarge .143 2xlarge .286 4xlarge .572 8xlarge 1.144 12xlarge 1.716 16xlarge 2.288 24xlarge 3.432 32xlarge 4.576 48xlarge 6.864 metal 6.864
r6g medium .0325 large .065 xlarge .13 2xlarge .26 4xlarge .52 8xlarge 1.04 12xlarge 1.56 16xlarge 2.08
r6gd medium .0374 large .0747 xlarge .1495 2xlarge .299 4xlarge .5979 8xlarge 1.1958 12xlarge 1.7938 16xlarge 2.3917
r6i large .13 xlarge .26 2xlarge .52 4xlarge 1.04 8xlarge 2.08 12xlarge 3.12 16xlarge 4.16 24xlarge 6.24 32xlarge 8.32 metal 8.32
t2 nano .0062 micro .0124 small .0248 medium .0496 large .0992 xlarge .1984 2xlarge .3968
t3 nano .0056 micro .0112 small .0224 medium .0448 large .0896 xlarge .1792 2xlarge .3584
t3a nano .0031 micro .0062 small .0123 medium .0246 large .0493 xlarge .0986 2xlarge .1971
t4g nano .0028 micro .0056 small .0112 medium .0224 large .0448 xlarge .0896 2xlarge .1792
u-6tb1 56xlarge 47.87676 112xlarge 56.333
x1 16xlarge 6.881 32xlarge 13.762
x1e xlarge .86 2xlarge 1.72 4xlarge 3.44 8xlarge 6.88 16xlarge 13.76 32xlarge 27.52
x2idn 16xlarge 6.881 24xlarge 10.3215 32xlarge 13.762 metal 13.762
x2iedn xlarge .86013 2xlarge 1.72025 4xlarge 3.4405 8xlarge 6.881 16xlarge 13.762 24xlarge 20.643 32xlarge 27.524 metal 27.524
z1d large .196 xlarge .392 2xlarge .784 3xlarge 1.176 6xlarge 2.352 12xlarge 4.704 metal 4.704
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6in large .1134 xlarge .2268 2xlarge .4536 8xlarge 1.8144 24xlarge 5.4432 32xlarge 7.2576 metal 7.2576
c7g medium .0245 large .0491 xlarge .0982 2xlarge .1963 8xlarge .7853 12xlarge 1.1779 metal 1.5706
c7gd large .0576 2xlarge .2304 4xlarge .4608 8xlarge .9216 16xlarge 1.8432 metal 1.8432
c7i large .08925 xlarge .1785 2xlarge .357 4xlarge .714 8xlarge 1.428 12xlarge 2.142 48xlarge 8.568
c7i-flex large .08479 xlarge .16958 2xlarge .33915 4xlarge .6783 8xlarge 1.3566 12xlarge 2.0349 16xlarge 2.7132
g6 xlarge .9664 4xlarge 1.58889 16xlarge 4.07886 48xlarge 16.0311
i4i 2xlarge .779 4xlarge 1.558 8xlarge 3.115 12xlarge 4.673 16xlarge 6.23 24xlarge 9.3456 32xlarge 12.4608 metal 12.461
inf2 8xlarge 2.55822 24xlarge 8.43782 48xlarge 16.87565
is4gen medium .16375 large .3275 xlarge .655 2xlarge 1.31 4xlarge 2.62 8xlarge 5.24
m6id xlarge .2562 4xlarge 1.0248 12xlarge 3.0744 32xlarge 8.1984
m6idn 2xlarge .6786 4xlarge 1.3572 16xlarge 5.4288 metal 10.8576
m6in large .14508 xlarge .29016 2xlarge .58032 4xlarge 1.16064 12xlarge 3.48192 24xlarge 6.96384 metal 9.28512
m7g medium .0292 large .0583 xlarge .1166 8xlarge .9331 16xlarge 1.8662 metal 1.8662
m7gd large .071 xlarge .142 2xlarge .284 4xlarge .568 16xlarge 2.272 metal 2.272
m7i-flex large .10075 xlarge .2015 2xlarge .403 4xlarge .806 8xlarge 1.612 12xlarge 2.418 16xlarge 3.224
r6id large .1586 2xlarge .6344 4xlarge 1.2688 24xlarge 7.6128 32xlarge 10.1504 metal 10.1504
r7g large .0751 xlarge .1502 8xlarge 1.2013 12xlarge 1.8019 16xlarge 2.4026 metal 2.4026
r7gd medium .044 xlarge .176 4xlarge .704 8xlarge 1.408 12xlarge 2.112 16xlarge 2.816 metal 2.816
r8g large .08258 xlarge .16516 4xlarge .66064 8xlarge 1.32128 12xlarge 1.98192 24xlarge 3.96384 48xlarge 7.92768
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m4 large .245 xlarge .492 2xlarge .986 4xlarge 1.975 10xlarge 4.937 16xlarge 7.84
db.m5 large .241 xlarge .482 2xlarge .964 4xlarge 1.928 8xlarge 3.86 12xlarge 5.784 16xlarge 7.71 24xlarge 11.568
db.m6g large .214 xlarge .428 2xlarge .857 4xlarge 1.714 8xlarge 3.428 12xlarge 5.141 16xlarge 6.855
db.r4 large .27 xlarge .54 2xlarge 1.08 4xlarge 2.16 8xlarge 4.32 16xlarge 8.64
db.r5 large .27 xlarge .54 2xlarge 1.08 4xlarge 2.16 8xlarge 4.32 12xlarge 6.48 16xlarge 8.64 24xlarge 12.96
db.r6g large .242 xlarge .483 2xlarge .967 4xlarge 1.933 8xlarge 3.866 12xlarge 5.8 16xlarge 7.733
db.t2 micro .024 small .049 medium .098 large .199 xlarge .398 2xlarge .796
db.t3 micro .025 small .049 medium .098 large .196 xlarge .392 2xlarge .784
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r4 large .33 xlarge .66 2xlarge 1.32 4xlarge 2.64 8xlarge 5.28 16xlarge 10.56
db.r5 large .33 xlarge .66 2xlarge 1.32 4xlarge 2.64 8xlarge 5.28 12xlarge 7.92 16xlarge 10.56 24xlarge 15.84
db.r6g large .295 xlarge .591 2xlarge 1.181 4xlarge 2.363 8xlarge 4.726 12xlarge 7.088 16xlarge 9.451
db.t3 medium .118 large .236
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t2 small .059 medium .118
db.t3 small .059
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m4 large .257 xlarge .514 2xlarge 1.029 4xlarge 2.06 10xlarge 5.151 16xlarge 8.24
db.m5 12xlarge 6.072 16xlarge 8.096 24xlarge 12.144
db.m6g 12xlarge 5.424 16xlarge 7.232
db.r4 large .285 xlarge .57 2xlarge 1.14 4xlarge 2.28 8xlarge 4.56 16xlarge 9.12
db.r5 12xlarge 6.84 16xlarge 9.12 24xlarge 13.68
db.r6g 12xlarge 6.151 16xlarge 8.201
db.t2 micro .026 small .053 medium .106 large .212 xlarge .424 2xlarge .848
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m4 large .22 xlarge .438 2xlarge .878 4xlarge 1.755 10xlarge 4.388
cache.m5 12xlarge 3.903 24xlarge 7.805
cache.m6g 12xlarge 3.717 16xlarge 4.956
cache.m7g 12xlarge 3.94 16xlarge 5.253
cache.r4 large .247 xlarge .493 2xlarge .985 4xlarge 1.971 8xlarge 3.942 16xlarge 7.884
cache.r5 12xlarge 5.335 24xlarge 10.67
cache.r6g 12xlarge 5.062 16xlarge 6.749
cache.r7g 12xlarge 5.381 16xlarge 7.174
cache.t2 micro .024 small .049 medium .099
`],
  [["elasticache.redis.*.hour"], "2025-04-24", `
cache.r6gd xlarge .802 2xlarge 1.604 4xlarge 3.207 8xlarge 6.413 12xlarge 9.618 16xlarge 12.823
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .163 xlarge .325 2xlarge .65 4xlarge 1.301
cache.m6g large .155 xlarge .31 2xlarge .62 4xlarge 1.239 8xlarge 2.478
cache.m7g large .164 xlarge .329 2xlarge .657 4xlarge 1.313 8xlarge 2.627
cache.r5 large .222 xlarge .445 2xlarge .889 4xlarge 1.778
cache.r6g large .211 xlarge .422 2xlarge .844 4xlarge 1.688 8xlarge 3.375
cache.r7g large .224 xlarge .449 2xlarge .897 4xlarge 1.794 8xlarge 3.588
cache.t3 micro .021 small .043 medium .085
cache.t4g micro .02 small .041 medium .081
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m4 large .176 xlarge .3504 2xlarge .7024 4xlarge 1.404 10xlarge 3.5104
cache.m5 12xlarge 3.1224 24xlarge 6.244
cache.m6g 12xlarge 2.9736 16xlarge 3.9648
cache.m7g 12xlarge 3.152 16xlarge 4.2024
cache.r4 large .1976 xlarge .3944 2xlarge .788 4xlarge 1.5768 8xlarge 3.1536 16xlarge 6.3072
cache.r5 12xlarge 4.268 24xlarge 8.536
cache.r6g 12xlarge 4.0496 16xlarge 5.3992
cache.r6gd xlarge .6416 2xlarge 1.2832 4xlarge 2.5656 8xlarge 5.1304 12xlarge 7.6944 16xlarge 10.2584
cache.r7g 12xlarge 4.3048 16xlarge 5.7392
cache.t2 micro .0192 small .0392 medium .0792
`],
];
