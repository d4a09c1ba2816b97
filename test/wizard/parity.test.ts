import { expect, it } from "vitest";
import Init from "../../commands/init.ts";
import { AstroCommand } from "../../src/command.ts";
import { ANSWER_KINDS } from "../../src/wizard/answers.ts";
import { type Ask, WentBack } from "../../src/wizard/ask.ts";
import { choose } from "../../src/wizard/choose.ts";
import { GROUPS } from "../../src/wizard/question.ts";
import { QUESTIONS } from "../../src/wizard/questions.ts";

/** Flags that give no value of the environment, and why nobody is asked for them. */
const NO_QUESTION: { readonly [flag: string]: string } = {
  yes: "it says that nothing is asked",
  answers: "it names a file of the other flags",
  "save-answers": "it names a file that the other flags go to",
  profile: "it says who asks the account; nothing of it is in astro.yaml",
};

/** How the prompts of what comes before the list begin. */
const FIRST: { readonly [flag: string]: string } = {
  name: "Project name",
  env: "Environment name",
  region: "Region",
  preset: "Start from",
};

const suggested = { name: "shop", region: { region: "us-east-1", from: "default" } };
const free = () => ({ monthlyTotal: 0, components: [], unpriced: [] });

/** Takes what is suggested, through all groups, and says what it was asked; `answer` may go back instead. */
function listener(answer: (message: string, place: unknown) => void = () => {}) {
  const heard: string[] = [];
  const groups = [...GROUPS];
  const hear = (message: string, place: unknown) => {
    heard.push(message);
    answer(message, place);
  };
  const ask: Ask = {
    text: async ({ message, initial = "" }) => {
      hear(message, initial);
      return initial;
    },
    choose: async ({ message, choices, initial }) => {
      hear(message, initial);
      const group = message.startsWith("Accept") ? (groups.shift() ?? "accept") : undefined;
      const chosen = choices.find(({ short, value }) => (group ? short.startsWith(group) : value === initial));
      const first = chosen ?? choices[0];
      if (first === undefined) throw new Error(`nothing to choose from: ${message}`);
      return first.value;
    },
    secret: () => Promise.reject(new Error("no secret is asked for")),
    confirm: async () => true,
  };
  return { ask, heard };
}

it("every flag of a value is asked for, and every question has a flag, or a reason", async () => {
  const given = Object.keys(Init.flags).filter((flag) => !Object.hasOwn(AstroCommand.baseFlags, flag));
  expect(given.filter((flag) => !Object.hasOwn(NO_QUESTION, flag)).sort()).toEqual(Object.keys(ANSWER_KINDS).sort());
  const { ask, heard } = listener();
  const found = [{ path: "worker.command", value: ["work"], source: { by: "found", words: "found" } }] as const;
  const mail = { budget: "100", "budget-email": "ops@example.com" };
  await choose({ flags: { domain: "www.example.com", ...mail }, suggested: { ...suggested, found } }, free, ask);
  const asked = (message: string) => heard.some((one) => one.startsWith(message));
  const prompts = { ...FIRST, ...Object.fromEntries(QUESTIONS.map(({ flag, message }) => [flag, message])) };
  expect(Object.keys(prompts).sort()).toEqual(Object.keys(ANSWER_KINDS).sort());
  expect(Object.entries(prompts).filter(([, message]) => !asked(message))).toEqual([]);
});

it("from every question somebody can go back, and then goes the same way again", async () => {
  const gone = new Set<string>();
  const { ask, heard } = listener((message) => {
    if (message.startsWith("Accept") || gone.has(message)) return;
    gone.add(message);
    throw new WentBack();
  });
  const { environment } = await choose({ flags: {}, suggested }, free, ask);
  expect(environment).toEqual((await choose({ flags: { yes: true }, suggested }, free)).environment);
  expect(heard.slice(0, 9)).toEqual([
    "Project name",
    "Project name",
    "Environment name",
    "Project name",
    "Environment name",
    "Region",
    "Environment name",
    "Region",
    "Start from",
  ]);
});

it("the list stays where it was, and what is given is not gone back to", async () => {
  const places: unknown[] = [];
  let backs = 0;
  const { ask, heard } = listener((message, place) => {
    if (!message.startsWith("Accept")) return;
    places.push(place);
    backs += 1;
    if (backs === 3) throw new WentBack();
  });
  await choose({ flags: { region: "eu-west-1", preset: "dev" }, suggested }, free, ask);
  expect(places.slice(0, 4)).toEqual(["accept", "budget", "network", "accept"]);
  expect(heard.filter((message) => message === "Environment name")).toHaveLength(2);
  expect(heard.filter((message) => message === "Project name")).toHaveLength(1);
});

it("answers of an earlier run are not asked again, and those that are no longer legal are left out", async () => {
  const kept = { name: "store", env: "prod", region: "eu-west-1", preset: "prod", tasks: 3, worker: ["work"], azs: 2 };
  const { ask, heard } = listener();
  const { name, env, draft, environment } = await choose({ flags: { nat: "one" }, suggested, kept }, free, ask);
  expect(heard[0]).toMatch(/^Accept/);
  expect({ name, env, region: environment.region }).toEqual({ name: "store", env: "prod", region: "eu-west-1" });
  expect(environment.network).toMatchObject({ azs: 2, nat: "one" });
  expect(environment.worker?.command).toEqual(["work"]);
  expect(draft.sources["service.tasks"]?.words).toBe("your answer");
  const wrong = await choose({ flags: {}, suggested, kept: { ...kept, cpu: 256, memory: 9 } }, free, listener().ask);
  expect(wrong.environment.service).toMatchObject({ cpu: 512, memory: 1024, tasks: 2 });
});
