// A process of its own, so that its memory is its own: one stack of 500 resources, changed until it has 10,000 events.
import "./quiet.ts";
import { openCloud } from "../src/aws/cloud.ts";
import { busyWhileCalling } from "../src/operation/target.ts";
import { startRehearsal } from "../src/rehearsal/rehearsal.ts";

const [RESOURCES, EVENTS] = [500, 10_000];
const stack = { name: "many", region: "us-east-1" };
const began = performance.now();
const rehearsal = await startRehearsal({ speed: "max", region: stack.region, clients: "inside", seed: 1 });
const { endpoint, credentials, clock, busy } = rehearsal;
const cloud = busyWhileCalling(openCloud({ endpoint, credentials }, stack.region), busy);
let events = 0;
let last: string | undefined;
for (let round = 0; events < EVENTS; round += 1) {
  const name = `round-${round}`;
  const topic = { Type: "AWS::SNS::Topic", Properties: { DisplayName: `${round}` } };
  const ids = Array.from({ length: RESOURCES }, (_, index) => [`T${index}`, topic]);
  const body = JSON.stringify({ Resources: Object.fromEntries(ids) });
  const kind = round === 0 ? "CREATE" : "UPDATE";
  await cloud.createChangeSet({ stack, changeSet: name, kind, template: { body }, tags: {}, token: name });
  while ((await cloud.changeSet(stack, name)).status !== "CREATE_COMPLETE") await clock.sleep(1000);
  await cloud.executeChangeSet(stack, name, name);
  do {
    await clock.sleep(60_000);
    const fresh = await cloud.events(stack, last);
    events += fresh.length;
    last = fresh.at(-1)?.id ?? last;
  } while (!/^(CREATE|UPDATE)_COMPLETE$/.test((await cloud.stack(stack))?.status ?? ""));
}
await rehearsal.close();
const seconds = (performance.now() - began) / 1000;
process.stdout.write(`${JSON.stringify({ events, seconds, megabytes: process.resourceUsage().maxRSS / 1024 })}\n`);
