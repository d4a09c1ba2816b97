import type { Context } from "../../context.ts";
import { AstroError } from "../../errors.ts";
import { appSecretName, SECRET_LIMIT } from "../../plan/app-secret.ts";
import { completed } from "../../provision/commands.ts";
import {
  renderSecretRemoved,
  renderSecretSet,
  renderSecrets,
  type SecretLine,
  type SecretSet,
} from "../../view/secrets.ts";
import { during } from "../../view/spinner.ts";
import { canConfirm, confirm, isConfirmed } from "../confirm.ts";
import { commandWith, type OperationOptions, profileWords } from "../flags.ts";
import { type EnvironmentOperation, inOperation } from "../open.ts";
import { interruptibly, underLock } from "../session.ts";
import { type KeysGiven, listingText, secretsThere, versionToken, writeListing } from "./app-secrets.ts";
import { restart, restartLine } from "./restart.ts";
import { secretName, secretText } from "./secret-value.ts";

type SecretOptions = OperationOptions & { readonly yes: boolean; readonly wait: boolean };
type Shown<T> = { readonly value: T; readonly render: () => string };

/** `astro secret set NAME`: puts a value into the environment's own secret, and its name into astro.yaml. Throws AstroError. */
export async function setSecret(
  context: Context,
  words: readonly string[],
  flags: SecretOptions,
): Promise<Shown<SecretSet>> {
  const name = secretName("set", words);
  // The word behind the command, in every command that an error or the lock prints.
  const named = { ...flags, file: name };
  return inOperation(context, "secret set", named, async (operation) => {
    const { site, target, environment, header } = operation;
    const before = environment.service.secrets ?? [];
    const text = listingText(operation, before.includes(name) ? before : [...before, name]);
    const value = await secretText(context, name, target.rehearsing !== undefined);
    return underLock(context, operation, named, async () => {
      const { pairs, given } = await during(context.stderr, "reading what is set", () =>
        interruptibly(context, () => secretsThere(operation, flags)),
      );
      const isChanged = !Object.hasOwn(pairs, name) || pairs[name] !== value;
      if (isChanged) await put(context, operation, { ...pairs, [name]: value });
      await writeListing(operation, text);
      const reading = isChanged ? servicesOf(given, name) : [];
      const isGiven = [...given.values()].some((keys) => keys.includes(name));
      const restarted = reading.length > 0 && (await restarts(context, operation, flags, reading));
      const report: SecretSet = {
        environment: site.environment,
        name,
        changed: isChanged,
        listed: text !== undefined,
        given: isGiven,
        restarted: restarted ? reading : [],
        // A rehearsal has no other client at hand.
        next: !isGiven
          ? [provision()]
          : restarted || target.rehearsing
            ? []
            : reading.map((service) => completed(restartLine(site, service), profileWords(flags))),
      };
      return { value: report, render: () => renderSecretSet(report, header, context.stdout) };
      function provision() {
        return commandWith("provision", site.environment, flags);
      }
    });
  });
}

/** `astro secret list`: the names, and which of them tasks are given; never a value. */
export async function listSecrets(
  context: Context,
  flags: OperationOptions,
): Promise<Shown<{ readonly environment: string; readonly secrets: readonly SecretLine[] }>> {
  return inOperation(context, "secret list", flags, async (operation) => {
    const { site, environment, header } = operation;
    const { pairs, given } = await during(context.stderr, "reading what is set", () =>
      interruptibly(context, () => secretsThere(operation, flags)),
    );
    const inTasks = [...given.values()].flat();
    const wanted = environment.service.secrets ?? [];
    const names = [...new Set([...Object.keys(pairs), ...wanted, ...inTasks])].sort();
    const secrets = names.map((name) => ({
      name,
      set: Object.hasOwn(pairs, name),
      listed: wanted.includes(name),
      given: inTasks.includes(name),
    }));
    const value = { environment: site.environment, secrets };
    const set = commandWith("secret set", site.environment, { ...flags, file: "NAME" });
    return { value, render: () => renderSecrets(secrets, header, context.stdout, set) };
  });
}

