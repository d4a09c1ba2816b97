import { describe, expect, it, onTestFinished, vi } from "vitest";
import { command, shellLine } from "../../src/command-line.ts";
import { openContext } from "../../src/context.ts";
import { AstroError } from "../../src/errors.ts";
import { commandWith, profileWords } from "../../src/operation/flags.ts";
import { fixAs } from "../../src/operation/preflight.ts";
import { refuseUnknownProfile, withProfile } from "../../src/operation/profile.ts";
import { completed } from "../../src/provision/commands.ts";
import { person } from "../support/person.ts";

const REAL = { json: false, rehearse: false, speed: "60", profile: "my work" };

describe("the profile of the command line", () => {
  it("takes the place of AWS_PROFILE, and of all that the environment has by way of credentials", () => {
    const theirs = {
      AWS_PROFILE: "home",
      AWS_DEFAULT_PROFILE: "home",
      AWS_ACCESS_KEY_ID: "AKIAENV",
      AWS_SECRET_ACCESS_KEY: "x",
      AWS_SESSION_TOKEN: "t",
      AWS_WEB_IDENTITY_TOKEN_FILE: "/token",
      AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/ci",
    };
    for (const [name, value] of Object.entries({ ...theirs, AWS_REGION: "eu-west-1" })) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const options = { root: ".", version: "1.0.0", cache: ".", json: true };
    expect(openContext(options).env).toMatchObject(theirs);
    const { env } = openContext({ ...options, profile: "work" });
    const left = Object.keys(theirs).filter((name) => env[name] !== undefined);
    expect([left, env.AWS_PROFILE, env.AWS_REGION]).toEqual([["AWS_PROFILE"], "work", "eu-west-1"]);
    // What is run inherits the process's own.
    expect(process.env.AWS_PROFILE).toBe("work");
  });

  it("is refused where neither file has it, by their names as they are set, beside the nearest", async () => {
    const refused = async (name: string, files: { readonly [file: string]: string }, more = {}) => {
      const { env } = person(files, more);
      return refuseUnknownProfile({ env }, name).then(
        () => "nothing",
        ({ code, message, hint }) => ({ code, message, hint }),
      );
    };
    const files = {
      config: "[profile work]\nregion = eu-west-1\n[sso-session wrk]\n",
      credentials: "[home]\naws_access_key_id = A\n",
    };
    expect(await refused("wrok", files)).toEqual({
      code: "credentials",
      message: "there is no AWS profile wrok in ~/.aws/config or ~/.aws/credentials",
      hint: "did you mean work? there are: home, work",
    });
    expect(await refused("work", files)).toBe("nothing");
    expect(await refused("home", files)).toBe("nothing");
    for (const name of ["", "default", "constructor", "wrk"])
      expect(await refused(name, files), name).toMatchObject({ code: "credentials" });
    expect(await refused("work", {}, { AWS_CONFIG_FILE: "/none/config" })).toEqual({
      code: "credentials",
      message: "there is no AWS profile work in /none/config or ~/.aws/credentials",
      hint: "/none/config and ~/.aws/credentials name no profile: make one with aws configure sso",
    });
  });
});

describe("what is printed to go on with", () => {
  const as = profileWords(REAL);
  const done = (words: readonly string[]) => shellLine(completed(words, as));

  it("has the profile, quoted where a shell needs it, in commands of astro and of aws", () => {
    expect(shellLine(commandWith("status", "dev", REAL))).toBe("astro status --env dev --profile 'my work'");
    expect(done(command`astro logs api`)).toBe("astro logs api --profile 'my work'");
    expect(done(command`astro run -- alembic current`)).toBe("astro run --profile 'my work' -- alembic current");
    expect(done(command`astro ci github --env dev`)).toBe("astro ci github --env dev --profile 'my work'");
    expect(done(command`aws sso login`)).toBe("aws sso login --profile 'my work'");
    expect(
      fixAs(REAL, { hints: [{ text: "make it", command: command`aws s3 mb s3://a` }, { text: "or not" }] }),
    ).toEqual({
      hints: [{ text: "make it", command: [...command`aws s3 mb s3://a`, "--profile", "my work"] }, { text: "or not" }],
    });
  });

  it("has it once, and not in commands that reach no account", () => {
    expect(done(command`aws sso login --profile base`)).toBe("aws sso login --profile base");
    expect(done(command`astro status --profile base`)).toBe("astro status --profile base");
    expect(done(command`astro iam-policy --env dev`)).toBe("astro iam-policy --env dev");
    expect(done(command`astro plan --rehearse`)).toBe("astro plan --rehearse");
    expect(shellLine(commandWith("status", "dev", { ...REAL, rehearse: true }))).toBe(
      "astro status --env dev --rehearse",
    );
  });

  it("has it in every hint of an error", () => {
    const error = new AstroError("failed", "no", [{ text: "wait" }, { text: "or", command: command`astro attach` }]);
    expect(withProfile(error, "work").hint).toBe("wait\nor:  astro attach --profile work");
  });
});
