import { astro, interleaved, node, openBench } from "./measure.ts";
import { type Row, seconds } from "./table.ts";

/** Rounds of what takes a moment. */
const ROUNDS = 9;

/** How long the program takes to be there, beside Node alone, and to price an app that was synthesised before. */
export async function startUp(): Promise<readonly Row[]> {
  const bench = await openBench();
  const { folder } = bench;
  try {
    await astro(["cost", "--env", "dev"], folder);
    const times = await interleaved(ROUNDS, {
      bare: { run: () => node(["-e", "0"], folder) },
      version: { run: () => astro(["--version"], folder) },
      help: { run: () => astro(["--help"], folder) },
      cost: { run: () => astro(["cost", "--env", "dev"], folder) },
    });
    const row = (name: string, time: number): Row => [name, seconds(time), `${(time / times.bare).toFixed(1)} ×`];
    return [
      row("`node -e 0`", times.bare),
      row("`astro --version`", times.version),
      row("`astro --help`", times.help),
      row("`astro cost --env dev`", times.cost),
    ];
  } finally {
    bench.close();
  }
}
