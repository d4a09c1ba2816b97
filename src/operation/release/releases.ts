import type { Context } from "../../context.ts";
import type { AppStack } from "../../release/app-stacks.ts";
import { type ReleaseRecord, releasesOf } from "../../release/record.ts";
import { type ReleaseLine, renderReleases } from "../../view/releases.ts";
import { during } from "../../view/spinner.ts";
import { commandWith, type OperationOptions } from "../flags.ts";
import { inOperation } from "../open.ts";
import { interruptibly } from "../session.ts";
import { deployedApp } from "./deployed-app.ts";

/** `astro releases`: the newest releases of an environment, and which one runs; changes nothing. */
export async function releases(
  context: Context,
  flags: OperationOptions,
): Promise<{ readonly value: { readonly releases: readonly ReleaseLine[] }; readonly render: () => string }> {
  return inOperation(context, "releases", flags, async (operation) => {
    const { target, site, header } = operation;
    const [{ api }, { releases: found }] = await during(context.stderr, "reading the releases", () =>
      interruptibly(context, () => Promise.all([deployedApp(operation, flags), releasesOf(target.cloud, site)])),
    );
    const running = runningRelease(found, api);
    const lines = found.map((one) => ({ ...one, running: one === running }));
    const deploy = commandWith("deploy", site.environment, flags);
    return {
      value: { releases: lines },
      render: () => renderReleases(lines, api.image, header, context.stdout, deploy),
    };
  });
}

/** The release that runs: the newest one, if its image is the API's; undefined where none says what runs. */
export function runningRelease(
  found: readonly ReleaseRecord[],
  { image }: Pick<AppStack, "image">,
): ReleaseRecord | undefined {
  return found.findLast((one) => one.image === undefined || one.image.ref === image);
}
