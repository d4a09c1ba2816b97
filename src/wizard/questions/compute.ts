import { FARGATE_CPUS, memoriesOf } from "../../config/sizes.ts";
import type { Question } from "../question.ts";

/** Network, and what runs in it. */
export const NETWORK: readonly Question[] = [
  {
    path: "network.azs",
    flag: "azs",
    group: "network",
    kind: "number",
    message: "Availability zones",
    help: [
      "An availability zone is one or more data centres of a region, with power",
      "and network of their own. Now and then one of them fails.",
      "What runs in one zone stops with it; in two, the other one goes on.",
    ].join("\n"),
    placeholder: "1-3",
    options: [
      { value: 1, words: "a zone's outage stops it" },
      { value: 2, words: "tasks go on in the other zone" },
      { value: 3, words: "the same, with two thirds of the capacity left" },
    ],
  },
  {
    path: "network.nat",
    flag: "nat",
    group: "network",
    kind: "text",
    message: "NAT gateways (internet access of the tasks)",
    help: [
      "Tasks have no address of their own on the internet. A NAT gateway lets",
      "them call out (payment, e-mail, another registry), and nobody in.",
      "It costs by the hour and by the GB. Without one, tasks reach AWS alone,",
      "through VPC endpoints, which cost by the hour too, five in each zone.",
    ].join("\n"),
    placeholder: "none|one|per-az",
    options: [
      { value: "none", words: "tasks reach AWS only, nothing else" },
      { value: "one", words: "its zone's outage cuts all tasks off" },
      { value: "per-az", words: "no zone needs another one" },
    ],
  },
];

/** Sizes of a task's memory, in MB for a CPU unit, that suit most apps. */
const TYPICAL_RATIOS = [2, 3, 4, 6, 8];

