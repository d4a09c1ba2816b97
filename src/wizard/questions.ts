import { minutesSaved } from "./minutes.ts";
import type { Question } from "./question.ts";
import { NETWORK, SERVICE } from "./questions/compute.ts";
import { CACHE, DATABASE } from "./questions/data.ts";
import { DOMAIN_QUESTIONS } from "./questions/domain.ts";
import { BUDGET, SAFETY } from "./questions/safety.ts";

/** Tags of a repository that are listed, the newest ones. */
const MOST_IMAGES = 8;

/** Every value that can be asked for or given as a flag, in the order of the questions. */
export const QUESTIONS: readonly Question[] = [
  ...BUDGET,
  ...NETWORK,
  ...SERVICE,
  {
    path: "service.image",
    flag: "image",
    group: "container",
    kind: "text",
    message: "Image: tag, digest or full name",
    help: [
      "The container image that runs: a tag in the environment's own repository",
      "(v1.2), a digest, or a full name elsewhere. Leave it empty where astro deploy",
      "builds it: until then a placeholder page answers.",
    ].join("\n"),
    hint: () => " (empty: a placeholder)",
    placeholder: "TAG|DIGEST|NAME",
    options: (_, { images = [] }) =>
      images.length === 0
        ? []
        : [
            { value: "", words: "a placeholder, until astro deploy" },
            ...images.slice(0, MOST_IMAGES).map((tag) => ({ value: tag, words: "in the environment's repository" })),
          ],
    others: "another image",
    empty: "service.image",
  },
  {
    path: "service.port",
    flag: "port",
    group: "container",
    kind: "number",
    message: "Port the container listens on",
    help: [
      "The port that the server in the container listens on: uvicorn has 8000,",
      "Node's servers often 3000. The load balancer sends requests there.",
    ].join("\n"),
    placeholder: "PORT",
  },
  {
    path: "service.healthPath",
    flag: "health-path",
    group: "container",
    kind: "text",
    message: "Health check path (answers 200 when healthy)",
    help: [
      "The load balancer asks here whether a task is well. Any answer but 200 and",
      "the task gets no requests, and is replaced. It should not ask the database:",
      "an outage there would take all tasks away too.",
    ].join("\n"),
    placeholder: "PATH",
  },
  ...DATABASE,
  ...CACHE,
  ...DOMAIN_QUESTIONS.beforePrivate,
  {
    path: "loadBalancer.private",
    flag: "private",
    group: "domain",
    kind: "boolean",
    message: "Private load balancer, reachable only through the CDN",
    help: [
      "A load balancer hands requests to the tasks. A private one has no address on",
      "the internet: all comes through CloudFront, AWS's CDN, with its filters, and",
      "the public addresses are not paid for. Nothing can call the API directly then.",
    ].join("\n"),
    options: [
      { value: false, words: "public; its own name with a domain" },
      { value: true, words: "cannot bypass CDN and WAF; no own name, no WebSockets" },
    ],
  },
  ...DOMAIN_QUESTIONS.afterPrivate,
  ...SAFETY,
  {
    path: "account",
    flag: "account",
    group: "account",
    kind: "text",
    message: "The only AWS account allowed",
    help: [
      "Twelve digits that name an AWS account. With it, astro refuses to deploy this",
      "environment with the credentials of another one.",
    ].join("\n"),
    hint: () => " (empty: any)",
    placeholder: "ID",
    empty: "account",
  },
  {
    path: "order",
    flag: "order",
    group: "order",
    kind: "text",
    message: "Deployment order of the stacks",
    help: [
      "How the parts are built on AWS. Both end the same; overlapping is sooner done,",
      "one after the other is easier to follow.",
    ].join("\n"),
    placeholder: "sequence|overlap",
    options: [
      { value: "sequence", words: "phase after phase" },
      {
        value: "overlap",
        words: (environment) => `each once those it needs are deployed: about ${minutesSaved(environment)}m less`,
      },
    ],
  },
];
