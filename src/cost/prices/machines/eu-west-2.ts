import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in eu-west-2, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
c4 large .119 xlarge .237 2xlarge .476 4xlarge .95 8xlarge 1.902
c5 large .101 xlarge .202 2xlarge .404 4xlarge .808 9xlarge 1.818 12xlarge 2.424 18xlarge 3.636 24xlarge 4.848 metal 4.848
c5a large .091 xlarge .182 2xlarge .364 4xlarge .728 8xlarge 1.456 12xlarge 2.184 16xlarge 2.912 24xlarge 4.368
c5d large .115 xlarge .23 2xlarge .46 4xlarge .92 9xlarge 2.07 12xlarge 2.76 18xlarge 4.14 24xlarge 5.52 metal 5.52
c5n large .128 xlarge .256 2xlarge .512 4xlarge 1.024 9xlarge 2.304 18xlarge 4.608 metal 4.608
c6g medium .0404 large .0808 xlarge .1616 2xlarge .3232 4xlarge .6464 8xlarge 1.2928 12xlarge 1.9392 16xlarge 2.5856
c6gd medium .046 large .092 xlarge .184 2xlarge .368 4xlarge .736 8xlarge 1.472 12xlarge 2.208 16xlarge 2.944
c6gn medium .05125 large .1025 xlarge .205 2xlarge .41 4xlarge .82 8xlarge 1.64 12xlarge 2.46 16xlarge 3.28
c6i large .101 xlarge .202 2xlarge .404 4xlarge .808 8xlarge 1.616 12xlarge 2.424 16xlarge 3.232 24xlarge 4.848 32xlarge 6.464 metal 6.464
d2 xlarge .772 2xlarge 1.544 4xlarge 3.087 8xlarge 6.174
d3 xlarge .64 2xlarge 1.28 4xlarge 2.559 8xlarge 5.11824
f1 2xlarge 1.906 4xlarge 3.812
g3 4xlarge 1.429 8xlarge 2.858 16xlarge 5.716
g3s xlarge .94
g4ad xlarge .44271 2xlarge .63292 4xlarge 1.014 8xlarge 2.028 16xlarge 4.056
g4dn xlarge .615 2xlarge .88 4xlarge 1.409 8xlarge 2.546 12xlarge 4.577 16xlarge 5.092 metal 9.154
g5 xlarge 1.277 2xlarge 1.53849 4xlarge 2.06148 8xlarge 3.10745 12xlarge 7.19994 16xlarge 5.1994 24xlarge 10.33786 48xlarge 20.67572
i3 large .181 xlarge .362 2xlarge .724 4xlarge 1.448 8xlarge 2.896 16xlarge 5.792 metal 5.792
i3en large .263 xlarge .526 2xlarge 1.052 3xlarge 1.578 6xlarge 3.156 12xlarge 6.312 24xlarge 12.624 metal 12.624
i4i large .199 xlarge .398 2xlarge .796 4xlarge 1.593 8xlarge 3.186 16xlarge 6.371 32xlarge 12.7424 metal 12.742
im4gn large .21105 xlarge .42209 2xlarge .84418 4xlarge 1.68837 8xlarge 3.37674 16xlarge 6.75347
inf1 xlarge .267 2xlarge .424 6xlarge 1.382 24xlarge 5.53
is4gen medium .16766 large .33533 xlarge .67065 2xlarge 1.3413 4xlarge 2.68261 8xlarge 5.36522
m4 large .116 xlarge .232 2xlarge .464 4xlarge .928 10xlarge 2.32 16xlarge 3.712
m5 large .111 xlarge .222 2xlarge .444 4xlarge .888 8xlarge 1.776 12xlarge 2.664 16xlarge 3.552 24xlarge 5.328 metal 5.328
m5a large .1 xlarge .2 2xlarge .4 4xlarge .8 8xlarge 1.6 12xlarge 2.4 16xlarge 3.2 24xlarge 4.8
m5ad large .12 xlarge .24 2xlarge .48 4xlarge .96 8xlarge 1.92 12xlarge 2.88 16xlarge 3.84 24xlarge 5.76
m5d large .131 xlarge .262 2xlarge .524 4xlarge 1.048 8xlarge 2.096 12xlarge 3.144 16xlarge 4.192 24xlarge 6.288 metal 6.288
m6g medium .0444 large .0888 xlarge .1776 2xlarge .3552 4xlarge .7104 8xlarge 1.4208 12xlarge 2.1312 16xlarge 2.8416
m6gd medium .0524 large .1048 xlarge .2096 2xlarge .4192 4xlarge .8384 8xlarge 1.6768 12xlarge 2.5152 16xlarge 3.3536
m6i large .111 xlarge .222 2xlarge .444 4xlarge .888 8xlarge 1.776 12xlarge 2.664 16xlarge 3.552 24xlarge 5.328 32xlarge 7.104 metal 7.104
p3 2xlarge 3.589 8xlarge 14.356 16xlarge 28.712
r4 large .156 xlarge .312 2xlarge .624 4xlarge 1.248 8xlarge 2.496 16xlarge 4.992
r5 large .148 xlarge .296 2xlarge .592 4xlarge 1.184 8xlarge 2.368 12xlarge 3.552 16xlarge 4.736 24xlarge 7.104 metal 7.104
r5a large .133 xlarge .266 2xlarge .532 4xlarge 1.064 8xlarge 2.128 12xlarge 3.192 16xlarge 4.256 24xlarge 6.384
r5ad large .154 xlarge .308 2xlarge .616 4xlarge 1.232 8xlarge 2.464 12xlarge 3.696 16xlarge 4.928 24xlarge 7.392
r5b large .175 xlarge .35 2xlarge .7 4xlarge 1.4 8xlarge 2.8 12xlarge 4.2 16xlarge 5.6 24xlarge 8.4
r5d large .169 xlarge .338 2xlarge .676 4xlarge 1.352 8xlarge 2.704 12xlarge 4.056 16xlarge 5.408 24xlarge 8.112 metal 8.112
r5n large .175 xlarge .35 2xlarge .7 4xlarge 1.4 8xlarge 2.8 12xlarge 4.2 16xlarge 5.6 24xlarge 8.4 metal 8.4
r6g medium .0592 large .1184 xlarge .2368 2xlarge .4736 4xlarge .9472 8xlarge 1.8944 12xlarge 2.8416 16xlarge 3.7888
r6i large .148 xlarge .296 2xlarge .592 4xlarge 1.184 8xlarge 2.368 12xlarge 3.552 16xlarge 4.736 24xlarge 7.104 32xlarge 9.472 metal 9.472
t2 nano .0066 micro .0132 small .026 medium .052 large .1056 xlarge .2112 2xlarge .4224
t3 nano .0059 micro .0118 small .0236 medium .0472 large .0944 xlarge .1888 2xlarge .3776
t3a nano .0053 micro .0106 small .0212 medium .0425 large .085 xlarge .1699 2xlarge .3398
t4g nano .0047 micro .0094 small .0188 medium .0376 large .0752 xlarge .1504 2xlarge .3008
x1 16xlarge 8.403 32xlarge 16.806
x2idn 16xlarge 8.403 24xlarge 12.6045 32xlarge 16.806 metal 16.806
x2iedn xlarge 1.05038 2xlarge 2.10075 4xlarge 4.2015 8xlarge 8.403 16xlarge 16.806 24xlarge 25.209 32xlarge 33.612 metal 33.612
z1d large .22 xlarge .439 2xlarge .879 3xlarge 1.318 6xlarge 2.636 12xlarge 5.273 metal 5.273
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6a large .0909 xlarge .1818 4xlarge .7272 12xlarge 2.1816 16xlarge 2.9088 24xlarge 4.3632 48xlarge 8.7264 metal 8.7264
c6id large .12075 4xlarge .966 8xlarge 1.932 12xlarge 2.898 24xlarge 5.796 32xlarge 7.728 metal 7.728
c6in large .1344 8xlarge 2.1504 12xlarge 3.2256 24xlarge 6.4512 metal 8.6016
c7g 2xlarge .3434 12xlarge 2.0606
c7i large .10605 xlarge .2121 2xlarge .4242 4xlarge .8484 12xlarge 2.5452 16xlarge 3.3936 24xlarge 5.0904
c7i-flex large .10075 xlarge .2015 2xlarge .40299 4xlarge .80598 8xlarge 1.61196 12xlarge 2.41794 16xlarge 3.22392
g6 xlarge 1.0216 8xlarge 2.55705 16xlarge 4.31184 24xlarge 8.47339 48xlarge 16.94678
i4i 12xlarge 4.778 24xlarge 9.5568
i7ie large .3025 xlarge .6049 2xlarge 1.2098 6xlarge 3.6294 12xlarge 7.2588 18xlarge 10.8882
inf2 xlarge 1.1373 8xlarge 2.95179
m6a 2xlarge .3996 4xlarge .7992 16xlarge 3.1968 24xlarge 4.7952 32xlarge 6.3936 48xlarge 9.5904 metal 9.5904
m6id large .13755 4xlarge 1.1004 12xlarge 3.3012 16xlarge 4.4016 24xlarge 6.6024 32xlarge 8.8032 metal 8.8032
m7g large .0944 xlarge .1887 2xlarge .3774 4xlarge .7549 8xlarge 1.5098 16xlarge 3.0195 metal 3.0195
m7i 4xlarge .9324 8xlarge 1.8648 16xlarge 3.7296 48xlarge 11.1888 metal-24xl 6.15384
m7i-flex large .11072 xlarge .22144 2xlarge .44288 4xlarge .88576 8xlarge 1.77152
r6gd 2xlarge .5408 4xlarge 1.0816 8xlarge 2.1632 12xlarge 3.2448 16xlarge 4.3264
r6id large .17745 2xlarge .7098 8xlarge 2.8392 16xlarge 5.6784 24xlarge 8.5176 32xlarge 11.3568 metal 11.3568
r7g xlarge .2516 4xlarge 1.0064 metal 4.0256
r7i large .1554 xlarge .3108 4xlarge 1.2432 12xlarge 3.7296 48xlarge 14.9184 metal-24xl 8.20512 metal-48xl 14.9184
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
c6a 2xlarge .3636
m6a xlarge .1998
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m4 large .203 xlarge .405 2xlarge .811 4xlarge 1.622 10xlarge 4.057 16xlarge 6.496
db.m5 large .198 xlarge .396 2xlarge .792 4xlarge 1.584 8xlarge 3.17 12xlarge 4.752 16xlarge 6.34 24xlarge 9.504
db.m6g large .176 xlarge .352 2xlarge .704 4xlarge 1.408 8xlarge 2.816 12xlarge 4.224 16xlarge 5.632
db.r4 large .28 xlarge .56 2xlarge 1.12 4xlarge 2.24 8xlarge 4.48 16xlarge 8.96
db.r5 large .28 xlarge .56 2xlarge 1.12 4xlarge 2.24 8xlarge 4.48 12xlarge 6.72 16xlarge 8.96 24xlarge 13.44
db.r6g large .251 xlarge .501 2xlarge 1.002 4xlarge 2.005 8xlarge 4.01 12xlarge 6.014 16xlarge 8.019
db.t2 micro .019 small .038 medium .077 large .153 xlarge .306 2xlarge .612
db.t3 micro .019 small .038 medium .076 large .152 xlarge .304 2xlarge .608
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r4 large .34 xlarge .68 2xlarge 1.36 4xlarge 2.72 8xlarge 5.44 16xlarge 10.88
db.r5 large .34 xlarge .68 2xlarge 1.36 4xlarge 2.72 8xlarge 5.44 12xlarge 8.16 16xlarge 10.88 24xlarge 16.32
db.r6g large .304 xlarge .609 2xlarge 1.217 4xlarge 2.434 8xlarge 4.869 12xlarge 7.303 16xlarge 9.738
db.t3 medium .093 large .186
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t2 small .047 medium .093
db.t3 small .047
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m4 large .211 xlarge .423 2xlarge .846 4xlarge 1.693 10xlarge 4.233 16xlarge 6.772
db.m5 12xlarge 4.944 16xlarge 6.592 24xlarge 9.888
db.m6g 12xlarge 4.416 16xlarge 5.888
db.r4 large .294 xlarge .588 2xlarge 1.176 4xlarge 2.352 8xlarge 4.704 16xlarge 9.408
db.r5 12xlarge 7.056 16xlarge 9.408 24xlarge 14.112
db.r6g 12xlarge 6.345 16xlarge 8.46
db.t2 micro .021 small .041 medium .082 large .164 xlarge .328 2xlarge .656
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m4 large .18 xlarge .36 2xlarge .721 4xlarge 1.441 10xlarge 3.605
cache.m5 12xlarge 4.32 24xlarge 8.64
cache.m6g 12xlarge 4.11 16xlarge 5.48
cache.m7g 12xlarge 4.357 16xlarge 5.809
cache.r4 large .267 xlarge .532 2xlarge 1.065 4xlarge 2.129 8xlarge 4.259 16xlarge 8.518
cache.r5 12xlarge 6.071 24xlarge 12.141
cache.r6g 12xlarge 5.767 16xlarge 7.69
cache.r7g 12xlarge 6.131 16xlarge 8.175
cache.t2 micro .019 small .038 medium .077
`],
  [["elasticache.redis.*.hour"], "2025-04-24", `