/** `astro secret rm NAME`: takes a value away for good, unless tasks that are deployed need it. Throws AstroError. */
export async function removeSecret(
  context: Context,
  words: readonly string[],
  flags: SecretOptions,
): Promise<Shown<{ readonly environment: string; readonly name: string; readonly removed: boolean }>> {
  const name = secretName("rm", words);
  const named = { ...flags, file: name };
  return inOperation(context, "secret rm", named, async (operation) => {
    const { site, environment, project, header } = operation;
    const before = environment.service.secrets ?? [];
    return underLock(context, operation, named, async () => {
      const { pairs, given } = await during(context.stderr, "reading what is set", () =>
        interruptibly(context, () => secretsThere(operation, flags)),
      );
      const users = [...given].filter(([, keys]) => keys.includes(name)).map(([part]) => part);
      const again = commandWith("secret rm", site.environment, named);
      if (users.length > 0) {
        const provision = commandWith("provision", site.environment, flags);
        const way = before.includes(name)
          ? `take ${name} out of service.secrets of ${project.file}, then have the tasks started without it`
          : "have the tasks started without it";
        throw new AstroError(
          "failed",
          `tasks of ${users.join(" and ")} are given ${name}: without it none could start`,
          [
            { text: way, command: provision },
            { text: "then remove it", command: again },
          ],
        );
      }
      const isThere = Object.hasOwn(pairs, name);
      const text = listingText(
        operation,
        before.filter((one) => one !== name),
      );
      if (!isThere && text === undefined)
        throw new AstroError("usage", `${site.environment} has no secret ${name}`, {
          text: "see those that there are",
          command: commandWith("secret list", site.environment, flags),
        });
      if (!flags.yes)
        await confirm(context, flags, {
          question: `Remove ${name} from ${site.environment} for good?`,
          without: "add --yes to go on without being asked",
          declined: { message: "nothing was removed", hint: { text: "to remove it after all", command: again } },
        });
      const { [name]: _, ...rest } = pairs;
      if (isThere) await put(context, operation, rest);
      await writeListing(operation, text);
      const report = { environment: site.environment, name, removed: isThere };
      return { value: report, render: () => renderSecretRemoved(name, header, context.stdout) };
    });
  });
}

async function put(
  context: Context,
  { target, site }: EnvironmentOperation,
  pairs: { readonly [name: string]: string },
): Promise<void> {
  const bytes = Buffer.byteLength(JSON.stringify(pairs));
  const secret = appSecretName(site);
  if (bytes > SECRET_LIMIT)
    throw new AstroError(
      "usage",
      `all secrets together would have ${bytes} bytes in ${secret}, and Secrets Manager takes ${SECRET_LIMIT}`,
      "keep files elsewhere, in the environment's bucket for one, or remove another secret",
    );
  const app = await target.app();
  await app.putAppSecret(site.region, secret, pairs, versionToken(context));
}

/** The services that read a secret as their tasks start; a scheduled task starts anew each time. */
function servicesOf(given: KeysGiven, name: string): readonly string[] {
  return [...given].flatMap(([part, keys]) => (part !== "schedule" && keys.includes(name) ? [part] : []));
}

/** Offers new tasks, which read the new value, to a person; `--yes` takes the offer. */
async function restarts(
  context: Context,
  operation: EnvironmentOperation,
  flags: SecretOptions,
  services: readonly string[],
): Promise<boolean> {
  const question = `The running tasks keep the old value. Start new ones of ${services.join(" and ")} now?`;
  if (!flags.yes && !(canConfirm(context, flags) && (await isConfirmed(context, question)))) return false;
  for (const service of services) await restart(context, operation, service);
  return true;
}
