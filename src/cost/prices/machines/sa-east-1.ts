import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in sa-east-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-03-24", `
c1 medium .179 xlarge .718
c3 large .163 xlarge .325 2xlarge .65 4xlarge 1.3 8xlarge 2.6
c4 large .155 xlarge .309 2xlarge .618 4xlarge 1.235 8xlarge 2.47
c5 large .131 xlarge .262 2xlarge .524 4xlarge 1.048 9xlarge 2.358 12xlarge 3.144 18xlarge 4.716 24xlarge 6.288 metal 6.288
c5a large .118 xlarge .236 2xlarge .472 4xlarge .944 8xlarge 1.888 12xlarge 2.832 16xlarge 3.776 24xlarge 5.664
c5ad large .134 xlarge .268 2xlarge .536 4xlarge 1.072 8xlarge 2.144 12xlarge 3.216 16xlarge 4.288 24xlarge 6.432
c5d large .149 xlarge .298 2xlarge .596 4xlarge 1.192 9xlarge 2.682 12xlarge 3.576 18xlarge 5.364 24xlarge 7.152 metal 7.152
c5n large .166 xlarge .332 2xlarge .664 4xlarge 1.328 9xlarge 2.988 18xlarge 5.976 metal 5.976
c6g medium .0524 large .1048 xlarge .2096 2xlarge .4192 4xlarge .8384 8xlarge 1.6768 12xlarge 2.5152 16xlarge 3.3536
c6gn medium .0665 large .133 xlarge .266 2xlarge .532 4xlarge 1.064 8xlarge 2.128 12xlarge 3.192 16xlarge 4.256
c6i large .131 xlarge .262 2xlarge .524 4xlarge 1.048 8xlarge 2.096 12xlarge 3.144 16xlarge 4.192 24xlarge 6.288 32xlarge 8.384 metal 8.384
g4dn xlarge .894 2xlarge 1.278 4xlarge 2.046 8xlarge 3.698 12xlarge 6.649 16xlarge 7.397 metal 13.298
i3 large .249 xlarge .498 2xlarge .996 4xlarge 1.992 8xlarge 3.984 16xlarge 7.968 metal 7.968
i3en large .36 xlarge .72 2xlarge 1.44 3xlarge 2.16 6xlarge 4.32 12xlarge 8.64 24xlarge 17.28 metal 17.28
inf1 xlarge .377 2xlarge .598 6xlarge 1.95 24xlarge 7.8
m1 small .058 medium .117 large .233 xlarge .467
m2 xlarge .323 2xlarge .645 4xlarge 1.291
m3 medium .095 large .19 xlarge .381 2xlarge .761
m4 large .159 xlarge .318 2xlarge .636 4xlarge 1.272 10xlarge 3.18 16xlarge 5.088
m5 large .153 xlarge .306 2xlarge .612 4xlarge 1.224 8xlarge 2.448 12xlarge 3.672 16xlarge 4.896 24xlarge 7.344 metal 7.344
m5a large .138 xlarge .276 2xlarge .552 4xlarge 1.104 8xlarge 2.208 12xlarge 3.312 16xlarge 4.416 24xlarge 6.624
m5ad large .165 xlarge .33 2xlarge .66 4xlarge 1.32 8xlarge 2.64 12xlarge 3.96 16xlarge 5.28 24xlarge 7.92
m5d large .18 xlarge .36 2xlarge .72 4xlarge 1.44 8xlarge 2.88 12xlarge 4.32 16xlarge 5.76 24xlarge 8.64 metal 8.64
m5zn large .2632 xlarge .5265 2xlarge 1.053 3xlarge 1.5794 6xlarge 3.1589 12xlarge 6.3178
m6g medium .0612 large .1224 xlarge .2448 2xlarge .4896 4xlarge .9792 8xlarge 1.9584 12xlarge 2.9376 16xlarge 3.9168
m6i large .153 xlarge .306 2xlarge .612 4xlarge 1.224 8xlarge 2.448 12xlarge 3.672 16xlarge 4.896 24xlarge 7.344 32xlarge 9.792 metal 9.792
r3 large .35 xlarge .7 2xlarge 1.399 4xlarge 2.799 8xlarge 5.597
r4 large .28 xlarge .56 2xlarge 1.12 4xlarge 2.24 8xlarge 4.48 16xlarge 8.96
r5 large .201 xlarge .402 2xlarge .804 4xlarge 1.608 8xlarge 3.216 12xlarge 4.824 16xlarge 6.432 24xlarge 9.648 metal 9.648
r5a large .181 xlarge .362 2xlarge .724 4xlarge 1.448 8xlarge 2.896 12xlarge 4.344 16xlarge 5.792 24xlarge 8.688
r5ad large .208 xlarge .416 2xlarge .832 4xlarge 1.664 8xlarge 3.328 12xlarge 4.992 16xlarge 6.656 24xlarge 9.984
r5d large .228 xlarge .456 2xlarge .912 4xlarge 1.824 8xlarge 3.648 12xlarge 5.472 16xlarge 7.296 24xlarge 10.944 metal 10.944
r5n large .236 xlarge .472 2xlarge .944 4xlarge 1.888 8xlarge 3.776 12xlarge 5.664 16xlarge 7.552 24xlarge 11.328 metal 11.328
r6g medium .0804 large .1608 xlarge .3216 2xlarge .6432 4xlarge 1.2864 8xlarge 2.5728 12xlarge 3.8592 16xlarge 5.1456
r6i large .201 xlarge .402 2xlarge .804 4xlarge 1.608 8xlarge 3.216 12xlarge 4.824 16xlarge 6.432 24xlarge 9.648 32xlarge 12.864 metal 12.864
t1 micro .027
t2 nano .0093 micro .0186 small .0372 medium .0744 large .1488 xlarge .2976 2xlarge .5952
t3 nano .0084 micro .0168 small .0336 medium .0672 large .1344 xlarge .2688 2xlarge .5376
t3a nano .0076 micro .0151 small .0302 medium .0605 large .121 xlarge .2419 2xlarge .4838
t4g nano .0067 micro .0134 small .0268 medium .0536 large .1072 xlarge .2144 2xlarge .4288
x1 16xlarge 13.005 32xlarge 26.01
x1e xlarge 1.626 2xlarge 3.251 4xlarge 6.502 8xlarge 13.005 16xlarge 26.01 32xlarge 52.019
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6a large .1179 xlarge .2358 4xlarge .9432 8xlarge 1.8864 16xlarge 3.7728 32xlarge 7.5456 48xlarge 11.3184 metal 11.3184
c6gd medium .0595 large .119 xlarge .238 8xlarge 1.904 12xlarge 2.856 16xlarge 3.808
c6id large .15645 xlarge .3129 4xlarge 1.2516 16xlarge 5.0064 24xlarge 7.5096 32xlarge 10.0128 metal 10.0128
c6in large .1743 8xlarge 2.7888 12xlarge 4.1832 32xlarge 11.1552 metal 11.1552
c7g large .1111 xlarge .2222 2xlarge .4443 4xlarge .8886 12xlarge 2.6659 16xlarge 3.5546 metal 3.5546
c7i-flex large .13067 xlarge .26135 2xlarge .52269 4xlarge 1.04538 8xlarge 2.09076 12xlarge 3.13614 16xlarge 4.18152
g5 xlarge 1.71 2xlarge 2.06016 16xlarge 6.96239 48xlarge 27.68636
g6 xlarge 1.368 2xlarge 1.66173 4xlarge 2.24918 8xlarge 3.42408 48xlarge 22.69303
i4i large .274 xlarge .548 2xlarge 1.096 4xlarge 2.191 8xlarge 4.382 12xlarge 6.574 16xlarge 8.765 24xlarge 13.1472 32xlarge 17.5296
m6a xlarge .2754 2xlarge .5508 4xlarge 1.1016 12xlarge 3.3048 24xlarge 6.6096 32xlarge 8.8128 48xlarge 13.2192 metal 13.2192
m6gd medium .072 large .144 2xlarge .576 8xlarge 2.304 16xlarge 4.608
m6id large .189 2xlarge .756 4xlarge 1.512 8xlarge 3.024 16xlarge 6.048 24xlarge 9.072 32xlarge 12.096 metal 12.096
m7g medium .065 large .1301 2xlarge .5202 8xlarge 2.0808 16xlarge 4.1616 metal 4.1616
m7gd large .1701 xlarge .3402 2xlarge .6804 4xlarge 1.3608 12xlarge 4.0824 16xlarge 5.4432
m7i-flex large .15262 xlarge .30524 2xlarge .61048 4xlarge 1.22096 8xlarge 2.44192 12xlarge 3.66288 16xlarge 4.88384
r5b xlarge .474 4xlarge 1.896 8xlarge 3.792 12xlarge 5.688 16xlarge 7.584
r6gd medium .0912 xlarge .3648 2xlarge .7296 4xlarge 1.4592 16xlarge 5.8368
r7g medium .0852 large .1704 xlarge .3409 2xlarge .6818 12xlarge 4.0906 16xlarge 5.4541 metal 5.4541
x2idn 24xlarge 19.5075 32xlarge 26.01 metal 26.01
x2iedn xlarge 1.62563 4xlarge 6.5025 8xlarge 13.005 24xlarge 39.015 32xlarge 52.02
`],
  [["ec2.linux.*.hour"], "2023-01-02", `
