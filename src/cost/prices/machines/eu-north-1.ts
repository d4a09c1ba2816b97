import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in eu-north-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
c5 large .091 xlarge .182 2xlarge .364 4xlarge .728 9xlarge 1.638 12xlarge 2.184 18xlarge 3.276 24xlarge 4.368 metal 4.368
c5a large .082 xlarge .164 2xlarge .328 4xlarge .656 8xlarge 1.312 12xlarge 1.968 16xlarge 2.624 24xlarge 3.936
c5d large .104 xlarge .208 2xlarge .416 4xlarge .832 9xlarge 1.872 12xlarge 2.496 18xlarge 3.744 24xlarge 4.992 metal 4.992
c5n large .116 xlarge .232 2xlarge .464 4xlarge .928 9xlarge 2.088 18xlarge 4.176 metal 4.176
c6g medium .0365 large .073 xlarge .146 2xlarge .292 4xlarge .584 8xlarge 1.168 12xlarge 1.752 16xlarge 2.336
c6gd medium .0416 large .0832 xlarge .1664 2xlarge .3328 4xlarge .6656 8xlarge 1.3312 12xlarge 1.9968 16xlarge 2.6624
c6gn medium .0465 large .093 xlarge .186 2xlarge .372 4xlarge .744 8xlarge 1.488 12xlarge 2.232 16xlarge 2.976
c6i large .091 xlarge .182 2xlarge .364 4xlarge .728 8xlarge 1.456 12xlarge 2.184 16xlarge 2.912 24xlarge 4.368 32xlarge 5.824 metal 5.824
d2 xlarge .698 2xlarge 1.396 4xlarge 2.792 8xlarge 5.584
g4dn xlarge .558 2xlarge .798 4xlarge 1.277 8xlarge 2.308 12xlarge 4.15 16xlarge 4.617 metal 8.3
g5 xlarge 1.067 2xlarge 1.28549 4xlarge 1.72247 8xlarge 2.59644 12xlarge 6.01593 16xlarge 4.34437 24xlarge 8.63782 48xlarge 17.27564
i3 large .163 xlarge .326 2xlarge .652 4xlarge 1.304 8xlarge 2.608 16xlarge 5.216 metal 5.216
i3en large .237 xlarge .474 2xlarge .948 3xlarge 1.422 6xlarge 2.844 12xlarge 5.688 24xlarge 11.376 metal 11.376
inf1 xlarge .242 2xlarge .385 6xlarge 1.254 24xlarge 5.016
m5 large .102 xlarge .204 2xlarge .408 4xlarge .816 8xlarge 1.632 12xlarge 2.448 16xlarge 3.264 24xlarge 4.896 metal 4.896
m5d large .12 xlarge .24 2xlarge .48 4xlarge .96 8xlarge 1.92 12xlarge 2.88 16xlarge 3.84 24xlarge 5.76 metal 5.76
m6g medium .041 large .082 xlarge .164 2xlarge .328 4xlarge .656 8xlarge 1.312 12xlarge 1.968 16xlarge 2.624
m6gd medium .048 large .096 xlarge .192 2xlarge .384 4xlarge .768 8xlarge 1.536 12xlarge 2.304 16xlarge 3.072
m6i large .102 xlarge .204 2xlarge .408 4xlarge .816 8xlarge 1.632 12xlarge 2.448 16xlarge 3.264 24xlarge 4.896 32xlarge 6.528 metal 6.528
r5 large .134 xlarge .268 2xlarge .536 4xlarge 1.072 8xlarge 2.144 12xlarge 3.216 16xlarge 4.288 24xlarge 6.432 metal 6.432
r5d large .152 xlarge .304 2xlarge .608 4xlarge 1.216 8xlarge 2.432 12xlarge 3.648 16xlarge 4.864 24xlarge 7.296 metal 7.296
r5dn large .177 xlarge .354 2xlarge .708 4xlarge 1.416 8xlarge 2.832 12xlarge 4.248 16xlarge 5.664 24xlarge 8.496 metal 8.496
r5n large .159 xlarge .318 2xlarge .636 4xlarge 1.272 8xlarge 2.544 12xlarge 3.816 16xlarge 5.088 24xlarge 7.632 metal 7.632
r6g medium .0535 large .107 xlarge .214 2xlarge .428 4xlarge .856 8xlarge 1.712 12xlarge 2.568 16xlarge 3.424
r6i large .134 xlarge .268 2xlarge .536 4xlarge 1.072 8xlarge 2.144 12xlarge 3.216 16xlarge 4.288 24xlarge 6.432 32xlarge 8.576 metal 8.576
t3 nano .0054 micro .0108 small .0216 medium .0432 large .0864 xlarge .1728 2xlarge .3456
t4g nano .0043 micro .0086 small .0172 medium .0344 large .0688 xlarge .1376 2xlarge .2752
u-6tb1 56xlarge 49.33177 112xlarge 58.045
x2idn 16xlarge 7.6055 24xlarge 11.40825 32xlarge 15.211 metal 15.211
x2iedn xlarge .95072 2xlarge 1.90144 4xlarge 3.80288 8xlarge 7.60575 16xlarge 15.2115 24xlarge 22.81725 32xlarge 30.423 metal 30.423
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6in large .1218 xlarge .2436 24xlarge 5.8464 32xlarge 7.7952 metal 7.7952
c7a medium .05494 large .10988 xlarge .21976 4xlarge .87904 24xlarge 5.27424 48xlarge 10.54848 metal-48xl 10.54848
c7g large .0774 xlarge .1547 2xlarge .3094 8xlarge 1.2378 16xlarge 2.4755
c7gd medium .0491 large .0983 xlarge .1966 2xlarge .3931 4xlarge .7862 8xlarge 1.5725 16xlarge 3.145 metal 3.145
c7i-flex large .09077 xlarge .18155 2xlarge .36309 4xlarge .72618 8xlarge 1.45236 12xlarge 2.17854 16xlarge 2.90472
g6 xlarge .8536 2xlarge 1.03688 4xlarge 1.40343 8xlarge 2.13655 16xlarge 3.60277 24xlarge 7.07996
g6e 4xlarge 3.18666 8xlarge 4.80353 12xlarge 11.12975 24xlarge 15.98037 48xlarge 31.96075
i4i xlarge .359 2xlarge .717 8xlarge 2.869 12xlarge 4.303 32xlarge 11.4752
m6idn xlarge .332 4xlarge 1.328 12xlarge 3.984 16xlarge 5.312 24xlarge 7.968 metal 10.624
m6in xlarge .296 4xlarge 1.184 12xlarge 3.552 24xlarge 7.104 32xlarge 9.472 metal 9.472
m7a large .12316 xlarge .24632 2xlarge .49264 8xlarge 1.97056 12xlarge 2.95584 24xlarge 5.91168 metal-48xl 11.82336
m7g medium .0434 xlarge .1734 4xlarge .6936 8xlarge 1.3872 metal 2.7744
m7gd 2xlarge .4536 4xlarge .9072 8xlarge 1.8144 12xlarge 2.7216 16xlarge 3.6288 metal 3.6288
m7i large .1071 xlarge .2142 2xlarge .4284 4xlarge .8568 8xlarge 1.7136 12xlarge 2.5704 metal-24xl 5.65488 metal-48xl 10.2816
m7i-flex large .10175 xlarge .2035 2xlarge .407 4xlarge .814 8xlarge 1.628 12xlarge 2.442 16xlarge 3.256
r5b large .15794 xlarge .31588 2xlarge .63176 4xlarge 1.26352 8xlarge 2.52704 24xlarge 7.58112
r6gd 8xlarge 1.9456
r6idn 16xlarge 6.62688 24xlarge 9.94032 32xlarge 13.25376 metal 13.25376
r6in 2xlarge .74412 4xlarge 1.48824 8xlarge 2.97648 12xlarge 4.46472 16xlarge 5.95296 32xlarge 11.90592 metal 11.90592
r7a medium .0809 large .1618 xlarge .3236 4xlarge 1.2944 8xlarge 2.5888 12xlarge 3.8832 16xlarge 5.1776 24xlarge 7.7664 48xlarge 15.5328 metal-48xl 15.5328
r7g large .1139 xlarge .2278 4xlarge .9112 12xlarge 2.7336 16xlarge 3.6448 metal 3.6448
r7gd 2xlarge .5746 16xlarge 4.5965
r7i large .1407 4xlarge 1.1256 8xlarge 2.2512 12xlarge 3.3768 24xlarge 6.7536 metal-48xl 13.5072
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m5 large .18 xlarge .359 2xlarge .718 4xlarge 1.436 8xlarge 2.88 12xlarge 4.309 16xlarge 5.76 24xlarge 8.618
db.m6g large .16 xlarge .32 2xlarge .64 4xlarge 1.28 8xlarge 2.56 12xlarge 3.84 16xlarge 5.12
db.r5 large .245 xlarge .49 2xlarge .979 4xlarge 1.959 8xlarge 3.92 12xlarge 5.878 16xlarge 7.84 24xlarge 11.755
db.r6g large .219 xlarge .439 2xlarge .877 4xlarge 1.754 8xlarge 3.508 12xlarge 5.263 16xlarge 7.017
db.t3 micro .017 small .034 medium .068 large .137 xlarge .274 2xlarge .547
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r5 large .3 xlarge .6 2xlarge 1.2 4xlarge 2.4 8xlarge 4.8 12xlarge 7.2 16xlarge 9.6 24xlarge 14.4
db.t3 medium .084 large .168
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t3 small .042
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m5 12xlarge 4.492 16xlarge 5.988 24xlarge 8.983
db.m6g 12xlarge 4.009 16xlarge 5.345
db.r5 12xlarge 6.172 16xlarge 8.228 24xlarge 12.343
db.r6g 12xlarge 5.546 16xlarge 7.395
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.922 24xlarge 7.843
cache.m6g 12xlarge 3.744 16xlarge 4.992
cache.m7g 12xlarge 3.969 16xlarge 5.292
cache.r5 12xlarge 5.486 24xlarge 10.973
cache.r6g 12xlarge 5.212 16xlarge 6.949
cache.r7g 12xlarge 5.541 16xlarge 7.387
`],
  [["elasticache.redis.*.hour"], "2025-04-24", `
