// Loaded into the cdk client: its waits of a second and more end as much earlier as the rehearsal's clock is faster.
const speed = Number(process.env.BENCH_SPEED ?? 1);
const { setTimeout: original } = globalThis;
globalThis.setTimeout = Object.assign(
  (callback, delay = 0, ...given) => original(callback, delay >= 1000 ? delay / speed : delay, ...given),
  original,
);
