import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in ca-central-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2022-12-02", `
c4 large .11 xlarge .218 2xlarge .438 4xlarge .876 8xlarge 1.75
c5 large .093 xlarge .186 2xlarge .372 4xlarge .744 9xlarge 1.674 12xlarge 2.232 18xlarge 3.348 24xlarge 4.464 metal 4.464
c5a large .084 xlarge .168 2xlarge .336 4xlarge .672 8xlarge 1.344 12xlarge 2.016 16xlarge 2.688 24xlarge 4.032
c5d large .106 xlarge .212 2xlarge .424 4xlarge .848 9xlarge 1.908 12xlarge 2.544 18xlarge 3.816 24xlarge 5.088 metal 5.088
c5n large .118 xlarge .236 2xlarge .472 4xlarge .944 9xlarge 2.124 18xlarge 4.248 metal 4.248
c6g medium .0372 large .0744 xlarge .1488 2xlarge .2976 4xlarge .5952 8xlarge 1.1904 12xlarge 1.7856 16xlarge 2.3808
c6gd medium .0424 large .0848 xlarge .1696 2xlarge .3392 4xlarge .6784 8xlarge 1.3568 12xlarge 2.0352 16xlarge 2.7136
c6gn medium .0473 large .0946 xlarge .1892 2xlarge .3784 4xlarge .7568 8xlarge 1.5136 12xlarge 2.2704 16xlarge 3.0272
c6i large .093 xlarge .186 2xlarge .372 4xlarge .744 8xlarge 1.488 12xlarge 2.232 16xlarge 2.976 24xlarge 4.464 32xlarge 5.952 metal 5.952
d2 xlarge .759 2xlarge 1.518 4xlarge 3.036 8xlarge 6.072
d3 xlarge .55 2xlarge 1.1 4xlarge 2.201 8xlarge 4.40112
g3 4xlarge 1.416 8xlarge 2.832 16xlarge 5.664
g4ad xlarge .42263 2xlarge .60421 4xlarge .968 8xlarge 1.936 16xlarge 3.872
g4dn xlarge .584 2xlarge .835 4xlarge 1.337 8xlarge 2.416 12xlarge 4.343 16xlarge 4.832 metal 8.687
g5 xlarge 1.117 2xlarge 1.34573 4xlarge 1.80319 8xlarge 2.71811 12xlarge 6.29784 16xlarge 4.54794 24xlarge 9.04259 48xlarge 18.08518
i3 large .172 xlarge .344 2xlarge .688 4xlarge 1.376 8xlarge 2.752 16xlarge 5.504 metal 5.504
i3en large .25 xlarge .5 2xlarge 1 3xlarge 1.5 6xlarge 3 12xlarge 6 24xlarge 12 metal 12
i4i large .189 xlarge .378 2xlarge .757 4xlarge 1.514 8xlarge 3.027 16xlarge 6.054 32xlarge 12.1088 metal 12.109
im4gn large .20055 xlarge .4011 2xlarge .80221 4xlarge 1.60442 8xlarge 3.20883 16xlarge 6.41766
inf1 xlarge .254 2xlarge .403 6xlarge 1.315 24xlarge 5.26
is4gen medium .15938 large .31875 xlarge .6375 2xlarge 1.275 4xlarge 2.55 8xlarge 5.1
m4 large .111 xlarge .222 2xlarge .444 4xlarge .888 10xlarge 2.22 16xlarge 3.552
m5 large .107 xlarge .214 2xlarge .428 4xlarge .856 8xlarge 1.712 12xlarge 2.568 16xlarge 3.424 24xlarge 5.136 metal 5.136
m5a large .096 xlarge .192 2xlarge .384 4xlarge .768 8xlarge 1.536 12xlarge 2.304 16xlarge 3.072 24xlarge 4.608
m5ad large .115 xlarge .23 2xlarge .46 4xlarge .92 8xlarge 1.84 12xlarge 2.76 16xlarge 3.68 24xlarge 5.52
m5d large .126 xlarge .252 2xlarge .504 4xlarge 1.008 8xlarge 2.016 12xlarge 3.024 16xlarge 4.032 24xlarge 6.048 metal 6.048
m6g medium .0428 large .0856 xlarge .1712 2xlarge .3424 4xlarge .6848 8xlarge 1.3696 12xlarge 2.0544 16xlarge 2.7392
m6i large .107 xlarge .214 2xlarge .428 4xlarge .856 8xlarge 1.712 12xlarge 2.568 16xlarge 3.424 24xlarge 5.136 32xlarge 6.848 metal 6.848
p3 2xlarge 3.366 8xlarge 13.464 16xlarge 26.928
r4 large .146 xlarge .292 2xlarge .584 4xlarge 1.168 8xlarge 2.336 16xlarge 4.672
r5 large .138 xlarge .276 2xlarge .552 4xlarge 1.104 8xlarge 2.208 12xlarge 3.312 16xlarge 4.416 24xlarge 6.624 metal 6.624
r5a large .124 xlarge .248 2xlarge .496 4xlarge .992 8xlarge 1.984 12xlarge 2.976 16xlarge 3.968 24xlarge 5.952
r5ad large .144 xlarge .288 2xlarge .576 4xlarge 1.152 8xlarge 2.304 12xlarge 3.456 16xlarge 4.608 24xlarge 6.912
r5b large .163 xlarge .326 2xlarge .652 4xlarge 1.304 8xlarge 2.608 12xlarge 3.912 16xlarge 5.216 24xlarge 7.824
r5d large .158 xlarge .316 2xlarge .632 4xlarge 1.264 8xlarge 2.528 12xlarge 3.792 16xlarge 5.056 24xlarge 7.584 metal 7.584
r5n large .163 xlarge .326 2xlarge .652 4xlarge 1.304 8xlarge 2.608 12xlarge 3.912 16xlarge 5.216 24xlarge 7.824 metal 7.824
r6g medium .0552 large .1104 xlarge .2208 2xlarge .4416 4xlarge .8832 8xlarge 1.7664 12xlarge 2.6496 16xlarge 3.5328
r6gd medium .0632 large .1264 xlarge .2528 2xlarge .5056 4xlarge 1.0112 8xlarge 2.0224 12xlarge 3.0336 16xlarge 4.0448
r6i large .138 xlarge .276 2xlarge .552 4xlarge 1.104 8xlarge 2.208 12xlarge 3.312 16xlarge 4.416 24xlarge 6.624 32xlarge 8.832 metal 8.832
t2 nano .0064 micro .0128 small .0256 medium .0512 large .1024 xlarge .2048 2xlarge .4096
t3 nano .0058 micro .0116 small .0232 medium .0464 large .0928 xlarge .1856 2xlarge .3712
t3a nano .0052 micro .0104 small .0209 medium .0418 large .0835 xlarge .167 2xlarge .3341
t4g nano .0046 micro .0092 small .0184 medium .0368 large .0736 xlarge .1472 2xlarge .2944
u-3tb1 56xlarge 29.9
u-6tb1 56xlarge 50.82333 112xlarge 59.8
x1 16xlarge 7.336 32xlarge 14.672
x1e xlarge .917 2xlarge 1.834 4xlarge 3.667 8xlarge 7.334 16xlarge 14.669 32xlarge 29.338
x2idn 16xlarge 7.336 24xlarge 11.004 32xlarge 14.672 metal 14.672
x2iedn xlarge .917 2xlarge 1.834 4xlarge 3.668 8xlarge 7.336 16xlarge 14.672 24xlarge 22.008 32xlarge 29.344 metal 29.344
`],
  [["ec2.linux.*.hour"], "2025-03-02", `
