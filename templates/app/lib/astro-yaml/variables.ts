// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

/** A value that breaks a rule, as `rules.ts` has it. */
type BrokenVariable = { readonly path: readonly (string | number)[]; readonly message: string };

/** What the app gives every task itself. */
export const OWN_VARIABLES = [
  "DATABASE_HOST",
  "DATABASE_NAME",
  "DATABASE_PASSWORD",
  "DATABASE_PORT",
  "DATABASE_USER",
  "ENVIRONMENT",
  "FORWARDED_ALLOW_IPS",
  "JWT_SECRET",
  "PDFS_BUCKET",
  "PORT",
  "REDIS_HOST",
  "REDIS_PASSWORD",
  "REDIS_PORT",
  "UVICORN_TIMEOUT_KEEP_ALIVE",
];

/** What the app sets too, unless the user sets it: their name is the libraries' and their clients want more than one form. */
export const URL_VARIABLES = ["DATABASE_URL", "REDIS_URL"];

/**
 * What a container's programs are found and loaded by, and what the SDK takes before the task's role (AWS SDKs and Tools
 * Reference Guide, "AWS access keys" and "Container credential provider") or ECS sets (Amazon ECS Developer Guide, "Amazon ECS
 * environment variables").
 */
const RESERVED =
  /^(PATH|LD_PRELOAD|LD_LIBRARY_PATH|AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|PROFILE|EXECUTION_ENV|CONTAINER_\w+)|ECS_CONTAINER_METADATA_URI(_V4)?)$/;

/** Why no variable of the user's may be called so; `undefined` if one may. */
export function wrongWithVariable(name: string): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return "a variable's name is letters, digits and underscores, no digit first";
  if (name.length > 255) return "a variable's name has at most 255 characters";
  if (OWN_VARIABLES.includes(name)) return `${name} is a variable that the app sets itself: choose another name`;
  return RESERVED.test(name)
    ? `${name} decides how the task itself works: another value would stop it, or hide its role`
    : undefined;
}

/** What is wrong with the variables and secrets of a service, together. */
export function wrongWithVariables(
  environment: { readonly [name: string]: string } = {},
  secrets: readonly string[] = [],
): readonly BrokenVariable[] {
  const variables = Object.entries(environment).flatMap(([name, value]) => {
    const path = ["environment", name];
    const message =
      wrongWithVariable(name) ??
      (value.includes("\u0000")
        ? "a variable's value has no character 0"
        : secrets.includes(name)
          ? "it is in secrets as well: a variable has one value"
          : undefined);
    return message === undefined ? [] : [{ path, message }];
  });
  const keys = secrets.flatMap((name, index) => {
    const twice = secrets.indexOf(name) < index ? `${name} is above already` : undefined;
    const message = wrongWithVariable(name) ?? twice;
    return message === undefined ? [] : [{ path: ["secrets", index], message }];
  });
  return [...variables, ...keys];
}
