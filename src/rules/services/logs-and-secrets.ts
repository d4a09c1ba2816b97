import { constrained, constraint, fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asBoolean, asObject, asText, parsed } from "../values.ts";

const GROUP = "AWS::Logs::LogGroup";
const SECRET = "AWS::SecretsManager::Secret";

const RANDOM = "AWS Secrets Manager API Reference, GetRandomPassword";
const GENERATE = "CloudFormation Template Reference, AWS::SecretsManager::Secret GenerateSecretString";

/** Retention days of a log group (CloudWatch Logs API Reference, PutRetentionPolicy). */
const RETENTION = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
].map(String);

const CLASSES = ["ExcludeLowercase", "ExcludeUppercase", "ExcludeNumbers", "ExcludePunctuation"];

/** Log groups and secrets. */
export const LOG_AND_SECRET_RULES: readonly Rule[] = [
  {
    id: "log-group-days",
    types: [GROUP],
    document: "CloudWatch Logs API Reference, PutRetentionPolicy (retentionInDays)",
    check: fits("RetentionInDays", RETENTION, (days) => `#/RetentionInDays: ${days} is not a valid enum value`),
  },
  {
    id: "log-group-name",
    types: [GROUP],
    document: "CloudWatch Logs API Reference, CreateLogGroup (logGroupName)",
    check: fits("LogGroupName", /^[.\-_/#A-Za-z0-9]{1,512}$/, (name) =>
      constraint(
        name,
        "logGroupName",
        name.length > 512
          ? "have length less than or equal to 512"
          : "satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
      ),
    ),
  },
  {
    id: "log-group-name-kept",
    types: [GROUP],
    document: "CloudWatch Logs API Reference, CreateLogGroup (logGroupName)",
    check: fits(
      "LogGroupName",
      (name) => !/^aws\//i.test(name),
      () => "Log groups starting with AWS/ are reserved for AWS.",
    ),
  },
  {
    id: "secret-name",
    types: [SECRET],
    document: "AWS Secrets Manager API Reference, CreateSecret (Name)",
    check: fits(
      "Name",
      /^[A-Za-z0-9/_+=.@!-]{1,512}$/,
      () => "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
    ),
  },
  {
    id: "secret-length",
    types: [SECRET],
    document: `${RANDOM} (PasswordLength)`,
    check: constrained("GenerateSecretString.PasswordLength", 1, 4096, "passwordLength"),
  },
  {
    id: "secret-template",
    types: [SECRET],
    document: `${GENERATE} (SecretStringTemplate, GenerateStringKey)`,
    approximate: true,
    check: ({ properties: { GenerateSecretString } }) => {
      const { SecretStringTemplate, GenerateStringKey } = asObject(GenerateSecretString);
      if ((SecretStringTemplate === undefined) === (GenerateStringKey === undefined)) return undefined;
      const missing = SecretStringTemplate === undefined ? "SecretStringTemplate" : "GenerateStringKey";
      const message = "You must specify both SecretStringTemplate and GenerateStringKey, or neither.";
      return { property: `GenerateSecretString/${missing}`, message };
    },
  },
  {
    id: "secret-template-json",
    types: [SECRET],
    document: `${GENERATE} (SecretStringTemplate)`,
    approximate: true,
    check: fits(
      "GenerateSecretString.SecretStringTemplate",
      (template) => {
        const value = parsed(template);
        return value !== undefined && !Array.isArray(value);
      },
      () => "Could not parse SecretStringTemplate JSON.",
    ),
  },
  {
    id: "secret-source",
    types: [SECRET],
    document: "CloudFormation Template Reference, AWS::SecretsManager::Secret (SecretString, GenerateSecretString)",
    approximate: true,
    check: ({ properties: { SecretString, GenerateSecretString } }) =>
      SecretString !== undefined && GenerateSecretString !== undefined
        ? { property: "SecretString", message: "You can't specify both SecretString and GenerateSecretString." }
        : undefined,
  },
  {
    id: "secret-characters",
    types: [SECRET],
    document: RANDOM,
    approximate: true,
    check: ({ properties: { GenerateSecretString } }) => {
      const wanted = asObject(GenerateSecretString);
      const none = CLASSES.every((name) => asBoolean(wanted[name])) && asBoolean(wanted.IncludeSpace) !== true;
      const message = "The password can't be generated: every type of character is excluded.";
      return none ? { property: "GenerateSecretString", message } : undefined;
    },
  },
  {
    id: "secret-description",
    types: [SECRET],
    document: "AWS Secrets Manager API Reference, CreateSecret (Description)",
    check: fits(
      "Description",
      (words) => words.length <= 2048,
      (words) => constraint(asText(words), "description", "have length less than or equal to 2048"),
    ),
  },
];
