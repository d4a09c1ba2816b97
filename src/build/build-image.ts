import type { Context } from "../context.ts";
import { redact } from "../redact.ts";
import { type Builder, builderWords } from "./builder.ts";
import type { ImageEvent } from "./event.ts";
import { buildFailed, isOfPush, loginFailed, pushFailed, troubleIn } from "./failures.ts";
import { type LoggedIn, loginWords, prepareLogin, type RegistryLogin, withLoginFolder } from "./registry-login.ts";
import type { ImageBuild } from "./source.ts";
import { buildSteps, type ImageTarget } from "./words.ts";

/** Lines of a builder that are kept for the case that it fails. */
const LAST = 20;

export type BuildOrder = {
  readonly builder: Builder;
  readonly build: ImageBuild;
  /** Where it goes, but for the address, which comes with the login. */
  readonly target: Omit<ImageTarget, "repository" | "insecure"> & { readonly name: string };
  /** A login of the registry: asked for anew when the one before expired on the way. */
  readonly login: () => Promise<RegistryLogin>;
  readonly emit: (event: ImageEvent) => void;
  readonly signal: AbortSignal;
};

/**
 * Builds an image and pushes it. Throws AstroError: "failed" with the builder's last lines for a build, "denied" with the
 * IAM action for a push that is refused, "unreachable" for one that broke off.
 */
export async function buildImage(context: Context, order: BuildOrder): Promise<void> {
  await withLoginFolder(context, async (folder) => {
    const { builder, build, emit, signal } = order;
    let secret = "";
    const run = async (words: readonly string[], { env }: Pick<LoggedIn, "env">, input?: string) => {
      const lines: string[] = [];
      const line = (said: string) => {
        const words = redact(secret === "" ? said : said.replaceAll(secret, "***"));
        lines.push(words);
        if (lines.length > LAST) lines.shift();
        if (input === undefined) emit({ type: "image.output", line: words });
      };
      const given = input === undefined ? {} : { input };
      const { exitCode } = await context.program(words, { cwd: build.context, env, line, signal, ...given });
      return { exitCode, lines };
    };
    const logIn = async () => {
      const login = await order.login();
      secret = login.password;
      const prepared = await prepareLogin(context, builder, login, folder);
      const done = await run(loginWords(builder.name, login, folder), prepared, login.password);
      if (done.exitCode !== 0) throw loginFailed(login.address, done.lines);
      return { login, prepared };
    };
    const { login, prepared } = await logIn();
    const repository = `${login.address}/${order.target.name}`;
    const target: ImageTarget = { ...order.target, repository, insecure: login.insecure };
    const steps = buildSteps(builder, build, target, prepared);
    /** Runs what speaks to the registry; once more with a new token where the one before has expired. */
    const pushing = async (words: readonly string[]) => {
      const first = await run(words, prepared);
      if (first.exitCode === 0 || troubleIn(first.lines)?.kind !== "expired") return first;
      emit({ type: "image.token-renewed", repository: order.target.name });
      return run(words, (await logIn()).prepared);
    };
    try {
      const { tag, name } = order.target;
      const built = await pushing(steps.build);
      if (built.exitCode !== 0 && isOfPush(built.lines)) throw pushFailed(name, troubleIn(built.lines), built.lines);
      if (built.exitCode !== 0) throw buildFailed(builderWords(builder.name), built.exitCode, built.lines);
      emit({ type: "image.pushing", repository: name, tag });
      if (steps.push === undefined) return;
      const pushed = await pushing(steps.push);
      if (pushed.exitCode !== 0) throw pushFailed(name, troubleIn(pushed.lines), pushed.lines);
    } finally {
      // One that runs in a virtual machine may keep a login of its own there.
      if (builder.name === "finch") await run(["finch", "logout", login.address], prepared, "").catch(() => undefined);
    }
  });
}
