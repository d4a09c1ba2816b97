// Loaded into a child: its clocks and waits run ASTRO_TEST_CLOCK's first number times as fast, and its wall clock is wrong by
// the second, in seconds. What takes minutes of missed heartbeats takes seconds so, and two machines need not agree.
const promises = require("node:timers/promises");
const { syncBuiltinESMExports } = require("node:module");
const [speed = 1, skew = 0] = (process.env.ASTRO_TEST_CLOCK ?? "").split(":").filter(Boolean).map(Number);

const RealDate = Date;
const origin = RealDate.now();
const wall = () => origin + skew * 1000 + (RealDate.now() - origin) * speed;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [wall()] : given));
  }
  static now() {
    return wall();
  }
};

const steady = performance.now.bind(performance);
performance.now = () => steady() * speed;

const { setTimeout: original } = globalThis;
globalThis.setTimeout = Object.assign(
  (callback, delay = 0, ...given) => original(callback, delay / speed, ...given),
  original,
);
const { setTimeout: sleep } = promises;
promises.setTimeout = (delay, ...given) => sleep(delay / speed, ...given);
syncBuiltinESMExports();
