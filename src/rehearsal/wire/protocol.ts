import type { JsonObject } from "../../template/types.ts";
import type { CallResult, Handler, HttpRequest, Input } from "./call.ts";
import type { ParameterLimits } from "./constraints.ts";
import type { AwsError } from "./error.ts";
import { decodeForm } from "./form.ts";
import { content, element, escapeXml } from "./xml.ts";

/** An HTTP answer. */
export type HttpAnswer = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | Buffer;
  /** Bytes of the body after which the connection breaks; 0: before the answer. */
  readonly cut?: number;
};

/** A service's protocol: reads calls, writes answers and errors. */
export type Protocol = {
  /** The operation's name and parameters. */
  readonly read: (request: HttpRequest) => { readonly operation: string; readonly input: Input };
  readonly answer: (operation: string, result: CallResult, requestId: string) => HttpAnswer;
  readonly refuse: (error: AwsError, requestId: string) => HttpAnswer;
  /** The error code for an unknown operation. */
  readonly unknown: string;
};

export type Service = {
  readonly protocol: Protocol;
  readonly operations: { readonly [name: string]: Handler };
  /** Constraints of its operations' parameters, where they are checked. */
  readonly limits?: { readonly [operation: string]: ParameterLimits };
};

const XML = { "content-type": "text/xml" };

/** The Query protocol: a form in, XML out. */
export function queryProtocol(namespace: string): Protocol {
  return {
    read: readForm,
    answer: (operation, result, requestId) => ({
      status: 200,
      headers: XML,
      body: `<${operation}Response xmlns="${namespace}">${element(`${operation}Result`, result, "member")}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
    }),
    refuse: ({ code, message, status }, requestId) => ({
      status,
      headers: XML,
      body: `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? "Sender" : "Receiver"}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    }),
    unknown: "InvalidAction",
  };
}

/** EC2's variant of it: no result element, lists of `item`, its own error envelope. */
export function ec2Protocol(namespace: string): Protocol {
  return {
    read: readForm,
    answer: (operation, result, requestId) => ({
      status: 200,
      headers: XML,
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<${operation}Response xmlns="${namespace}"><requestId>${requestId}</requestId>${content(result, "item")}</${operation}Response>`,
    }),
    refuse: ({ code, message, status }, requestId) => ({
      status,
      headers: XML,
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`,
    }),
    unknown: "InvalidAction",
  };
}

/** The JSON protocols: the operation is in `x-amz-target`. */
export function jsonProtocol(version: "1.0" | "1.1"): Protocol {
  const headers = { "content-type": `application/x-amz-json-${version}` };
  return {
    read: (request) => {
      const operation = (request.headers["x-amz-target"] ?? "").split(".").at(-1) ?? "";
      const text = request.body.toString("utf8");
      return { operation, input: text === "" ? {} : (JSON.parse(text) as JsonObject) };
    },
    answer: (_, result) => ({ status: 200, headers, body: JSON.stringify(result) }),
    refuse: ({ code, message, status, details }) => ({
      status,
      headers: { ...headers, "x-amzn-errortype": code },
      // Some errors have no message (localstack's test_deletion_policy_with_deletion, recorded 2026-01-23).
      body: JSON.stringify({ __type: code, ...(message !== "" && { message, Message: message }), ...details }),
    }),
    unknown: "UnknownOperationException",
  };
}

function readForm(request: HttpRequest): { readonly operation: string; readonly input: Input } {
  const form = request.method === "GET" ? request.query : new URLSearchParams(request.body.toString("utf8"));
  const { Action, Version: _, ...input } = decodeForm(form);
  return { operation: String(Action ?? ""), input };
}
