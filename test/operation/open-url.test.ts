import { describe, expect, it, vi } from "vitest";
import { openUrl } from "../../src/operation/open-url.ts";
import { contextOn } from "../support/context-on.ts";
import { folderWith } from "../support/frontends.ts";
import { rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";

/** Opens a URL of an environment whose stacks have these outputs; what was run, too. */
async function opened(
  what: string | undefined,
  outputs: { readonly [name: string]: string },
  { print = false, canAsk = true }: { readonly print?: boolean; readonly canAsk?: boolean } = {},
) {
  const { rehearsal, provision } = await rehearsed({ clients: "outside" });
  const values = Object.fromEntries(Object.entries(outputs).map(([name, Value]) => [name, { Value }]));
  await provision([stackOf("shop-dev-cdn", "dns", { outputs: values })]);
  const cwd = folderWith({ "astro.yaml": `name: shop\nenvironments:\n  dev:\n    region: ${SITE.region}\n` });
  const ran: string[] = [];
  const run = async (line: string) => {
    ran.push(line);
    return { exitCode: 0, stdout: "", stderr: "" };
  };
  const context = { ...contextOn(rehearsal, { cwd, columns: 200, write: () => undefined }), run, canAsk };
  const flags = { json: false, rehearse: false, speed: "max", env: "dev" };
  try {
    return { value: await openUrl(context, { ...flags, what, print }), ran };
  } finally {
    vi.unstubAllEnvs();
  }
}

const APP = { AppUrl: "https://app.example.com" };

describe("astro open", () => {
  it("shows the app in this system's browser where somebody sees it", async () => {
    const { value, ran } = await opened(undefined, APP);
    expect(value).toEqual({ what: "app", url: "https://app.example.com/", opened: true });
    expect(ran).toEqual([expect.stringContaining("xdg-open https://app.example.com/")]);
  });

  it("only prints where it is told to, and where nobody sees it", async () => {
    for (const where of [{ print: true }, { canAsk: false }]) {
      const { value, ran } = await opened("app", APP, where);
      expect([value.opened, ran]).toEqual([false, []]);
    }
  });

  it("knows the API by its own name, or below the app", async () => {
    const named = await opened("api", { ...APP, ApiUrl: "https://api.example.com" }, { print: true });
    expect(named.value.url).toBe("https://api.example.com/");
    const below = await opened("api", APP, { print: true });
    expect(below.value.url).toBe("https://app.example.com/api/");
  });

  it("knows the console by region, project and environment", async () => {
    const { value } = await opened("console", {}, { print: true });
    expect(value.url).toBe(
      "https://eu-west-1.console.aws.amazon.com/cloudformation/home?region=eu-west-1#/stacks?filteringText=shop-dev-&filteringStatus=active",
    );
  });

  it("hands nothing to a shell that is no address, and says what is missing", async () => {
    const failure = { code: "failed", message: expect.stringMatching(/^dev has no URL of its app/) };
    await expect(opened("app", {})).rejects.toMatchObject(failure);
    await expect(opened("app", { AppUrl: "javascript:alert(1)" })).rejects.toMatchObject(failure);
  });
});
