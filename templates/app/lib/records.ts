/**
 * A record that leads a host name to one of AWS, as a person adds it to the DNS of a domain. The domain itself cannot have a
 * CNAME (RFC 1034, 3.6.2): what leads on from it is called ALIAS by most providers, ANAME or CNAME flattening by others.
 */
export function recordTo(name: string, domain: string, target: string): string {
  return `${name} ${name === domain ? "ALIAS" : "CNAME"} ${target}`;
}