r5b large .237 24xlarge 11.376
r6gd large .1824
x2iedn 2xlarge 3.25125 16xlarge 26.01
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m4 large .231 xlarge .461 2xlarge .922 4xlarge 1.844 10xlarge 4.611 16xlarge 7.36
db.m5 large .231 xlarge .462 2xlarge .924 4xlarge 1.848 8xlarge 3.696 12xlarge 5.544 16xlarge 7.392 24xlarge 11.088
db.m6g large .205 xlarge .411 2xlarge .821 4xlarge 1.643 8xlarge 3.285 12xlarge 4.928 16xlarge 6.571
db.r4 large .5 xlarge 1 2xlarge 2 4xlarge 4 8xlarge 8 16xlarge 16
db.r5 large .5 xlarge 1 2xlarge 2 4xlarge 4 8xlarge 8 12xlarge 12 16xlarge 16 24xlarge 24
db.r6g large .444
db.t2 micro .035 small .07 medium .14 large .282 xlarge .564 2xlarge 1.128
db.t3 micro .035 small .07 medium .14 large .28 xlarge .56 2xlarge 1.12
`],
  [["rds.mysql.*.single_az.hour"], "2021-08-03", `
db.r6g xlarge .888 2xlarge 1.775 4xlarge 3.55 8xlarge 7.1 12xlarge 10.651 16xlarge 14.201
`],
  [["rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.r6g xlarge .889 2xlarge 1.778 4xlarge 3.556 8xlarge 7.111 12xlarge 10.667 16xlarge 14.222
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r5 large .6 xlarge 1.2 2xlarge 2.4 4xlarge 4.8 8xlarge 9.6 12xlarge 14.4 16xlarge 19.2 24xlarge 28.8
db.r6g large .537 xlarge 1.074 2xlarge 2.149 4xlarge 4.298 8xlarge 8.595 12xlarge 12.893 16xlarge 17.19
db.t3 medium .168 large .336
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t3 small .084
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m4 large .239 xlarge .477 2xlarge .954 4xlarge 1.908 10xlarge 4.77 16xlarge 7.632
db.m5 12xlarge 5.592 16xlarge 7.456 24xlarge 11.184
db.m6g 12xlarge 4.995 16xlarge 6.66
db.r4 large .5235 xlarge 1.047 2xlarge 2.094 4xlarge 4.188 8xlarge 8.376 16xlarge 16.752
db.r5 12xlarge 12.564 16xlarge 16.752 24xlarge 25.128
db.r6g 12xlarge 11.225 16xlarge 14.967
db.t2 micro .038 small .076 medium .151 large .302 xlarge .604 2xlarge 1.208
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m4 large .223 xlarge .445 2xlarge .891 4xlarge 1.781 10xlarge 4.453
cache.m5 12xlarge 5.352 24xlarge 10.704
cache.m6g 12xlarge 5.079 16xlarge 6.772
cache.m7g 12xlarge 5.384 16xlarge 7.179
cache.r4 large .455 xlarge .91 2xlarge 1.819 4xlarge 3.639 8xlarge 7.276 16xlarge 14.552
cache.r5 12xlarge 10.368 24xlarge 20.736
cache.r6g 12xlarge 9.85 16xlarge 13.133
cache.r7g 12xlarge 10.471 16xlarge 13.961
cache.t2 micro .03 small .07 medium .14
`],
  [["elasticache.redis.*.hour"], "2025-04-24", `
cache.r6gd xlarge 1.56 2xlarge 3.12 4xlarge 6.238 8xlarge 12.475 12xlarge 18.715 16xlarge 24.953
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .223 xlarge .445 2xlarge .891 4xlarge 1.781
cache.m6g large .212 xlarge .423 2xlarge .846 4xlarge 1.693 8xlarge 3.386
cache.m7g large .225 xlarge .449 2xlarge .897 4xlarge 1.795 8xlarge 3.59
cache.r5 large .432 xlarge .864 2xlarge 1.728 4xlarge 3.456
cache.r6g large .41 xlarge .821 2xlarge 1.642 4xlarge 3.283 8xlarge 6.566
cache.r7g large .436 xlarge .873 2xlarge 1.746 4xlarge 3.49 8xlarge 6.98
cache.t3 micro .032 small .064 medium .128
cache.t4g micro .03 small .061 medium .122
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m4 large .1784 xlarge .356 2xlarge .7128 4xlarge 1.4248 10xlarge 3.5624
cache.m5 12xlarge 4.2816 24xlarge 8.5632
cache.m6g 12xlarge 4.0632 16xlarge 5.4176
cache.m7g 12xlarge 4.3072 16xlarge 5.7432
cache.r4 large .364 xlarge .728 2xlarge 1.4552 4xlarge 2.9112 8xlarge 5.8208 16xlarge 11.6416
cache.r5 12xlarge 8.2944 24xlarge 16.5888
cache.r6g 12xlarge 7.88 16xlarge 10.5064
cache.r6gd xlarge 1.248 2xlarge 2.496 4xlarge 4.9904 8xlarge 9.98 12xlarge 14.972 16xlarge 19.9624
cache.r7g 12xlarge 8.3768 16xlarge 11.1688
cache.t2 micro .024 small .056 medium .112
`],
];
