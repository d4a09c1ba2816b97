import { Readable } from "node:stream";
import type { DescribeStackEventsCommand } from "@aws-sdk/client-cloudformation";

/**
 * Has the SDK read an answer's events only down to the one that is `known`: of the hundred on a page whoever follows a stack
 * knows all but a few, and to read them takes most of the computing of a run.
 */
export function readDownTo(command: DescribeStackEventsCommand, known: string): void {
  command.middlewareStack.add(
    (next) => async (given) => {
      const answer = await next(given);
      const response = answer.response as { readonly statusCode?: number; body?: unknown };
      if (response.statusCode === 200 && response.body instanceof Readable) {
        response.body = await cutBody(response.body, known);
      }
      return answer;
    },
    { step: "deserialize", priority: "low", name: "readDownTo" },
  );
}

/** One that cannot be read to its end fails where the SDK reads it, as it would have. */
async function cutBody(body: Readable, known: string): Promise<Buffer | Readable> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk as Buffer);
  } catch (error) {
    return new Readable({
      read() {
        this.destroy(error as Error);
      },
    });
  }
  return Buffer.from(cutEvents(Buffer.concat(chunks).toString("utf8"), known));
}

/** The answer without the events behind the known one; the whole, if that is not in it. */
export function cutEvents(xml: string, known: string): string {
  const at = xml.indexOf(`<EventId>${known}</EventId>`);
  const end = xml.indexOf(MEMBER, at) + MEMBER.length;
  const rest = xml.lastIndexOf("</StackEvents>");
  return at < 0 || end > rest ? xml : xml.slice(0, end) + xml.slice(rest);
}

const MEMBER = "</member>";
