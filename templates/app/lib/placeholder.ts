/** The placeholder until the first real image: a small public one, for both architectures. */
export const PLACEHOLDER_IMAGE = "public.ecr.aws/docker/library/node:24-alpine";

/**
 * Answers every path with 200 and a page that says what to do; so the health check passes wherever it points. Keeps idle
 * connections as long as said.
 */
export function placeholderCommand(port: number, keepAliveSeconds: number): string[] {
  const page =
    "<!doctype html><title>astro</title><body style='font:18px system-ui;max-width:40em;margin:4em auto'>" +
    "<h1>It works.</h1><p>This is a placeholder. <code>astro deploy</code> builds your app and puts it here.</p>";
  const program =
    `require('node:http').createServer({ keepAliveTimeout: ${keepAliveSeconds * 1000} }, (request, answer) => answer` +
    `.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(${JSON.stringify(page)}))` +
    `.listen(${port}, () => console.log('placeholder on port ${port}'))`;
  return ["node", "-e", program];
}