c6a xlarge .1674 2xlarge .3348 4xlarge .6696 12xlarge 2.0088 48xlarge 8.0352 metal 8.0352
c6id large .1113 2xlarge .4452 4xlarge .8904 8xlarge 1.7808 24xlarge 5.3424 32xlarge 7.1232 metal 7.1232
c6in large .1239 2xlarge .4956 4xlarge .9912 8xlarge 1.9824 12xlarge 2.9736 24xlarge 5.9472 32xlarge 7.9296
c7g medium .0395 large .0791 4xlarge .6325 8xlarge 1.265 12xlarge 1.8974 16xlarge 2.5299 metal 2.5299
c7i-flex large .09277 xlarge .18554 2xlarge .37107 4xlarge .74214 8xlarge 1.48428 12xlarge 2.22642 16xlarge 2.96856
g6 xlarge .8936 2xlarge 1.08547 4xlarge 1.4692 8xlarge 2.23666 12xlarge 5.10933 24xlarge 7.41173 48xlarge 14.82346
i4g xlarge .3404 4xlarge 1.36159
m6a large .0963 xlarge .1926 2xlarge .3852 12xlarge 2.3112 32xlarge 6.1632 48xlarge 9.2448 metal 9.2448
m6gd large .1008 xlarge .2016 2xlarge .4032 4xlarge .8064 8xlarge 1.6128 16xlarge 3.2256
m6id xlarge .2646 4xlarge 1.0584 8xlarge 2.1168 16xlarge 4.2336 32xlarge 8.4672 metal 8.4672
m6idn large .17418 xlarge .34836 2xlarge .69672 8xlarge 2.78688 12xlarge 4.18032 24xlarge 8.36064 metal 11.14752
m6in 8xlarge 2.48288 16xlarge 4.96576 24xlarge 7.44864 32xlarge 9.93152 metal 9.93152
m7g xlarge .1819 2xlarge .3638 4xlarge .7277 16xlarge 2.9107 metal 2.9107
m7i large .11235 xlarge .2247 2xlarge .4494 4xlarge .8988 8xlarge 1.7976 16xlarge 3.5952 metal-24xl 5.93208 metal-48xl 10.7856
m7i-flex large .10673 xlarge .21346 2xlarge .42692 4xlarge .85384 8xlarge 1.70768 12xlarge 2.56152 16xlarge 3.41536
r6a large .1242 4xlarge .9936 8xlarge 1.9872 16xlarge 3.9744 24xlarge 5.9616 48xlarge 11.9232 metal 11.9232
r7g medium .0587 large .1173 xlarge .2346 12xlarge 2.8152 16xlarge 3.7536 metal 3.7536
`],
  [["ec2.linux.*.hour"], "2023-08-06", `
