import { Listr, ListrEventType, type ListrTask } from "listr2";
import type { Clock } from "../clock.ts";
import type { Event } from "../provision/event.ts";
import type { Terminal } from "../terminal.ts";
import { canvasOn } from "./canvas.ts";
import { LiveRenderer } from "./live-renderer.ts";
import { headerRow, type Moment, phaseRow, stackRows } from "./live-rows.ts";
import { advance, NOTHING_YET, type PhaseRow, type StackRow } from "./progress.ts";
import { themeOf } from "./theme.ts";
import { type Ticker, wallTicker } from "./ticker.ts";
import type { Header, View } from "./view.ts";

type LiveTask = ListrTask<unknown, typeof LiveRenderer>;

/** How something in the tree went on; `open` if the run was over first. */
type Passing = "on" | "failed" | "open";
type Gate = { readonly passed: Promise<Passing>; readonly pass: (how: Passing) => void };

/** Lines of a terminal that does not say how many it has. */
const USUAL_ROWS = 24;

/**
 * The screen of a running plan on a terminal that can redraw: phases, their stacks, and the resource being waited for.
 * Every time on it is `clock`'s. listr2 runs the tree: a task for a phase, a subtask for a stack, each going on as the
 * run's events say.
 */
export function liveView(terminal: Terminal, clock: Clock, header: Header, ticker: Ticker = wallTicker): View {
  let progress = NOTHING_YET;
  let list: Listr<unknown, typeof LiveRenderer> | undefined;
  let over: Promise<unknown> = Promise.resolve();
  const gates = new Map<string, Gate>();

  const moment = (): Moment => ({ theme: themeOf(terminal), header, progress, now: clock.now().getTime() });
  const gateOf = (name: string): Gate => {
    const gate = gates.get(name) ?? newGate();
    gates.set(name, gate);
    return gate;
  };

  const phaseTask = ({ phase, stacks }: PhaseRow): LiveTask => ({
    title: phase,
    rendererOptions: {
      rows: () => progress.phases.filter((row) => row.phase === phase).map((row) => phaseRow(moment(), row)),
    },
    task: async (_, task) => {
      if ((await gateOf(phase).passed) === "open") return undefined;
      return task.newListr(stacks.map(stackTask), { concurrent: true, exitOnError: false });
    },
  });

  const stackTask = ({ stack }: StackRow): LiveTask => ({
    title: stack,
    rendererOptions: {
      rows: () =>
        progress.phases
          .flatMap((phase) => phase.stacks)
          .filter((row) => row.stack === stack)
          .flatMap((row) => stackRows(moment(), row)),
    },
    task: async () => {
      const how = await gateOf(stack).passed;
      if (how !== "on") throw new Error(`${stack}: ${how}`);
    },
  });

  const start = (): void => {
    list = new Listr<unknown, typeof LiveRenderer>(progress.phases.map(phaseTask), {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      renderer: LiveRenderer,
      rendererOptions: {
        canvas: canvasOn(terminal),
        ticker,
        header: () => headerRow(moment()),
        height: () => (terminal.rows ?? USUAL_ROWS) - 1,
      },
    });
    over = list.run();
  };

  return {
    emit: (event) => {
      progress = advance(progress, event);
      if (event.type === "run.started") start();
      const passing = passingOf(event);
      if (passing) gateOf(passing[0]).pass(passing[1]);
      // A task that only waits tells listr2 nothing; the row has changed all the same.
      list?.events.emit(ListrEventType.SHOULD_REFRESH_RENDER);
    },
    close: async () => {
      for (const { stack, phase } of everyRow(progress.phases)) gateOf(stack ?? phase).pass("open");
      await over;
    },
  };
}

function passingOf(event: Event): readonly [name: string, how: Passing] | undefined {
  if (event.type === "phase.started") return [event.phase, "on"];
  if (event.type === "stack.done") return [event.stack, "on"];
  if (event.type === "stack.failed") return [event.stack, "failed"];
  return undefined;
}
