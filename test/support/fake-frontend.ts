import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { FrontendFile } from "../../src/build/frontend-manifest.ts";
import type { FrontendSite } from "../../src/release/frontend-state.ts";
import type { FrontendCloud } from "../../src/release/port-frontend.ts";

export const FRONTEND_SITE: FrontendSite = {
  region: "eu-central-1",
  kept: { bucket: "astro-bootstrap", key: "environments/shop/dev/frontend/" },
  bucket: "shop-dev-frontend",
  distribution: "E1",
};

type FakeObject = { readonly body: string; readonly etag: string; readonly file?: Partial<FrontendFile> };

/** S3 and CloudFront in memory, with what was asked of them; the call of number `failsAt` and all after it fail, undone. */
export type FakeFrontend = FrontendCloud & {
  readonly objects: Map<string, Map<string, FakeObject>>;
  readonly calls: string[];
  readonly invalidations: (readonly string[])[];
  failsAt: number;
  /** Looks at what is there after each call. */
  afterEach: () => void;
};

export function fakeFrontend(): FakeFrontend {
  const objects: FakeFrontend["objects"] = new Map();
  let copies = 0;
  const bucketOf = (name: string) => {
    const found = objects.get(name) ?? new Map<string, FakeObject>();
    objects.set(name, found);
    return found;
  };
  const did = <T>(name: string, work: () => T): Promise<T> => {
    if (fake.calls.length >= fake.failsAt) return Promise.reject(new Error("killed"));
    fake.calls.push(name);
    const answer = work();
    fake.afterEach();
    return Promise.resolve(answer);
  };
  const fake: FakeFrontend = {
    objects,
    calls: [],
    invalidations: [],
    failsAt: Number.POSITIVE_INFINITY,
    afterEach: () => undefined,
    listObjects: (_, bucket, prefix) =>
      did("list", () =>
        [...bucketOf(bucket)]
          .filter(([key]) => key.startsWith(prefix))
          .map(([key, { etag, body }]) => ({ key, etag, bytes: body.length })),
      ),
    readObject: (_, bucket, key) => did("read", () => bucketOf(bucket).get(key)?.body),
    writeObject: (_, bucket, key, body) =>
      did("write", () => void bucketOf(bucket).set(key, { body, etag: etagOf(body) })),
    sendFile: (_, { bucket, key }, { local }) =>
      did("send", () => {
        const body = readFileSync(local, "utf8");
        bucketOf(bucket).set(key, { body, etag: etagOf(body) });
      }),
    copyObject: (_, from, to, file) =>
      did(`copy ${to.key}`, () => {
        const { body } = bucketOf(from.bucket).get(from.key) ?? {};
        if (body === undefined) throw new Error(`NoSuchKey ${from.key}`);
        // A copy that is encrypted by KMS has an ETag of its own.
        const etag = etagOf(`${body} ${++copies}`);
        bucketOf(to.bucket).set(to.key, { body, etag, file });
        return etag;
      }),
    removeObjects: (_, bucket, keys) => did("remove", () => keys.forEach((key) => void bucketOf(bucket).delete(key))),
    invalidate: (_, __, paths) =>
      did("invalidate", () => {
        fake.invalidations.push(paths);
        return { id: `I${fake.invalidations.length}`, status: "InProgress" as const };
      }),
    invalidation: (_, __, id) => did("invalidation", () => ({ id, status: "Completed" as const })),
  };
  return fake;
}

const etagOf = (text: string) => `"${createHash("md5").update(text).digest("hex")}"`;
