import { type Billed, type CostFinding, line, list, MONTH, number, text, unpriced, values } from "../finding.ts";

/**
 * A Lambda function: requests, GB-seconds by architecture, ephemeral storage over the 512 MB that are free (AWS Lambda
 * pricing). Its memory is the template's, 128 MB without one.
 */
export function* lambdaFunction(it: Billed): Iterable<CostFinding> {
  const { EphemeralStorage, MemorySize } = it.properties();
  const architecture = architectureOf(it);
  const gb = gigabytes(it);
  const requests = it.usage.get("requests");
  yield line("Other", "function requests", "lambda.request", requests);
  const outright = it.usage.given("gbSeconds");
  if (outright === undefined && gb === undefined) {
    if (requests > 0) yield unpriced(`its memory, ${text(MemorySize) ?? "a parameter"}, is not in the templates`);
    return;
  }
  const gbSeconds = outright ?? ((requests * it.usage.get("durationMs")) / 1000) * (gb ?? 0);
  yield line("Other", `function, ${architecture}`, `lambda.${architecture}.gb_second`, gbSeconds);
  const extra = Math.max(0, (number(values(EphemeralStorage).Size) ?? FREE_MB) - FREE_MB) / 1024;
  const seconds = gb === undefined ? 0 : gbSeconds / gb;
  yield line("Other", "function storage over 512 MB", "lambda.ephemeral_storage.gb_second", extra * seconds);
}

const FREE_MB = 512;

/** Concurrency that a version or an alias keeps warm, all month; free without (AWS Lambda pricing, "Provisioned Concurrency"). */
export function* provisionedConcurrency(it: Billed): Iterable<CostFinding> {
  const { FunctionName, ProvisionedConcurrencyConfig } = it.properties();
  if (ProvisionedConcurrencyConfig === undefined) return;
  const warm = number(values(ProvisionedConcurrencyConfig).ProvisionedConcurrentExecutions);
  const owner = it.find(FunctionName);
  const gb = owner && gigabytes({ ...it, ...owner });
  if (owner === undefined || warm === undefined || gb === undefined) {
    yield unpriced("how much it keeps warm is not in the templates");
    return;
  }
  const key = `lambda.provisioned.${architectureOf({ ...it, ...owner })}.gb_second`;
  yield line("Other", `provisioned concurrency of ${warm}`, key, warm * gb * MONTH * 3600);
}

function architectureOf(it: Pick<Billed, "properties">): "x86" | "arm64" {
  return (list(it.properties().Architectures) ?? []).includes("arm64") ? "arm64" : "x86";
}

function gigabytes(it: Pick<Billed, "properties">): number | undefined {
  const { MemorySize } = it.properties();
  const mb = MemorySize === undefined ? 128 : number(MemorySize);
  return mb === undefined ? undefined : mb / 1024;
}
