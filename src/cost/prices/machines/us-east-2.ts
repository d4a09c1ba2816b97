import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in us-east-2, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
a1 medium .0255 large .051 xlarge .102 2xlarge .204 4xlarge .408 metal .408
c4 large .1 xlarge .199 2xlarge .398 4xlarge .796 8xlarge 1.591
c5 large .085 xlarge .17 2xlarge .34 4xlarge .68 9xlarge 1.53 12xlarge 2.04 18xlarge 3.06 24xlarge 4.08 metal 4.08
c5a large .077 xlarge .154 2xlarge .308 4xlarge .616 8xlarge 1.232 12xlarge 1.848 16xlarge 2.464 24xlarge 3.696
c5ad large .086 xlarge .172 2xlarge .344 4xlarge .688 8xlarge 1.376 12xlarge 2.064 16xlarge 2.752 24xlarge 4.128
c5d large .096 xlarge .192 2xlarge .384 4xlarge .768 9xlarge 1.728 12xlarge 2.304 18xlarge 3.456 24xlarge 4.608 metal 4.608
c5n large .108 xlarge .216 2xlarge .432 4xlarge .864 9xlarge 1.944 18xlarge 3.888 metal 3.888
c6a large .0765 xlarge .153 2xlarge .306 4xlarge .612 8xlarge 1.224 12xlarge 1.836 16xlarge 2.448 24xlarge 3.672 32xlarge 4.896 48xlarge 7.344 metal 7.344
c6g medium .034 large .068 xlarge .136 2xlarge .272 4xlarge .544 8xlarge 1.088 12xlarge 1.632 16xlarge 2.176
c6gd medium .0384 large .0768 xlarge .1536 2xlarge .3072 4xlarge .6144 8xlarge 1.2288 12xlarge 1.8432 16xlarge 2.4576
c6gn medium .0432 large .0864 xlarge .1728 2xlarge .3456 4xlarge .6912 8xlarge 1.3824 12xlarge 2.0736 16xlarge 2.7648
c6i large .085 xlarge .17 2xlarge .34 4xlarge .68 8xlarge 1.36 12xlarge 2.04 16xlarge 2.72 24xlarge 4.08 32xlarge 5.44 metal 5.44
c6id large .1008 xlarge .2016 2xlarge .4032 4xlarge .8064 8xlarge 1.6128 12xlarge 2.4192 16xlarge 3.2256 24xlarge 4.8384 32xlarge 6.4512 metal 6.4512
c6in large .1134 xlarge .2268 2xlarge .4536 4xlarge .9072 8xlarge 1.8144 12xlarge 2.7216 16xlarge 3.6288 24xlarge 5.4432 32xlarge 7.2576
c7g medium .0361 large .0723 xlarge .1445 2xlarge .289 4xlarge .5781 8xlarge 1.1562 12xlarge 1.7342 16xlarge 2.3123
d2 xlarge .69 2xlarge 1.38 4xlarge 2.76 8xlarge 5.52
d3 xlarge .499 2xlarge .999 4xlarge 1.998 8xlarge 3.99552
g3 4xlarge 1.14 8xlarge 2.28 16xlarge 4.56
g3s xlarge .75
g4ad xlarge .37853 2xlarge .54117 4xlarge .867 8xlarge 1.734 16xlarge 3.468
g4dn xlarge .526 2xlarge .752 4xlarge 1.204 8xlarge 2.176 12xlarge 3.912 16xlarge 4.352 metal 7.824
h1 2xlarge .468 4xlarge .936 8xlarge 1.872 16xlarge 3.744
i2 xlarge .853 2xlarge 1.705 4xlarge 3.41 8xlarge 6.82
i3 large .156 xlarge .312 2xlarge .624 4xlarge 1.248 8xlarge 2.496 16xlarge 4.992 metal 4.992
i3en large .226 xlarge .452 2xlarge .904 3xlarge 1.356 6xlarge 2.712 12xlarge 5.424 24xlarge 10.848 metal 10.848
i4i large .172 xlarge .343 2xlarge .686 4xlarge 1.373 8xlarge 2.746 16xlarge 5.491 32xlarge 10.9824 metal 10.982
im4gn large .1819 xlarge .36379 2xlarge .72758 4xlarge 1.45517 8xlarge 2.91034 16xlarge 5.82067
inf1 xlarge .228 2xlarge .362 6xlarge 1.18 24xlarge 4.721
is4gen medium .14408 large .28815 xlarge .5763 2xlarge 1.1526 4xlarge 2.3052 8xlarge 4.6104
m4 large .1 xlarge .2 2xlarge .4 4xlarge .8 10xlarge 2 16xlarge 3.2
m5 large .096 xlarge .192 2xlarge .384 4xlarge .768 8xlarge 1.536 12xlarge 2.304 16xlarge 3.072 24xlarge 4.608 metal 4.608
m5a large .086 xlarge .172 2xlarge .344 4xlarge .688 8xlarge 1.376 12xlarge 2.064 16xlarge 2.752 24xlarge 4.128
m5ad large .103 xlarge .206 2xlarge .412 4xlarge .824 8xlarge 1.648 12xlarge 2.472 16xlarge 3.296 24xlarge 4.944
m5d large .113 xlarge .226 2xlarge .452 4xlarge .904 8xlarge 1.808 12xlarge 2.712 16xlarge 3.616 24xlarge 5.424 metal 5.424
m5dn large .136 xlarge .272 2xlarge .544 4xlarge 1.088 8xlarge 2.176 12xlarge 3.264 16xlarge 4.352 24xlarge 6.528 metal 6.528
m5n large .119 xlarge .238 2xlarge .476 4xlarge .952 8xlarge 1.904 12xlarge 2.856 16xlarge 3.808 24xlarge 5.712 metal 5.712
m5zn large .1652 xlarge .3303 2xlarge .6607 3xlarge .991 6xlarge 1.982 12xlarge 3.9641
m6a large .0864 xlarge .1728 2xlarge .3456 4xlarge .6912 8xlarge 1.3824 12xlarge 2.0736 16xlarge 2.7648 24xlarge 4.1472 32xlarge 5.5296 48xlarge 8.2944 metal 8.2944
m6g medium .0385 large .077 xlarge .154 2xlarge .308 4xlarge .616 8xlarge 1.232 12xlarge 1.848 16xlarge 2.464
m6gd medium .0452 large .0904 xlarge .1808 2xlarge .3616 4xlarge .7232 8xlarge 1.4464 12xlarge 2.1696 16xlarge 2.8928
m6i large .096 xlarge .192 2xlarge .384 4xlarge .768 8xlarge 1.536 12xlarge 2.304 16xlarge 3.072 24xlarge 4.608 32xlarge 6.144 metal 6.144
m6id large .11865 xlarge .2373 2xlarge .4746 4xlarge .9492 8xlarge 1.8984 12xlarge 2.8476 16xlarge 3.7968 24xlarge 5.6952 32xlarge 7.5936 metal 7.5936
m6idn large .15912 xlarge .31824 2xlarge .63648 4xlarge 1.27296 8xlarge 2.54592 12xlarge 3.81888 16xlarge 5.09184 24xlarge 7.63776 32xlarge 10.18368
m6in large .13923 xlarge .27846 2xlarge .55692 4xlarge 1.11384 8xlarge 2.22768 12xlarge 3.34152 16xlarge 4.45536 24xlarge 6.68304 32xlarge 8.91072
p2 xlarge .9 8xlarge 7.2 16xlarge 14.4
p3 2xlarge 3.06 8xlarge 12.24 16xlarge 24.48
r3 large .166 xlarge .332 2xlarge .664 4xlarge 1.328 8xlarge 2.656
r4 large .133 xlarge .266 2xlarge .532 4xlarge 1.064 8xlarge 2.128 16xlarge 4.256
r5 large .126 xlarge .252 2xlarge .504 4xlarge 1.008 8xlarge 2.016 12xlarge 3.024 16xlarge 4.032 24xlarge 6.048 metal 6.048
r5a large .113 xlarge .226 2xlarge .452 4xlarge .904 8xlarge 1.808 12xlarge 2.712 16xlarge 3.616 24xlarge 5.424
r5ad large .131 xlarge .262 2xlarge .524 4xlarge 1.048 8xlarge 2.096 12xlarge 3.144 16xlarge 4.192 24xlarge 6.288
r5b large .149 xlarge .298 2xlarge .596 4xlarge 1.192 8xlarge 2.384 12xlarge 3.576 16xlarge 4.768 24xlarge 7.152
r5d large .144 xlarge .288 2xlarge .576 4xlarge 1.152 8xlarge 2.304 12xlarge 3.456 16xlarge 4.608 24xlarge 6.912 metal 6.912
r5dn large .167 xlarge .334 2xlarge .668 4xlarge 1.336 8xlarge 2.672 12xlarge 4.008 16xlarge 5.344 24xlarge 8.016 metal 8.016
r5n large .149 xlarge .298 2xlarge .596 4xlarge 1.192 8xlarge 2.384 12xlarge 3.576 16xlarge 4.768 24xlarge 7.152 metal 7.152
r6a large .1134 xlarge .2268 2xlarge .4536 4xlarge .9072 8xlarge 1.8144 12xlarge 2.7216 16xlarge 3.6288 24xlarge 5.4432 32xlarge 7.2576 48xlarge 10.8864 metal 10.8864
r6g medium .0504 large .1008 xlarge .2016 2xlarge .4032 4xlarge .8064 8xlarge 1.6128 12xlarge 2.4192 16xlarge 3.2256
r6gd medium .0576 large .1152 xlarge .2304 2xlarge .4608 4xlarge .9216 8xlarge 1.8432 12xlarge 2.7648 16xlarge 3.6864
r6i large .126 xlarge .252 2xlarge .504 4xlarge 1.008 8xlarge 2.016 12xlarge 3.024 16xlarge 4.032 24xlarge 6.048 32xlarge 8.064 metal 8.064
r6id large .1512 xlarge .3024 2xlarge .6048 4xlarge 1.2096 8xlarge 2.4192 12xlarge 3.6288 16xlarge 4.8384 24xlarge 7.2576 32xlarge 9.6768 metal 9.6768
r6idn large .19539 xlarge .39078 2xlarge .78156 4xlarge 1.56312 8xlarge 3.12624 12xlarge 4.68936 16xlarge 6.25248 24xlarge 9.37872 32xlarge 12.50496
r6in large .17433 xlarge .34866 2xlarge .69732 4xlarge 1.39464 8xlarge 2.78928 12xlarge 4.18392 16xlarge 5.57856 24xlarge 8.36784 32xlarge 11.15712
t2 nano .0058 micro .0116 small .023 medium .0464 large .0928 xlarge .1856 2xlarge .3712
t3 nano .0052 micro .0104 small .0208 medium .0416 large .0832 xlarge .1664 2xlarge .3328
t3a nano .0047 micro .0094 small .0188 medium .0376 large .0752 xlarge .1504 2xlarge .3008
t4g nano .0042 micro .0084 small .0168 medium .0336 large .0672 xlarge .1344 2xlarge .2688
u-3tb1 56xlarge 27.3
u-6tb1 56xlarge 46.40391 112xlarge 54.6
u-12tb1 112xlarge 109.2
x1 16xlarge 6.669 32xlarge 13.338
x1e xlarge .834 2xlarge 1.668 4xlarge 3.336 8xlarge 6.672 16xlarge 13.344 32xlarge 26.688
x2gd medium .0835 large .167 xlarge .334 2xlarge .668 4xlarge 1.336 8xlarge 2.672 12xlarge 4.008 16xlarge 5.344
x2idn 16xlarge 6.669 24xlarge 10.0035 32xlarge 13.338 metal 13.338
x2iedn xlarge .83363 2xlarge 1.66725 4xlarge 3.3345 8xlarge 6.669 16xlarge 13.338 24xlarge 20.007 32xlarge 26.676 metal 26.676
z1d large .186 xlarge .372 2xlarge .744 3xlarge 1.116 6xlarge 2.232 12xlarge 4.464 metal 4.464
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6in metal 7.2576
c7a large .10264 xlarge .20528 4xlarge .82112 8xlarge 1.64224 12xlarge 2.46336 16xlarge 3.28448 24xlarge 4.92672 32xlarge 6.56896 48xlarge 9.85344 metal-48xl 9.85344
c7g metal 2.3123
c7gd 4xlarge .7258 8xlarge 1.4515 12xlarge 2.1773 metal 2.903
c7gn medium .0624 xlarge .2496 4xlarge .9984 12xlarge 2.9952 16xlarge 3.9936 metal 3.9936
c7i-flex large .08479 xlarge .16958 2xlarge .33915 4xlarge .6783 8xlarge 1.3566 12xlarge 2.0349 16xlarge 2.7132
g5 8xlarge 2.448 16xlarge 4.096 48xlarge 16.288
g6 xlarge .8048 2xlarge .9776 8xlarge 2.0144 12xlarge 4.6016 24xlarge 6.6752 48xlarge 13.3504
g6e xlarge 1.861 2xlarge 2.24208 24xlarge 15.06559
i4g large .15444 xlarge .30888 2xlarge .61776 4xlarge 1.23552 8xlarge 2.47104 16xlarge 4.94208
i4i 12xlarge 4.118
i7ie 2xlarge 1.0396 3xlarge 1.5594 6xlarge 3.1188
inf2 24xlarge 6.49063 48xlarge 12.98127
m6idn metal 10.18368
m7a medium .05796 large .11592 xlarge .23184 2xlarge .46368 4xlarge .92736 8xlarge 1.85472 12xlarge 2.78208 16xlarge 3.70944 24xlarge 5.56416 48xlarge 11.12832 metal-48xl 11.12832
m7g medium .0408 large .0816 12xlarge 1.9584 16xlarge 2.6112 metal 2.6112
m7gd large .1068 2xlarge .4271 16xlarge 3.4171 metal 3.4171
m7i large .1008 4xlarge .8064 12xlarge 2.4192 16xlarge 3.2256 48xlarge 9.6768 metal-24xl 5.32224 metal-48xl 9.6768
m7i-flex large .09576 xlarge .19152 2xlarge .38304 4xlarge .76608 8xlarge 1.53216 12xlarge 2.29824 16xlarge 3.06432
r6idn metal 12.50496
r6in metal 11.15712
r7a medium .07608 large .15215 xlarge .3043 2xlarge .6086 4xlarge 1.2172 12xlarge 3.6516 16xlarge 4.8688 32xlarge 9.7376 48xlarge 14.6064 metal-48xl 14.6064
r7g medium .0536 large .1071 2xlarge .4284 8xlarge 1.7136 12xlarge 2.5704 metal 3.4272
r7gd large .1361 xlarge .2722 4xlarge 1.0886 8xlarge 2.1773 12xlarge 3.2659 16xlarge 4.3546 metal 4.3546
r7i large .1323 xlarge .2646 4xlarge 1.0584 8xlarge 2.1168 16xlarge 4.2336 48xlarge 12.7008 metal-24xl 6.98544 metal-48xl 12.7008
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
m7g xlarge .1632 2xlarge .3264 4xlarge .6528 8xlarge 1.3056
m7gd 4xlarge .8543
r7g xlarge .2142 4xlarge .8568 16xlarge 3.4272
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m4 large .175 xlarge .35 2xlarge .7 4xlarge 1.401 10xlarge 3.502 16xlarge 5.6
db.m5 large .171 xlarge .342 2xlarge .684 4xlarge 1.368 8xlarge 2.74 12xlarge 4.104 16xlarge 5.47 24xlarge 8.208
db.m6g large .152 xlarge .304 2xlarge .608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864
db.r4 large .24 xlarge .48 2xlarge .96 4xlarge 1.92 8xlarge 3.84 16xlarge 7.68
db.r5 large .24 xlarge .48 2xlarge .96 4xlarge 1.92 8xlarge 3.84 12xlarge 5.76 16xlarge 7.68 24xlarge 11.52
db.r6g large .215 xlarge .43 2xlarge .859 4xlarge 1.718 8xlarge 3.437 12xlarge 5.155 16xlarge 6.874
db.t2 micro .017 small .034 medium .068 large .136 xlarge .272 2xlarge .544
db.t3 micro .017 small .034 medium .068 large .136 xlarge .272 2xlarge .544
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r4 large .29 xlarge .58 2xlarge 1.16 4xlarge 2.32 8xlarge 4.64 16xlarge 9.28
db.r5 large .29 xlarge .58 2xlarge 1.16 4xlarge 2.32 8xlarge 4.64 12xlarge 6.96 16xlarge 9.28 24xlarge 13.92
db.r6g large .26 xlarge .519 2xlarge 1.038 4xlarge 2.076 8xlarge 4.153 12xlarge 6.229 16xlarge 8.306
db.t3 medium .082 large .164
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t2 small .041 medium .082
db.t3 small .041
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m4 large .182 xlarge .365 2xlarge .73 4xlarge 1.461 10xlarge 3.654 16xlarge 5.844
db.m5 12xlarge 4.272 16xlarge 5.696 24xlarge 8.544
db.m6g 12xlarge 3.816 16xlarge 5.088
db.r4 large .25 xlarge .5 2xlarge 1 4xlarge 2 8xlarge 4 16xlarge 8
db.r5 12xlarge 6 16xlarge 8 24xlarge 12
db.r6g 12xlarge 5.395 16xlarge 7.194
db.t2 micro .018 small .036 medium .073 large .145 xlarge .29 2xlarge .58
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.c7gn large .255 xlarge .509 2xlarge 1.018 4xlarge 2.037 8xlarge 4.073 12xlarge 6.11 16xlarge 8.147
cache.m4 large .156 xlarge .311 2xlarge .623 4xlarge 1.245 10xlarge 3.112
cache.m5 12xlarge 3.744 24xlarge 7.488
cache.m6g 12xlarge 3.557 16xlarge 4.743
cache.m7g 12xlarge 3.77 16xlarge 5.028
cache.r4 large .228 xlarge .455 2xlarge .91 4xlarge 1.82 8xlarge 3.64 16xlarge 7.28
cache.r5 12xlarge 5.184 24xlarge 10.368
cache.r6g 12xlarge 4.925 16xlarge 6.567
cache.r7g 12xlarge 5.235 16xlarge 6.981
cache.t2 micro .017 small .034 medium .068
`],
  [["elasticache.redis.*.hour"], "2025-04-24", `
