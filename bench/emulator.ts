import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { LACKING, startMinistack } from "../test/support/ministack.ts";
import { ACCOUNT, astro, type Bench, cdk, interleaved, openBench } from "./measure.ts";
import { type Row, ratioRow } from "./table.ts";

/** Rounds of what is quick, and of what takes a minute. */
const ROUNDS = 5;
const FEW = 3;

/** The dev app brought by both clients onto one ministack, first and again; and synthesised anew after one change. */
export async function againstCdk(): Promise<readonly Row[]> {
  const bench = await openBench();
  const { folder, app } = bench;
  const ministack = await startMinistack(ACCOUNT);
  try {
    leaveOutWhatMinistackLacks(bench);
    const env = ministack.environment;
    // What ministack says of engine versions and quotas is not AWS's.
    const ours = (...more: readonly string[]) =>
      astro(["provision", "--env", "dev", "--yes", "--json", "--no-preflight", ...more], folder, env);
    const gone = () => astro(["destroy", "--env", "dev", "--yes", "--confirm", "dev", "--json"], folder, env);
    const theirs = (...more: readonly string[]) =>
      cdk(["deploy", "--all", "--require-approval", "never", ...more], app, env);
    // Also makes the bucket that both publish to.
    await ours();
    const again = await interleaved(ROUNDS, { astro: { run: () => ours() }, cdk: { run: () => theirs() } });
    const assembly = join(app, ".astro", "assembly", "dev");
    const finished = await interleaved(ROUNDS, {
      astro: { run: () => ours("--assembly", assembly) },
      cdk: { run: () => theirs("--app", assembly) },
    });
    const first = await interleaved(FEW, {
      astro: { before: gone, run: () => ours() },
      cold: {
        before: async () => {
          await gone();
          rmSync(join(app, ".astro"), { recursive: true, force: true });
        },
        run: () => ours(),
      },
      cdk: { before: gone, run: () => theirs() },
    });
    let storage = 20;
    const change = () => bench.edit("database.storage", ++storage);
    const { folder: other, close } = await openBench();
    const untouched = join(other, "infra");
    const anew = () => rmSync(join(untouched, ".astro"), { recursive: true, force: true });
    const own = await interleaved(FEW, {
      astro: { before: anew, run: () => astro(["synth", "--env", "dev"], other) },
      cdk: { run: () => cdk(["synth", "--quiet"], untouched) },
    });
    close();
    const synthesis = await interleaved(ROUNDS, {
      astro: { before: change, run: () => astro(["synth", "--env", "dev"], folder) },
      cdk: { before: change, run: () => cdk(["synth", "--quiet"], app) },
    });
    return [
      ratioRow("no-op `astro provision`", again.astro, "`cdk deploy --all`", again.cdk, 0.2),
      ratioRow("the same of a finished assembly", finished.astro, "`cdk deploy --all --app DIR`", finished.cdk),
      ratioRow("first `astro provision`, after `astro plan`", first.astro, "`cdk deploy --all`", first.cdk, 0.5),
      ratioRow("first of all of an edited app, which is judged", first.cold, "`cdk deploy --all`", first.cdk),
      ratioRow("first `astro synth` after `astro init`", own.astro, "`cdk synth`", own.cdk, 0.35),
      ratioRow("`astro synth` after one changed value", synthesis.astro, "`cdk synth`", synthesis.cdk, 0.35),
    ];
  } finally {
    await ministack.stop();
    bench.close();
  }
}

/** Makes the app leave out of its own assembly what ministack refuses, so that both clients run one and the same app. */
function leaveOutWhatMinistackLacks({ app }: Bench): void {
  const without = readFileSync(join("test", "support", "without.ts"), "utf8").replace(/^import type .*$/m, "");
  writeFileSync(join(app, "bin", "without.ts"), without);
  const entry = `import "./app";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assemblyWithout } from "./without";

const made = process.env.CDK_OUTDIR ?? "cdk.out";
cpSync(made, made + ".whole", { recursive: true });
assemblyWithout(made + ".whole", made, new Set(${JSON.stringify([...LACKING])}));
rmSync(made + ".whole", { recursive: true });
// No capacity providers, so no strategy that names one.
for (const name of readdirSync(made).filter((name) => name.endsWith(".template.json"))) {
  const template = JSON.parse(readFileSync(join(made, name), "utf8"));
  for (const { Type, Properties } of Object.values<any>(template.Resources)) {
    if (Type !== "AWS::ECS::Service") continue;
    delete Properties.CapacityProviderStrategy;
    Properties.LaunchType = "FARGATE";
  }
  writeFileSync(join(made, name), JSON.stringify(template));
}
`;
  writeFileSync(join(app, "bin", "emulated.ts"), entry);
  const file = join(app, "cdk.json");
  const settings = JSON.parse(readFileSync(file, "utf8")) as object;
  const text = JSON.stringify({ ...settings, app: "node -r tsx/cjs bin/emulated.ts" });
  writeFileSync(file, text);
  // An app that is as astro wrote it is run once by itself; this one is not, and says that it reads its own files alone.
  const config = join(app, "astro.yaml");
  const document = parseDocument(readFileSync(config, "utf8"));
  document.setIn(["cache"], []);
  writeFileSync(config, String(document));
}
