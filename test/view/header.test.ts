import { describe, expect, it } from "vitest";
import { heading, headline, placeWords } from "../../src/view/header.ts";
import { themeOf } from "../../src/view/theme.ts";
import type { Header } from "../../src/view/view.ts";
import { contextWith } from "../support/context.ts";

const theme = themeOf(contextWith(() => Promise.reject(new Error("nothing runs"))).stderr);
const HEADER: Header = {
  command: "provision",
  environment: "dev",
  region: "eu-west-1",
  account: "123456789012",
  signer: "profile work",
};

describe("a screen that touches AWS", () => {
  it("says account, region and profile, whether its own words name the region or not", () => {
    expect(heading(theme, HEADER, ["dev is gone"])).toEqual([
      " dev is gone · eu-west-1 · account 1234…9012 · profile work",
    ]);
    expect(heading(theme, HEADER, ["Plan for dev in eu-west-1"])).toEqual([
      " Plan for dev in eu-west-1 · account 1234…9012 · profile work",
    ]);
    expect(placeWords(HEADER)).toBe("eu-west-1 · account 1234…9012 · profile work");
    expect(placeWords({ ...HEADER, rehearsal: { speed: "max" } })).toBe("rehearsal");
  });

  it("leaves away the profile's name, however long, before the account", () => {
    const text = (room: number, signer: string) =>
      headline(theme, { ...HEADER, signer }, room)
        .map((span) => (typeof span === "string" ? span : span[0]))
        .join("");
    expect(text(80, "profile work")).toBe(" astro provision · dev · eu-west-1 · account 1234…9012 · profile work");
    expect(text(52, "profile work")).toBe(" provision · dev · account 1234…9012 · profile work");
    expect(text(50, `profile ${"x".repeat(90)}`)).toBe(" provision · dev · eu-west-1 · account 1234…9012");
  });
});