cache.r6gd xlarge .825 2xlarge 1.651 4xlarge 3.3 8xlarge 6.601 12xlarge 9.903 16xlarge 13.203
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .163 xlarge .326 2xlarge .652 4xlarge 1.304
cache.m6g large .156 xlarge .312 2xlarge .624 4xlarge 1.248 8xlarge 2.496
cache.m7g large .166 xlarge .331 2xlarge .662 4xlarge 1.323 8xlarge 2.646
cache.r5 large .229 xlarge .456 2xlarge .913 4xlarge 1.825
cache.r6g large .217 xlarge .434 2xlarge .869 4xlarge 1.737 8xlarge 3.474
cache.r7g large .231 xlarge .462 2xlarge .924 4xlarge 1.847 8xlarge 3.693
cache.t3 micro .021 small .041 medium .082
cache.t4g micro .02 small .039 medium .078
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.1376 24xlarge 6.2744
cache.m6g 12xlarge 2.9952 16xlarge 3.9936
cache.m7g 12xlarge 3.1752 16xlarge 4.2336
cache.r5 12xlarge 4.3888 24xlarge 8.7784
cache.r6g 12xlarge 4.1696 16xlarge 5.5592
cache.r6gd xlarge .66 2xlarge 1.3208 4xlarge 2.64 8xlarge 5.2808 12xlarge 7.9224 16xlarge 10.5624
cache.r7g 12xlarge 4.4328 16xlarge 5.9096
`],
];
