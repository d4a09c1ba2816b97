// Measures everything and writes the tables of bench/README.md anew; with words, only the parts they name, to look at.
import "./quiet.ts";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { againstAws } from "./deploy.ts";
import { detection } from "./detection.ts";
import { againstCdk } from "./emulator.ts";
import { firstPrompt } from "./first-prompt.ts";
import { againstClients, againstPath } from "./makespan.ts";
import { priceUpdate } from "./price-update.ts";
import { startUp } from "./program.ts";
import { manyEvents } from "./rehearsal.ts";
import { type Row, table } from "./table.ts";

type Part = { readonly title: string; readonly head: Row; readonly measure: () => Promise<readonly Row[]> };

const AGAINST = ["what", "takes", "against", "takes", "ratio", "goal"];
const PARTS: { readonly [name: string]: Part } = {
  path: {
    title: "A first provisioning of the dev design, rehearsed: simulated time against the lower bound",
    head: AGAINST,
    measure: againstPath,
  },
  clients: {
    title: "The same by each client, onto a bootstrapped account: simulated time, and the calls that AWS was asked",
    head: ["client", "simulated", "calls", "of them CloudFormation"],
    measure: againstClients,
  },
  emulator: { title: "The dev app on one ministack: real time, medians", head: AGAINST, measure: againstCdk },
  deploy: {
    title: "A deployment of the app, rehearsed, beside `aws s3 sync` and `aws cloudfront create-invalidation`: medians",
    head: ["what", "calls", "takes", "calls of `aws`", "takes", "ratio"],
    measure: againstAws,
  },
  program: { title: "Start-up: real time, medians", head: ["command", "takes", "bare Node"], measure: startUp },
  "first-prompt": { title: "The wizard's first question: real time, medians", head: AGAINST, measure: firstPrompt },
  "price-update": {
    title: "From a key to the prices of the next question: real time, medians",
    head: ["what", "takes", "goal"],
    measure: priceUpdate,
  },
  detection: { title: "What a repository is made of, found: real time, medians", head: AGAINST, measure: detection },
  rehearsal: {
    title: "The rehearsal under many events: real time and peak memory, medians",
    head: ["resources", "events", "takes", "memory"],
    measure: manyEvents,
  },
};

const asked = process.argv.slice(2);
const sections: string[] = [];
for (const [name, { title, head, measure }] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`· ${title}\n`);
  const section = `**${title}**\n\n${table(head, await measure())}`;
  process.stdout.write(`${section}\n\n`);
  sections.push(section);
}
if (asked.length === 0) {
  const file = join("bench", "README.md");
  const [processor] = cpus();
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const hardware = `${cpus().length} × ${processor?.model ?? "?"}, load ${load} at the end`;
  const machine = `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${hardware}`;
  const text = readFileSync(file, "utf8").replace(
    /(<!-- measured -->\n)[\s\S]*(<!-- \/measured -->)/,
    (_, begin: string, end: string) => `${begin}\n${[machine, ...sections].join("\n\n")}\n\n${end}`,
  );
  writeFileSync(file, text);
}
