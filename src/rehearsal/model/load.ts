import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Model, ServiceModel } from "./model.ts";
import { servicePrefix } from "./model.ts";

/** Reads one service's model; `undefined` if there is no such service. */
type Read = (service: string) => ServiceModel | undefined;

const fileOf = (directory: string, service: string) => join(directory, `${service.replace("::", ".")}.json`);

/** The format's version, raised with every change of it. */
const FORM = 3;

/**
 * The types of AWS's service specification (`@aws-cdk/aws-service-spec`). Loading that takes a second and 180 MB,
 * so it is reduced once and kept beside it in `node_modules/.cache`; where that cannot be written, in memory.
 */
export async function loadModel(): Promise<Model> {
  const specification = createRequire(import.meta.url).resolve("@aws-cdk/aws-service-spec/package.json");
  const { version } = JSON.parse(readFileSync(specification, "utf8")) as { version: string };
  const modules = dirname(dirname(dirname(specification)));
  return modelFrom(await reduced(join(modules, ".cache", "astro", `types-${version}-${FORM}`)));
}

async function reduced(directory: string): Promise<Read> {
  const fromDisk: Read = (service) => {
    const file = fileOf(directory, service);
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as ServiceModel) : undefined;
  };
  if (existsSync(directory)) return fromDisk;
  const [{ loadAwsServiceSpec }, { deriveModel }] = await Promise.all([
    import("@aws-cdk/aws-service-spec"),
    import("./derive.ts"),
  ]);
  const services = deriveModel(await loadAwsServiceSpec());
  return write(directory, services) ? fromDisk : (service) => services.get(service);
}

function write(directory: string, services: ReadonlyMap<string, ServiceModel>): boolean {
  let draft: string | undefined;
  try {
    mkdirSync(dirname(directory), { recursive: true });
    draft = mkdtempSync(`${directory}.`);
    for (const [service, model] of services) writeFileSync(fileOf(draft, service), JSON.stringify(model));
    // Other users may share the packages.
    chmodSync(draft, 0o755);
    renameSync(draft, directory);
    return true;
  } catch {
    // Read-only, or another process was first: the directory shows which.
    if (draft !== undefined) rmSync(draft, { recursive: true, force: true });
    return existsSync(directory);
  }
}

function modelFrom(read: Read): Model {
  const services = new Map<string, ServiceModel | undefined>();
  const service = (type: string) => {
    const name = servicePrefix(type);
    if (!services.has(name)) services.set(name, read(name));
    return services.get(name);
  };
  return {
    type: (name) => service(name)?.types[name],
    structure: (typeName, id) => service(typeName)?.structures[id],
  };
}
