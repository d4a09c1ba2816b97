import type { Rehearsal } from "../../src/rehearsal/rehearsal.ts";

type Lab = { readonly rehearsal: Pick<Rehearsal, "endpoint"> };

async function call({ rehearsal: { endpoint } }: Lab, operation: string, input: object) {
  const scope = "x/20260301/eu-west-1/ssm/aws4_request";
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      "x-amz-target": `AmazonSSM.${operation}`,
      "content-type": "application/x-amz-json-1.1",
    },
    body: JSON.stringify(input),
  });
  return (await answer.json()) as { readonly Parameter?: { readonly Value?: string } };
}

/** Writes a value into Parameter Store, over whatever is there, as somebody does by hand. */
export async function putByHand(lab: Lab, Name: string, Value: string): Promise<void> {
  await call(lab, "PutParameter", { Name, Value, Type: "String", Overwrite: true });
}

/** What stands in Parameter Store under a name. */
export async function storedUnder(lab: Lab, Name: string): Promise<string | undefined> {
  return (await call(lab, "GetParameter", { Name })).Parameter?.Value;
}