cache.r6gd 8xlarge 7.306
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .18 xlarge .36 2xlarge .721 4xlarge 1.441
cache.m6g large .171 xlarge .342 2xlarge .685 4xlarge 1.37 8xlarge 2.74
cache.m7g large .182 xlarge .363 2xlarge .727 4xlarge 1.453 8xlarge 2.905
cache.r5 large .253 xlarge .504 2xlarge 1.009 4xlarge 2.017
cache.r6g large .24 xlarge .481 2xlarge .961 4xlarge 1.922 8xlarge 3.845
cache.r7g large .256 xlarge .512 2xlarge 1.022 4xlarge 2.044 8xlarge 4.088
cache.t3 micro .019 small .038 medium .076
cache.t4g micro .018 small .036 medium .072
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m4 large .144 xlarge .288 2xlarge .5768 4xlarge 1.1528 10xlarge 2.884
cache.m5 12xlarge 3.456 24xlarge 6.912
cache.m6g 12xlarge 3.288 16xlarge 4.384
cache.m7g 12xlarge 3.4856 16xlarge 4.6472
cache.r4 large .2136 xlarge .4256 2xlarge .852 4xlarge 1.7032 8xlarge 3.4072 16xlarge 6.8144
cache.r5 12xlarge 4.8568 24xlarge 9.7128
cache.r6g 12xlarge 4.6136 16xlarge 6.152
cache.r6gd 8xlarge 5.8448
cache.r7g 12xlarge 4.9048 16xlarge 6.54
cache.t2 micro .0152 small .0304 medium .0616
`],
];