c6in xlarge .2478
i4g 8xlarge 2.72319
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m4 large .193 xlarge .385 2xlarge .77 4xlarge 1.541 10xlarge 3.852 16xlarge 6.176
db.m5 large .189 xlarge .378 2xlarge .756 4xlarge 1.512 8xlarge 3.02 12xlarge 4.536 16xlarge 6.05 24xlarge 9.072
db.m6g large .168 xlarge .336 2xlarge .672 4xlarge 1.344 8xlarge 2.688 12xlarge 4.032 16xlarge 5.376
db.r4 large .26 xlarge .52 2xlarge 1.04 4xlarge 2.08 8xlarge 4.16 16xlarge 8.32
db.r5 large .26 xlarge .52 2xlarge 1.04 4xlarge 2.08 8xlarge 4.16 12xlarge 6.24 16xlarge 8.32 24xlarge 12.48
db.r6g large .233 xlarge .465 2xlarge .931 4xlarge 1.862 8xlarge 3.723 12xlarge 5.585 16xlarge 7.446
db.t2 micro .019 small .037 medium .075 large .15 xlarge .3 2xlarge .6
db.t3 micro .019 small .037 medium .074 large .148 xlarge .296 2xlarge .592
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r4 large .32 xlarge .64 2xlarge 1.28 4xlarge 2.56 8xlarge 5.12 16xlarge 10.24
db.r5 large .32 xlarge .64 2xlarge 1.28 4xlarge 2.56 8xlarge 5.12 12xlarge 7.68 16xlarge 10.24 24xlarge 15.36
db.r6g large .286 xlarge .573 2xlarge 1.146 4xlarge 2.291 8xlarge 4.582 12xlarge 6.874 16xlarge 9.165
db.t3 medium .09 large .18
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t2 small .045 medium .09
db.t3 small .045
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m4 large .2 xlarge .402 2xlarge .803 4xlarge 1.607 10xlarge 4.019 16xlarge 6.428
db.m5 12xlarge 4.704 16xlarge 6.272 24xlarge 9.408
db.m6g 12xlarge 4.202 16xlarge 5.603
db.r4 large .2702 xlarge .5405 2xlarge 1.0809 4xlarge 2.1618 8xlarge 4.3236 16xlarge 8.6473
db.r5 12xlarge 6.486 16xlarge 8.648 24xlarge 12.972
db.r6g 12xlarge 5.833 16xlarge 7.778
db.t2 micro .02 small .04 medium .08 large .16 xlarge .32 2xlarge .64
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m4 large .172 xlarge .342 2xlarge .685 4xlarge 1.37 10xlarge 3.423
cache.m5 12xlarge 4.128 24xlarge 8.256
cache.m6g 12xlarge 3.899 16xlarge 5.198
cache.m7g 12xlarge 4.133 16xlarge 5.51
cache.r4 large .317 xlarge .501 2xlarge 1.001 4xlarge 2.002 8xlarge 4.004 16xlarge 8.008
cache.r5 12xlarge 5.664 24xlarge 11.327
cache.r6g 12xlarge 5.381 16xlarge 7.174
cache.r7g 12xlarge 5.721 16xlarge 7.626
cache.t2 micro .019 small .037 medium .075
`],
  [["elasticache.redis.*.hour"], "2025-04-24", `
