import type { MachineTable } from "../../price-rows.ts";

/** Prices an hour of machines in us-gov-east-1, USD: Linux on EC2, RDS, Aurora, ElastiCache. Whence they are: README.md of the lists. */
export const machines: readonly MachineTable[] = [
  [["ec2.linux.*.hour"], "2026-07-20", `
c5 large .102 xlarge .204 2xlarge .408 4xlarge .816 9xlarge 1.836 12xlarge 2.448 18xlarge 3.672 24xlarge 4.896 metal 4.896
c5a large .092 xlarge .184 2xlarge .368 4xlarge .736 8xlarge 1.472 12xlarge 2.208 16xlarge 2.944 24xlarge 4.416
c5d large .116 xlarge .232 2xlarge .464 4xlarge .928 9xlarge 2.088 18xlarge 4.176
c5n large .13 xlarge .26 2xlarge .52 4xlarge 1.04 9xlarge 2.34 18xlarge 4.68 metal 4.68
c6g medium .0408 large .0816 xlarge .1632 2xlarge .3264 4xlarge .6528 8xlarge 1.3056 12xlarge 1.9584 16xlarge 2.6112 metal 2.7679
c6gd medium .0464 large .0928 xlarge .1856 2xlarge .3712 4xlarge .7424 8xlarge 1.4848 12xlarge 2.2272 16xlarge 2.9696 metal 2.9696
c6gn medium .052 large .104 xlarge .208 2xlarge .416 4xlarge .832 8xlarge 1.664 12xlarge 2.496 16xlarge 3.328
c6i large .102 xlarge .204 2xlarge .408 4xlarge .816 8xlarge 1.632 12xlarge 2.448 16xlarge 3.264 24xlarge 4.896 32xlarge 6.528 metal 6.528
c6in large .1365 xlarge .273 2xlarge .546 4xlarge 1.092 8xlarge 2.184 12xlarge 3.276 16xlarge 4.368 24xlarge 6.552 32xlarge 8.736 metal 8.736
c7g medium .0434 large .0867 xlarge .1734 2xlarge .3468 4xlarge .6936 8xlarge 1.3872 12xlarge 2.0808 16xlarge 2.7744 metal 2.7744
c7gd medium .0548 large .1096 xlarge .2192 2xlarge .4385 4xlarge .877 8xlarge 1.7539 12xlarge 2.6309 16xlarge 3.5078 metal 3.5078
c7i large .1071 xlarge .2142 2xlarge .4284 4xlarge .8568 8xlarge 1.7136 12xlarge 2.5704 16xlarge 3.4272 24xlarge 5.1408 48xlarge 10.2816 metal-24xl 5.65488 metal-48xl 10.2816
c8gn medium .0713 large .1426 xlarge .2853 2xlarge .5706 4xlarge 1.1411 8xlarge 2.2822 12xlarge 3.4234 16xlarge 4.5645 24xlarge 6.8467
d2 xlarge .828 2xlarge 1.656 4xlarge 3.312 8xlarge 6.624
g4dn xlarge .663 2xlarge .948 4xlarge 1.518 8xlarge 2.743 12xlarge 4.931 16xlarge 5.486
g6 xlarge 1.0144 2xlarge 1.2322 4xlarge 1.66781 8xlarge 2.53903 12xlarge 5.80003 16xlarge 4.28145 24xlarge 8.41367 48xlarge 16.82734
gr6 4xlarge 1.9401 8xlarge 3.08359
hpc6a 48xlarge 3.467
i3 large .188 xlarge .376 2xlarge .752 4xlarge 1.504 8xlarge 3.008 16xlarge 6.016 metal 6.016
i3en large .273 xlarge .546 2xlarge 1.092 3xlarge 1.638 6xlarge 3.276 12xlarge 6.552 24xlarge 13.104 metal 13.104
i4i large .207 xlarge .414 2xlarge .827 4xlarge 1.654 8xlarge 3.309 12xlarge 4.963 16xlarge 6.618 24xlarge 9.9264 32xlarge 13.2352 metal 13.235
i7i large .2275 xlarge .455 2xlarge .9099 4xlarge 1.8198 8xlarge 3.6397 12xlarge 5.4595 16xlarge 7.2794 24xlarge 10.919 48xlarge 21.8381 metal-24xl 11.5954 metal-48xl 23.1908
i7ie large .314 xlarge .6279 2xlarge 1.2558 3xlarge 1.8837 6xlarge 3.7674 12xlarge 7.5348 18xlarge 11.3022 24xlarge 15.0696 48xlarge 30.1392 metal-24xl 16.0476 metal-48xl 32.0953
i8g large .2068 xlarge .4136 2xlarge .8272 4xlarge 1.6544 8xlarge 3.3088 12xlarge 4.9632 16xlarge 6.6176 24xlarge 9.9264 48xlarge 19.8528 metal-24xl 10.91904 metal-48xl 21.83808
i8ge large .2867 xlarge .5733 2xlarge 1.1466 3xlarge 1.7199 6xlarge 3.4398 12xlarge 6.8796 18xlarge 10.3194 24xlarge 13.7592 48xlarge 27.5184 metal-24xl 14.6513 metal-48xl 29.3026
inf1 xlarge .288 2xlarge .456 6xlarge 1.488 24xlarge 5.953
m5 large .121 xlarge .242 2xlarge .484 4xlarge .968 8xlarge 1.936 12xlarge 2.904 16xlarge 3.872 24xlarge 5.808 metal 5.808
m5a large .109 xlarge .218 2xlarge .436 4xlarge .872 8xlarge 1.744 12xlarge 2.616 16xlarge 3.488 24xlarge 5.232
m5d large .143 xlarge .286 2xlarge .572 4xlarge 1.144 8xlarge 2.288 12xlarge 3.432 16xlarge 4.576 24xlarge 6.864 metal 6.864
m5dn large .171 xlarge .342 2xlarge .684 4xlarge 1.368 8xlarge 2.736 12xlarge 4.104 16xlarge 5.472 24xlarge 8.208 metal 8.208
m5n large .149 xlarge .298 2xlarge .596 4xlarge 1.192 8xlarge 2.384 12xlarge 3.576 16xlarge 4.768 24xlarge 7.152 metal 7.152
m6g medium .0484 large .0968 xlarge .1936 2xlarge .3872 4xlarge .7744 8xlarge 1.5488 12xlarge 2.3232 16xlarge 3.0976 metal 3.2835
m6gd medium .0572 large .1144 xlarge .2288 2xlarge .4576 4xlarge .9152 8xlarge 1.8304 12xlarge 2.7456 16xlarge 3.6608 metal 3.8804
m6i large .121 xlarge .242 2xlarge .484 4xlarge .968 8xlarge 1.936 12xlarge 2.904 16xlarge 3.872 24xlarge 5.808 32xlarge 7.744 metal 7.744
m7g medium .0514 large .1028 xlarge .2056 2xlarge .4112 4xlarge .8224 8xlarge 1.6448 12xlarge 2.4672 16xlarge 3.2896 metal 3.2896
m7i large .12705 xlarge .2541 2xlarge .5082 4xlarge 1.0164 8xlarge 2.0328 12xlarge 3.0492 16xlarge 4.0656 24xlarge 6.0984 48xlarge 12.1968 metal-24xl 6.70824 metal-48xl 12.1968
m7i-flex large .1207 xlarge .2414 2xlarge .4828 4xlarge .9656 8xlarge 1.9312 12xlarge 2.8968 16xlarge 3.8624
m8g medium .05654 large .11308 xlarge .22616 2xlarge .45232 4xlarge .90464 8xlarge 1.80928 12xlarge 2.71392 16xlarge 3.61856 24xlarge 5.42784 48xlarge 10.85568 metal-24xl 5.97062 metal-48xl 10.85568
m8gd medium .073 large .146 xlarge .292 2xlarge .584 4xlarge 1.168 8xlarge 2.336 12xlarge 3.504 16xlarge 4.672 24xlarge 7.008 48xlarge 14.016 metal-24xl 7.7088 metal-48xl 14.016
m8i large .1334 xlarge .2668 2xlarge .5336 4xlarge 1.0672 8xlarge 2.1344 12xlarge 3.2016 16xlarge 4.2688 24xlarge 6.4032 32xlarge 8.5376 48xlarge 12.8064 96xlarge 25.6128 metal-48xl 12.8064 metal-96xl 25.6128
m8i-flex large .12674 xlarge .25348 2xlarge .50696 4xlarge 1.01392 8xlarge 2.02784 12xlarge 3.04176 16xlarge 4.05568
p3dn 24xlarge 37.454
p6-b200 48xlarge 136.71936
p6-b300 48xlarge 170.9
r5 large .151 xlarge .302 2xlarge .604 4xlarge 1.208 8xlarge 2.416 12xlarge 3.624 16xlarge 4.832 24xlarge 7.248 metal 7.248
r5a large .136 xlarge .272 2xlarge .544 4xlarge 1.088 8xlarge 2.176 12xlarge 3.264 16xlarge 4.352 24xlarge 6.528
r5d large .173 xlarge .346 2xlarge .692 4xlarge 1.384 8xlarge 2.768 12xlarge 4.152 16xlarge 5.536 24xlarge 8.304 metal 8.304
r5dn large .201 xlarge .402 2xlarge .804 4xlarge 1.608 8xlarge 3.216 12xlarge 4.824 16xlarge 6.432 24xlarge 9.648 metal 9.648
r5n large .179 xlarge .358 2xlarge .716 4xlarge 1.432 8xlarge 2.864 12xlarge 4.296 16xlarge 5.728 24xlarge 8.592 metal 8.592
r6g medium .0604 large .1208 xlarge .2416 2xlarge .4832 4xlarge .9664 8xlarge 1.9328 12xlarge 2.8992 16xlarge 3.8656 metal 4.0975
r6gd medium .0692 large .1384 xlarge .2768 2xlarge .5536 4xlarge 1.1072 8xlarge 2.2144 12xlarge 3.3216 16xlarge 4.4288 metal 4.4288
r6i large .151 xlarge .302 2xlarge .604 4xlarge 1.208 8xlarge 2.416 12xlarge 3.624 16xlarge 4.832 24xlarge 7.248 32xlarge 9.664 metal 9.664
r7g medium .0642 large .1284 xlarge .2567 2xlarge .5134 4xlarge 1.0269 8xlarge 2.0538 12xlarge 3.0806 16xlarge 4.1075 metal 4.1075
r7gd medium .0817 large .1635 xlarge .327 2xlarge .6539 4xlarge 1.3078 8xlarge 2.6157 12xlarge 3.9235 16xlarge 5.2314 metal 5.2314
r7i large .15855 xlarge .3171 2xlarge .6342 4xlarge 1.2684 8xlarge 2.5368 12xlarge 3.8052 16xlarge 5.0736 24xlarge 7.6104 48xlarge 15.2208 metal-24xl 8.37144 metal-48xl 15.2208
r8g medium .0706 large .1412 xlarge .2824 2xlarge .5648 4xlarge 1.1296 8xlarge 2.2592 12xlarge 3.3888 16xlarge 4.5184 24xlarge 6.7776 48xlarge 13.5552 metal-24xl 7.45536 metal-48xl 13.5552
r8gd medium .08828 large .17656 xlarge .35312 2xlarge .70624 4xlarge 1.41248 8xlarge 2.82496 12xlarge 4.23744 16xlarge 5.64992 24xlarge 8.47488 48xlarge 16.94976 metal-24xl 9.32237 metal-48xl 16.94976
r8i large .16648 xlarge .33296 2xlarge .66592 4xlarge 1.33184 8xlarge 2.66368 12xlarge 3.99552 16xlarge 5.32736 24xlarge 7.99104 32xlarge 10.65472 48xlarge 15.98208 96xlarge 31.96416 metal-48xl 17.58029 metal-96xl 31.96416
r8i-flex large .15816 xlarge .31632 2xlarge .63264 4xlarge 1.26528 8xlarge 2.53056 12xlarge 3.79584 16xlarge 5.06112
t3 nano .0061 micro .0122 small .0244 medium .0488 large .0976 xlarge .1952 2xlarge .3904
t3a nano .0055 micro .011 small .022 medium .0439 large .0878 xlarge .1757 2xlarge .3514
t4g nano .0049 micro .0098 small .0196 medium .0392 large .0784 xlarge .1568 2xlarge .3136
u7i-6tb 112xlarge 75.24795
u7i-12tb 224xlarge 150.49696
u7in-16tb 224xlarge 216.28384
u7in-24tb 224xlarge 324.44368
u-6tb1 56xlarge 55.61075 112xlarge 65.433
u-9tb1 112xlarge 98.15
u-12tb1 112xlarge 130.867
u-24tb1 112xlarge 261.73
x1 16xlarge 8.003 32xlarge 16.006
x1e xlarge 1 2xlarge 2 4xlarge 4 8xlarge 8 16xlarge 16 32xlarge 32
x2idn 16xlarge 8.003 24xlarge 12.0045 32xlarge 16.006 metal 16.006
x2iedn xlarge 1.00038 2xlarge 2.00075 4xlarge 4.0015 8xlarge 8.003 16xlarge 16.006 24xlarge 24.009 32xlarge 32.012 metal 32.012
`],
  [["rds.mysql.*.single_az.hour", "rds.mariadb.*.single_az.hour"], "2021-08-03", `
db.m5 large .205 xlarge .41 2xlarge .82 4xlarge 1.64 8xlarge 3.27 12xlarge 4.92 16xlarge 6.55 24xlarge 9.84
db.m6g large .181 xlarge .362 2xlarge .723 4xlarge 1.446 8xlarge 2.893 12xlarge 4.339 16xlarge 5.786
db.r4 large .289 xlarge .578 2xlarge 1.156 4xlarge 2.312 8xlarge 4.624 16xlarge 9.248
db.r5 8xlarge 4.62 16xlarge 9.25
db.r6g large .259 xlarge .517 2xlarge 1.034 4xlarge 2.068 8xlarge 4.137 12xlarge 6.205 16xlarge 8.274
db.t2 micro .02 small .041 medium .081 large .162 xlarge .324 2xlarge .648
`],
  [["rds.aurora-mysql.*.hour", "rds.aurora-postgresql.*.hour"], "2021-08-03", `
db.r4 large .35 xlarge .7 2xlarge 1.4 4xlarge 2.8 8xlarge 5.6 16xlarge 11.2
db.r5 large .35 xlarge .7 2xlarge 1.4 4xlarge 2.8 8xlarge 5.6 12xlarge 8.4 16xlarge 11.2 24xlarge 16.8
db.r6g large .313 xlarge .626 2xlarge 1.252 4xlarge 2.504 8xlarge 5.008 12xlarge 7.512 16xlarge 10.016
db.t3 medium .098 large .196
`],
  [["rds.aurora-mysql.*.hour"], "2021-08-03", `
db.t2 small .049 medium .098
db.t3 small .049
`],
  [["rds.postgres.*.single_az.hour"], "2021-08-03", `
db.m5 12xlarge 5.11 16xlarge 6.82 24xlarge 10.23
db.m6g 12xlarge 4.459 16xlarge 5.946
db.r4 large .301 xlarge .602 2xlarge 1.204 4xlarge 2.408 8xlarge 4.816 16xlarge 9.632
db.r5 12xlarge 7.22 16xlarge 9.63 24xlarge 14.45
db.r6g 12xlarge 6.475 16xlarge 8.634
db.t2 micro .021 small .043 medium .087 large .174 xlarge .348 2xlarge .696
`],
  [["elasticache.redis.*.hour", "elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 12xlarge 4.728 24xlarge 9.456
cache.m6g 12xlarge 4.483 16xlarge 5.977
cache.r5 12xlarge 6.207 24xlarge 12.414
cache.r6g 12xlarge 5.897 16xlarge 7.862
cache.t2 micro .019 small .04 medium .08
`],
  [["elasticache.memcached.*.hour"], "2025-04-24", `
cache.m5 large .197 xlarge .393 2xlarge .787 4xlarge 1.573
cache.m6g large .187 xlarge .374 2xlarge .747 4xlarge 1.494 8xlarge 2.989
cache.r5 large .259 xlarge .517 2xlarge 1.035 4xlarge 2.069
cache.r6g large .246 xlarge .491 2xlarge .983 4xlarge 1.966 8xlarge 3.931
cache.t3 micro .02 small .04 medium .08
`],
  [["elasticache.valkey.*.hour"], "2025-04-24", `
cache.m5 12xlarge 3.7824 24xlarge 7.5648
cache.m6g 12xlarge 3.5864 16xlarge 4.7816
cache.r5 12xlarge 4.9656 24xlarge 9.9312
cache.r6g 12xlarge 4.7176 16xlarge 6.2896
cache.t2 micro .0152 small .032 medium .064
`],
];
