import { describe, expect, it } from "vitest";
import { ANSWERS } from "./init-hostile/answers.ts";
import { AROUND } from "./init-hostile/around.ts";
import { FOLDERS } from "./init-hostile/folders.ts";
import { GIVEN } from "./init-hostile/given.ts";
import { STATE } from "./init-hostile/state.ts";
import { type Case, play } from "./init-hostile/world.ts";

const TABLES: { readonly [title: string]: readonly Case[] } = {
  "flags with anything in them": GIVEN,
  "answers from elsewhere": ANSWERS,
  "folders of any kind": FOLDERS,
  "a repository that says anything": AROUND,
  "what an earlier run left, and where answers go": STATE,
};

describe.each(Object.entries(TABLES))("%s", (_, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))("%s", (_, one) => play(one));
});

it("is held to two hundred inputs and more", () => {
  const names = Object.values(TABLES).flatMap((cases) => cases.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(200);
});
