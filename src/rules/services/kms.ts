import type { Values } from "../../template/evaluate.ts";
import { constrained, constraint, fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asBoolean, asList, asObject, asText, isLike, isOff } from "../values.ts";
import { isWhole, statementsOf } from "./policies.ts";

const KEY = "AWS::KMS::Key";
const ALIAS = "AWS::KMS::Alias";

const ALIASES = "AWS KMS API Reference, CreateAlias";

/** What the keys of each kind are for; the first is the default where there is one (AWS KMS API Reference, CreateKey). */
const USAGES: readonly (readonly [spec: RegExp, usages: readonly string[]])[] = [
  [/^SYMMETRIC_DEFAULT$/, ["ENCRYPT_DECRYPT"]],
  [/^HMAC_/, ["GENERATE_VERIFY_MAC"]],
  [/^RSA_/, ["ENCRYPT_DECRYPT", "SIGN_VERIFY"]],
  [/^ECC_(NIST|SECG)/, ["SIGN_VERIFY", "KEY_AGREEMENT"]],
];

/** Keys and their aliases. */
export const KMS_RULES: readonly Rule[] = [
  {
    id: "key-lockout",
    types: [KEY],
    document: "AWS KMS Developer Guide, Default key policy: reduces the risk of the KMS key becoming unmanageable",
    check: ({ properties: { KeyPolicy, BypassPolicyLockoutSafetyCheck } }) => {
      if (!isWhole(KeyPolicy) || !isOff(BypassPolicyLockoutSafetyCheck)) return undefined;
      const managed = statementsOf(KeyPolicy, "").some(({ statement }) => letsManage(statement));
      const message = "The new key policy will not allow you to update the key policy in the future.";
      return managed ? undefined : { property: "KeyPolicy", message };
    },
  },
  {
    id: "key-window",
    types: [KEY],
    document: "AWS KMS API Reference, ScheduleKeyDeletion (PendingWindowInDays)",
    check: constrained("PendingWindowInDays", 7, 30, "pendingWindowInDays"),
  },
  {
    id: "key-rotation",
    types: [KEY],
    document: "CloudFormation Template Reference, AWS::KMS::Key (EnableKeyRotation)",
    check: ({ properties: { EnableKeyRotation, KeySpec, Origin } }) => {
      const other = (KeySpec !== undefined && asText(KeySpec) !== "SYMMETRIC_DEFAULT") || asText(Origin) === "EXTERNAL";
      const message = "You cannot set the EnableKeyRotation property to true on asymmetric or external keys.";
      const known = KeySpec === undefined || asText(KeySpec) !== undefined;
      return asBoolean(EnableKeyRotation) && other && known
        ? { property: "EnableKeyRotation", value: true, message }
        : undefined;
    },
  },
  {
    id: "key-rotation-days",
    types: [KEY],
    document: "AWS KMS API Reference, EnableKeyRotation (RotationPeriodInDays)",
    check: constrained("RotationPeriodInDays", 90, 2560, "rotationPeriodInDays"),
  },
  {
    id: "key-usage",
    types: [KEY],
    document: "AWS KMS API Reference, CreateKey (KeyUsage)",
    approximate: true,
    check: ({ properties: { KeySpec = "SYMMETRIC_DEFAULT", KeyUsage = "ENCRYPT_DECRYPT" } }) => {
      const [spec, usage] = [asText(KeySpec), asText(KeyUsage)];
      if (spec === undefined || usage === undefined) return undefined;
      const legal = USAGES.find(([form]) => form.test(spec))?.[1];
      if (legal === undefined || legal.includes(usage)) return undefined;
      const message = `KeyUsage ${usage} is not compatible with KeySpec ${spec}`;
      return { property: "KeyUsage", value: usage, message };
    },
  },
  {
    id: "alias-name",
    types: [ALIAS],
    document: `${ALIASES} (AliasName)`,
    check: fits(
      "AliasName",
      /^alias\//,
      () =>
        'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    ),
  },
  {
    id: "alias-name-form",
    types: [ALIAS],
    document: `${ALIASES} (AliasName)`,
    check: fits(
      "AliasName",
      (name) => /^[a-zA-Z0-9:/_-]+$/.test(name) && name.length <= 256,
      (name) =>
        constraint(
          name,
          "aliasName",
          name.length > 256
            ? "have length less than or equal to 256"
            : "satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
        ),
    ),
  },
  {
    id: "alias-name-kept",
    types: [ALIAS],
    document: `${ALIASES} (AliasName)`,
    approximate: true,
    check: fits(
      "AliasName",
      (name) => !name.startsWith("alias/aws/"),
      (name) => `The alias name ${name} is reserved: names that begin with alias/aws/ are for AWS managed keys`,
    ),
  },
];

/** Whether a statement may let an identity of an account change the key's policy. */
function letsManage({ Effect, Principal, NotPrincipal, Action, NotAction }: Values): boolean {
  if ((asText(Effect) ?? "Allow").toLowerCase() !== "allow") return false;
  const someone = NotPrincipal !== undefined || asText(Principal) === "*" || asObject(Principal).AWS !== undefined;
  const may =
    NotAction !== undefined ||
    asList(Action).some((action) => {
      const name = asText(action)?.toLowerCase();
      return name === undefined || isLike("kms:putkeypolicy", name);
    });
  return someone && may;
}
