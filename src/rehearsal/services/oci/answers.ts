import type { HttpAnswer } from "../../wire/protocol.ts";

/** An error of the OCI Distribution Specification ("Error codes"), which clients show with its message. */
export class RegistryError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** An answer of a registry. */
export function answerOf(
  status: number,
  headers: { readonly [name: string]: string } = {},
  body: Buffer | string = "",
): HttpAnswer {
  return { status, headers: { "docker-distribution-api-version": "registry/2.0", ...headers }, body };
}

/** A refusal as a registry's clients read it. */
export function refusalOf({ status, code, message }: RegistryError): HttpAnswer {
  const body = JSON.stringify({ errors: [{ code, message }] });
  return answerOf(status, { "content-type": "application/json; charset=utf-8" }, body);
}
