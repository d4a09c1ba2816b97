import { AstroError } from "../errors.ts";

/** Why a registry does not take an image, as a builder tells it. */
export type PushTrouble =
  | { readonly kind: "denied"; readonly action?: string }
  | { readonly kind: "expired" | "immutable" | "broken" };

/** What a push asks of Amazon ECR (User Guide, "IAM permissions for pushing an image to an Amazon ECR private repository"). */
const PUSHING =
  "ecr:BatchCheckLayerAvailability, ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:PutImage";

const ON = "then run the same command: layers that arrived are not sent again";

/** Words of registries and of those who speak to them, the surest first. */
const TROUBLES: readonly (readonly [RegExp, Exclude<PushTrouble["kind"], "denied">])[] = [
  [/authorization token has expired|token (is |has )?expired/i, "expired"],
  [/tag is immutable|cannot be overwritten because the (repository|tag) is immutable/i, "immutable"],
];

const DENIED = /\bdenied\b|unauthorized|403 Forbidden|401 Unauthorized|no basic auth credentials/i;

const BROKEN =
  /connection (was )?(refused|reset)|broken pipe|unexpected EOF|\bEOF\b|i\/o timeout|TLS handshake timeout|no such host|server misbehaving|50[0-4] (Internal|Bad|Service|Gateway)|client connection lost/i;

/** What the last lines of a builder that failed say of the registry; undefined where it is nothing of that kind. */
export function troubleIn(lines: readonly string[]): PushTrouble | undefined {
  const text = lines.join("\n");
  const known = TROUBLES.find(([pattern]) => pattern.test(text));
  if (known) return { kind: known[1] };
  const action = /not authorized to perform:? (ecr:\w+)/.exec(text)?.[1];
  if (action !== undefined) return { kind: "denied", action };
  if (DENIED.test(text)) return { kind: "denied" };
  return BROKEN.test(text) ? { kind: "broken" } : undefined;
}

/** Whether what failed of a build was a push: of the image, or of a layer's cache (words of BuildKit, and of Buildah). */
export function isOfPush(lines: readonly string[]): boolean {
  return lines.some((line) => /\bfailed (to push|pushing)\b|\bpushing (layers|manifest)\b.*\bERROR\b/i.test(line));
}

/** A build that failed, with the last that its builder said. */
export function buildFailed(builder: string, exitCode: number, lines: readonly string[]): AstroError {
  return new AstroError(
    "failed",
    [`the image could not be built: ${builder} ended with exit code ${exitCode}`, ...quoted(lines)].join("\n"),
    "mend what the last lines name, in the Dockerfile or what it copies; nothing was pushed or deployed",
  );
}

/** A login that the registry or the builder refused. */
export function loginFailed(address: string, lines: readonly string[]): AstroError {
  const broken = troubleIn(lines)?.kind === "broken";
  return new AstroError(
    broken ? "unreachable" : "failed",
    [`the builder could not sign in to ${address}`, ...quoted(lines)].join("\n"),
    broken
      ? `check the network and the builder's way out (HTTPS_PROXY), ${ON}`
      : "see that the builder runs and is up to date, or choose another one with --builder",
  );
}

/** A push that did not arrive whole. The image before goes on running. */
export function pushFailed(repository: string, trouble: PushTrouble | undefined, lines: readonly string[]): AstroError {
  const because = quoted(lines).slice(-3);
  if (trouble?.kind === "denied") {
    const { action } = trouble;
    return new AstroError(
      "denied",
      [`pushing to the repository ${repository} is not allowed`, ...because].join("\n"),
      `ask for ${action ?? PUSHING} on it (astro iam-policy prints the whole policy), ${ON}`,
      undefined,
      { call: action ?? "ecr:PutImage", words: lines.at(-1) ?? "denied" },
    );
  }
  if (trouble?.kind === "expired") {
    const words = `the token for ${repository} expired, and so did the one after it`;
    return new AstroError("credentials", words, `set the clock (NTP) and sign in again (aws sso login), ${ON}`);
  }
  if (trouble?.kind === "immutable") {
    const words = `the repository ${repository} has another image under this tag by now, and keeps its tags as they are`;
    return new AstroError(
      "conflict",
      words,
      "see who else deploys (astro status), then run the same command: it takes the image that is there",
    );
  }
  return new AstroError(
    trouble?.kind === "broken" ? "unreachable" : "failed",
    [`the push to ${repository} broke off`, ...because].join("\n"),
    `check the network and the builder's way out (HTTPS_PROXY), ${ON}`,
  );
}

function quoted(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