cache.r6gd xlarge .851 2xlarge 1.704 4xlarge 3.409 8xlarge 6.815 12xlarge 10.224 16xlarge 13.631
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .172 xlarge .342 2xlarge .685 4xlarge 1.37
cache.m6g large .162 xlarge .325 2xlarge .65 4xlarge 1.3 8xlarge 2.599
cache.m7g large .172 xlarge .345 2xlarge .689 4xlarge 1.378 8xlarge 2.755
cache.r5 large .236 xlarge .472 2xlarge .944 4xlarge 1.888
cache.r6g large .224 xlarge .448 2xlarge .897 4xlarge 1.794 8xlarge 3.587
cache.r7g large .239 xlarge .477 2xlarge .954 4xlarge 1.908 8xlarge 3.813
cache.t3 micro .019 small .037 medium .074
cache.t4g micro .018 small .035 medium .07
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m4 large .1376 xlarge .2736 2xlarge .548 4xlarge 1.096 10xlarge 2.7384
cache.m5 12xlarge 3.3024 24xlarge 6.6048
cache.m6g 12xlarge 3.1192 16xlarge 4.1584
cache.m7g 12xlarge 3.3064 16xlarge 4.408
cache.r4 large .2536 xlarge .4008 2xlarge .8008 4xlarge 1.6016 8xlarge 3.2032 16xlarge 6.4064
cache.r5 12xlarge 4.5312 24xlarge 9.0616
cache.r6g 12xlarge 4.3048 16xlarge 5.7392
cache.r6gd xlarge .6808 2xlarge 1.3632 4xlarge 2.7272 8xlarge 5.452 12xlarge 8.1792 16xlarge 10.9048
cache.r7g 12xlarge 4.5768 16xlarge 6.1008
cache.t2 micro .0152 small .0296 medium .06
`],
];