cache.r6gd xlarge .781 2xlarge 1.56 4xlarge 3.12 8xlarge 6.24 12xlarge 9.358 16xlarge 12.477
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .156 xlarge .311 2xlarge .623 4xlarge 1.245
cache.m6g large .149 xlarge .297 2xlarge .593 4xlarge 1.186 8xlarge 2.372
cache.m7g large .158 xlarge .315 2xlarge .629 4xlarge 1.257 8xlarge 2.514
cache.r5 large .216 xlarge .431 2xlarge .862 4xlarge 1.724
cache.r6g large .206 xlarge .411 2xlarge .821 4xlarge 1.642 8xlarge 3.284
cache.r7g large .219 xlarge .437 2xlarge .873 4xlarge 1.745 8xlarge 3.491
cache.t3 micro .017 small .034 medium .068
cache.t4g micro .016 small .032 medium .065
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.c7gn large .204 xlarge .4072 2xlarge .8144 4xlarge 1.6296 8xlarge 3.2584 12xlarge 4.888 16xlarge 6.5176
cache.m4 large .1248 xlarge .2488 2xlarge .4984 4xlarge .996 10xlarge 2.4896
cache.m5 12xlarge 2.9952 24xlarge 5.9904
cache.m6g 12xlarge 2.8456 16xlarge 3.7944
cache.m7g 12xlarge 3.016 16xlarge 4.0224
cache.r4 large .1824 xlarge .364 2xlarge .728 4xlarge 1.456 8xlarge 2.912 16xlarge 5.824
cache.r5 12xlarge 4.1472 24xlarge 8.2944
cache.r6g 12xlarge 3.94 16xlarge 5.2536
cache.r6gd xlarge .6248 2xlarge 1.248 4xlarge 2.496 8xlarge 4.992 12xlarge 7.4864 16xlarge 9.9816
cache.r7g 12xlarge 4.188 16xlarge 5.5848
cache.t2 micro .0136 small .0272 medium .0544
`],
];
