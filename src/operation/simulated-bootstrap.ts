import { shellLine } from "../command-line.ts";
import { bootstrapBucket } from "../plan/bootstrap.ts";
import { bootstrapCommand, bootstrapsOf } from "../preflight/stored.ts";
import type { Stack } from "../synth/assembly.ts";
import { inPlace } from "../template/partition.ts";
import type { EnvironmentOperation } from "./open.ts";

/** The version that `cdk bootstrap` had when this was written (aws-cdk 2.1148, bootstrap-template.yaml). */
const VERSION = 33;

/**
 * Adds to a simulated account what `cdk bootstrap` would have created, as far as the stacks need it and it does not
 * exist: doctor reports its absence in a real account. Returns a sentence for each region; nothing outside a
 * simulation.
 */
export function provideBootstrap({ target, site }: EnvironmentOperation, stacks: readonly Stack[]): readonly string[] {
  const { provide } = target;
  if (provide === undefined) return [];
  const regions = [...new Set(stacks.flatMap((one) => (bootstrapsOf(one).length > 0 ? [one.region] : [])))];
  return regions.flatMap((region) => {
    const { account } = site;
    const ours = bootstrapBucket(account, region);
    const here = stacks.filter((one) => one.region === region);
    const wants = here.flatMap((one) => one.wants ?? []);
    const resolved = (texts: readonly string[]) => [
      ...new Set(texts.map((text) => inPlace(text, { account, region }))),
    ];
    const versions = here.flatMap(bootstrapsOf);
    const given = provide({
      region,
      parameters: Object.fromEntries(
        versions.map(({ parameter, version }) => [parameter, String(Math.max(VERSION, version))]),
      ),
      buckets: resolved(wants.flatMap(({ buckets = [] }) => buckets)).filter((name) => name !== ours),
      roles: resolved(wants.flatMap(({ role }) => role ?? [])).flatMap((arn) =>
        arn.split(":")[4] === account ? (arn.split("/").at(-1) ?? []) : [],
      ),
    });
    const words = `the simulated account has what ${shellLine(bootstrapCommand(account, region))} creates, because the app needs it; run that in the real account first`;
    return given ? [words] : [];
  });
}
