import { describe, expect, it } from "vitest";
import { environment } from "../../src/config/schema.ts";
import { probesOf, whenReady } from "../../src/operation/readiness.ts";
import { fakeClock } from "../support/fake-clock.ts";

const OUTPUTS = { ApiUrl: "http://alb.example", AppUrl: "https://d1.cloudfront.net" };
const DEV = environment.parse({ region: "eu-west-1", express: true, service: { healthPath: "/up" } });

/** Waits on a clock that jumps; `answers` says what each address answers at each look. */
async function wait(
  answers: (url: string, look: number) => number | Error,
  outputs: typeof OUTPUTS | object = OUTPUTS,
) {
  const said: string[] = [];
  const asked: string[] = [];
  const clock = fakeClock();
  const start = clock.now();
  const get = async (url: string) => {
    asked.push(url);
    const answer = answers(url, asked.filter((one) => one === url).length);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const world = { clock, get, signal: new AbortController().signal };
  const error = await whenReady(world, probesOf({ ...outputs }, DEV), (waiting) =>
    said.push(...waiting.map(({ what }) => what)),
  );
  return { error, said, asked, seconds: (clock.now().getTime() - start.getTime()) / 1000 };
}

describe("an environment made in express mode", () => {
  it("counts as up at once if its API is healthy and its frontend's address answers", async () => {
    const { error, said, asked } = await wait((url) => (url.includes("alb") ? 200 : 403));
    expect([error, said]).toEqual([undefined, []]);
    expect(asked).toEqual(["http://alb.example/up", "https://d1.cloudfront.net"]);
  });

  it("is waited for, which is said once, and what is good is not asked again", async () => {
    const { error, said, asked, seconds } = await wait((url, look) => {
      if (!url.includes("alb")) return 200;
      return look === 1 ? new Error("getaddrinfo ENOTFOUND") : look < 4 ? 503 : 200;
    });
    expect([error, seconds]).toEqual([undefined, 15]);
    expect(said).toEqual(["the API"]);
    expect(asked.filter((url) => url.includes("cloudfront"))).toHaveLength(1);
  });

  it("is given up after half an hour, with the last answer of what does not work", async () => {
    const { error, seconds } = await wait((url) => (url.includes("alb") ? 503 : 200));
    expect(error).toMatchObject({
      code: "failed",
      message: expect.stringMatching(/the API \(http:\/\/alb\.example\/up\): it answers 503$/),
    });
    expect(seconds).toBeGreaterThan(1800);
  });

  it("has nothing to show where its domain's DNS is somebody else's, or it has no addresses", async () => {
    const elsewhere = environment.parse({ region: "eu-west-1", domain: { name: "example.com", zone: "elsewhere" } });
    expect(probesOf(OUTPUTS, elsewhere)).toEqual([]);
    expect((await wait(() => 500, {})).asked).toEqual([]);
  });

  it("is left alone once the person leaves", async () => {
    const controller = new AbortController();
    const get = async () => {
      controller.abort();
      return 503;
    };
    const world = { clock: fakeClock(), get, signal: controller.signal };
    expect(await whenReady(world, probesOf(OUTPUTS, DEV), () => {})).toBeUndefined();
  });
});

describe("express mode", () => {
  it("is refused where the environment is protected", () => {
    const refused = environment.safeParse({ region: "eu-west-1", express: true, protect: true });
    expect(refused.error?.issues[0]).toMatchObject({ path: ["express"] });
    expect(environment.safeParse({ region: "eu-west-1", express: true }).success).toBe(true);
  });
});
