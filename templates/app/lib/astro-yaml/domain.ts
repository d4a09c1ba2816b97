// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

/** The last label: letters, or another script's in the letters of the DNS (RFC 5890, "A-label"; IANA, "Root Zone Database"). */
const TOP = "(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])";

/** A domain as the DNS and AWS spell it. */
export const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+${TOP}$`);

/** Letters and digits of any script between dots, with an optional dot at the end for the root. */
const WRITTEN = /^[\p{L}\p{M}\p{N}-]+(?:[.。][\p{L}\p{M}\p{N}-]+)+[.。]?$/u;

/** What a browser's address has around the domain: the scheme before, and port, path, query and fragment behind. */
const AROUND = /^https?:\/\/|(?::\d*)?(?:[/?#][\s\S]*)?$/gi;

/**
 * A domain as a person writes or copies it (`münchen.de`, `Example.com.`, `https://Shop.Example.com:443/cart`) in the letters
 * of the DNS (WHATWG URL, "domain to ASCII"); undefined for anything else.
 */
export function domainOf(written: string): string | undefined {
  const words = written.trim().replaceAll(AROUND, "");
  if (!WRITTEN.test(words) || !URL.canParse(`https://${words}`)) return undefined;
  const name = new URL(`https://${words}`).hostname.replace(/\.$/, "");
  return DOMAIN.test(name) ? name : undefined;
}
