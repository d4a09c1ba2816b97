import { shellLine } from "../command-line.ts";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import type { Site } from "../plan/provision-plan.ts";
import { outputNamed } from "../release/frontend-state.ts";
import { partitionOf } from "../template/partition.ts";
import { renderNote } from "../view/note.ts";
import { during } from "../view/spinner.ts";
import { deployedNow } from "./deployed.ts";
import type { OperationOptions } from "./flags.ts";
import { inOperation } from "./open.ts";
import { interruptibly } from "./session.ts";

/** What can be opened of an environment. */
export const OPENABLE = ["app", "api", "console"] as const;

type Openable = (typeof OPENABLE)[number];

/** Where it is, and whether a browser was asked to show it. */
export type OpenedUrl = { readonly what: Openable; readonly url: string; readonly opened: boolean };

/** Consoles by partition (AWS Management Console Getting Started Guide; AWS GovCloud User Guide; China's Getting Started). */
const CONSOLES: { readonly [partition: string]: string } = {
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** `astro open`: shows a URL of the environment in the browser where there is somebody to see it, and prints it. */
export async function openUrl(
  context: Context,
  flags: OperationOptions & { readonly what?: string | undefined; readonly print: boolean },
): Promise<OpenedUrl> {
  const what = OPENABLE.find((one) => one === (flags.what ?? "app")) ?? "app";
  return inOperation(context, "open", flags, async (operation) => {
    const { site, target } = operation;
    const deployed =
      what === "console"
        ? []
        : await during(context.stderr, "reading what is deployed", () =>
            interruptibly(context, () => deployedNow(operation, [])),
          );
    const url = what === "console" ? consoleUrl(site) : urlOf(what, site, deployed);
    if (target.rehearsing) {
      const serve = ["astro", "rehearse", ...(flags.dir === undefined ? [] : ["--dir", flags.dir])];
      const words = "nobody answers at a rehearsal's URL. To see what its CDN serves, on this machine";
      context.stderr.write(renderNote(words, context.stderr, serve));
    }
    const opened = context.canAsk && !flags.print && !target.rehearsing && (await inBrowser(context, url));
    return { what, url, opened };
  });
}

type Standing = Parameters<typeof outputNamed>[0];

function urlOf(what: "app" | "api", site: Site, deployed: Standing): string {
  const app = outputNamed(deployed, "AppUrl");
  const url = what === "app" ? app : (outputNamed(deployed, "ApiUrl") ?? (app && `${app}/api/`));
  // It is handed to a shell and a browser: whatever stands in an output, it must be an address.
  if (url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url).href;
  throw new AstroError("failed", `${site.environment} has no URL of its ${what}: no stack has the output AppUrl`, {
    text: "provision it first",
    command: ["astro", "provision", "--env", site.environment],
  });
}

/** The environment's stacks in the CloudFormation console. */
function consoleUrl({ project, environment, region }: Site): string {
  const host = CONSOLES[partitionOf(region)] ?? `${region}.console.aws.amazon.com`;
  const filter = encodeURIComponent(`${project}-${environment}-`);
  return `https://${host}/cloudformation/home?region=${region}#/stacks?filteringText=${filter}&filteringStatus=active`;
}

/** Asks this system's own opener; false where there is none. */
async function inBrowser(context: Context, url: string): Promise<boolean> {
  const line =
    context.env.OS === "Windows_NT"
      ? `start "" "${url}"`
      : `if command -v xdg-open >/dev/null 2>&1; then ${shellLine(["xdg-open", url])}; else ${shellLine(["open", url])}; fi`;
  return (await context.run(line, { cwd: context.cwd, env: {} })).exitCode === 0;
}
