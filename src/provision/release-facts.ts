/** What a release does, one after the other; `roll-out` is the plan's part of it. */
export type ReleaseStep = "build" | "push" | "migrate" | "roll-out" | "frontend" | "prove";

/** What the repository's scan found: its name, of a CVE for example, and the package that it is in. */
export type Weakness = { readonly name: string; readonly package?: string };

/** Which part of a release is asked for by a URL, and by which way. */
export type AskedPart = "health" | "api" | "page" | "asset";
export type AskedThrough = "load balancer" | "CDN";