/** API and worker. */
export const SERVICE: readonly Question[] = [
  {
    path: "service.spot",
    flag: "spot",
    group: "service",
    kind: "boolean",
    message: "Run on Spot capacity",
    help: [
      "A task is one running copy of your container, on Fargate: there are no",
      "servers to look after. Spot is capacity that AWS has left over: cheap,",
      "but AWS may take it back with two minutes' notice. The task starts again",
      "elsewhere as soon as there is room.",
    ].join("\n"),
    options: [
      { value: true, words: "about 70 % cheaper; AWS may stop tasks" },
      { value: false, words: "never interrupted" },
    ],
  },
  {
    path: "service.onDemandBase",
    flag: "on-demand",
    group: "service",
    kind: "number",
    message: "Tasks that never run on Spot",
    help: [
      "So many tasks run at the full price, where AWS takes nothing back; only",
      "those beyond them are on Spot. With one, something always answers.",
    ].join("\n"),
    placeholder: "N",
    others: "another number",
    options: ({ service }) =>
      [
        { value: 0, words: "AWS may stop all tasks at the same time" },
        { value: 1, words: "one always goes on" },
        { value: 2, words: "two always go on" },
      ].filter(({ value }) => value <= service.tasks),
    when: ({ service }) => service.spot,
  },
  {
    path: "service.cpu",
    flag: "cpu",
    group: "service",
    kind: "number",
    message: "CPU units of a task (1024 are one vCPU)",
    help: [
      "A vCPU is one thread of a processor. A quarter is enough for an API that",
      "mostly waits for its database; more where it computes itself.",
      "It can be changed at any time: new tasks replace the old ones.",
    ].join("\n"),
    placeholder: "256|512|...|16384",
    options: ({ service: { memory } }) =>
      FARGATE_CPUS.map((value) => {
        const [least = memory] = memoriesOf(value);
        return { value, words: `${value / 1024} vCPU${least > memory ? `, with ${least} MB of memory` : ""}` };
      }),
  },
  {
    path: "service.memory",
    flag: "memory",
    group: "service",
    kind: "number",
    message: "Memory of a task in MB",
    hint: ({ service }) => {
      const memories = memoriesOf(service.cpu);
      return `, ${memories[0]} to ${memories.at(-1)}`;
    },
    help: [
      "A task that needs more than it has is ended and starts anew. Fargate has",
      "certain sizes for each CPU size; each worker process of the server takes",
      "its own share.",
    ].join("\n"),
    placeholder: "MB",
    others: "another size",
    options: ({ service: { cpu } }) => {
      const memories = memoriesOf(cpu);
      const ends = [memories[0], memories.at(-1)];
      return memories
        .filter((memory) => ends.includes(memory) || TYPICAL_RATIOS.includes(memory / cpu))
        .map((value) => ({ value, words: `${value / 1024} GB${value === ends[0] ? ", the least for this CPU" : ""}` }));
    },
  },
  {
    path: "service.tasks",
    flag: "tasks",
    group: "service",
    kind: "number",
    message: "Number of tasks",
    help: [
      "How many copies of the container run all the time, behind the load",
      "balancer. Where one fails, the others answer until it is replaced.",
    ].join("\n"),
    placeholder: "N",
    others: "another number",
    options: [
      { value: 1, words: "a crash stops it until the task is replaced" },
      { value: 2, words: "one answers while the other is replaced" },
      { value: 3, words: "two answer while the third is replaced" },
      { value: 4, words: "for more requests at the same time" },
      { value: 6, words: "for more still" },
    ],
  },
  {
    path: "service.maxTasks",
    flag: "max-tasks",
    group: "service",
    kind: "number",
    message: "Scale out to at most this many tasks",
    help: [
      "Scaling starts more tasks while CPU or requests are high, and stops them",
      "again. What is shown is the price without any load; each further task",
      "costs as much as the others, for as long as it runs.",
    ].join("\n"),
    placeholder: "N",
    empty: "service.maxTasks",
    others: "another number",
    options: ({ service: { tasks } }) => [
      { value: "", words: "no scaling: always the same number" },
      { value: tasks * 2, words: "twice as many under load" },
      { value: tasks * 3, words: "three times as many under load" },
      { value: tasks * 5, words: "five times as many under load" },
    ],
  },
  {
    path: "service.architecture",
    flag: "architecture",
    group: "service",
    kind: "text",
    message: "Processor that the image is built for",
    help: [
      "x86_64 is Intel and AMD; arm64 is Graviton, AWS's own processor, and",
      "Apple's. The image must be built for the one that is chosen: astro deploy",
      "does so, on a machine of the other kind more slowly.",
    ].join("\n"),
    placeholder: "x86_64|arm64",
    options: [
      { value: "x86_64", words: "Intel and AMD, what most images are for" },
      { value: "arm64", words: "Graviton; the image must be for arm64" },
    ],
  },
  {
    path: "worker.command",
    flag: "worker",
    group: "service",
    kind: "words",
    message: "A worker beside the API: its command",
    hint: () => " (empty: none)",
    help: [
      "A worker takes jobs from a queue in Redis (Celery, RQ, arq), so that no",
      "request waits for them. It is the same image with another command, in",
      "tasks of its own.",
    ].join("\n"),
    placeholder: "COMMAND",
    empty: "worker",
    others: "another command",
    options: [
      { value: [], words: "no worker" },
      { value: ["celery", "-A", "app", "worker"], words: "a second service of the same image" },
    ],
  },
  {
    path: "worker.tasks",
    flag: "worker-tasks",
    group: "service",
    kind: "number",
    message: "Number of the worker's tasks",
    help: "How many copies of the worker run. Jobs wait in the queue meanwhile, so one\nis enough for most.",
    placeholder: "N",
    others: "another number",
    options: [
      { value: 1, words: "jobs wait while it is replaced" },
      { value: 2, words: "one goes on while the other is replaced" },
      { value: 4, words: "four jobs at the same time, or more" },
    ],
    when: ({ worker }) => worker !== undefined,
  },
];
