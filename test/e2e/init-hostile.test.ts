import { describe, expect, it } from "vitest";
import { ANSWERS } from "./init-hostile/answers.ts";
import { GIVEN } from "./init-hostile/given.ts";
import { type Case, play } from "./init-hostile/world.ts";

const TABLES: { readonly [title: string]: readonly Case[] } = {
  "flags with anything in them": GIVEN,
  "answers from elsewhere": ANSWERS,
};

describe.each(Object.entries(TABLES))("%s", (_, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))("%s", (_, one) => play(one));
});

it("is held to two hundred inputs and more", () => {
  const names = Object.values(TABLES).flatMap((cases) => cases.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(200);
});
