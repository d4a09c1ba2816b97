import { Listr, type ListrTask } from "listr2";
import type { Clock } from "../clock.ts";
import { sealed, type Terminal } from "../terminal.ts";
import { canvasOn } from "./canvas.ts";
import { LiveRenderer } from "./live-renderer.ts";
import { type Frame, headerRow, noticeRows, phaseRow, releaseRow, stackRows } from "./live-rows.ts";
import { advance, NOTHING_YET, type PhaseRow, type ReleaseRow, type StackRow } from "./progress.ts";
import { themeOf } from "./theme.ts";
import { type Ticker, wallTicker } from "./ticker.ts";
import type { Header, View } from "./view.ts";

type LiveTask = ListrTask<unknown, typeof LiveRenderer>;

/** Lines of a terminal that does not say how many it has. */
const USUAL_ROWS = 24;

/**
 * The screen of a running plan on a terminal that can redraw: phases, their stacks, and the resource being waited for.
 * Every time on it is `clock`'s. listr2 runs the tree: a task for a phase, a subtask for a stack, each going on as the
 * run's events say.
 */
export function liveView(terminal: Terminal, clock: Clock, header: Header, ticker: Ticker = wallTicker): View {
  let progress = NOTHING_YET;
  let over: Promise<unknown> = Promise.resolve();
  let paused = false;
  const waiting = new Set<() => void>();
  const canvas = canvasOn(terminal);

  const moment = (): Frame => ({ theme: themeOf(terminal), header, progress, now: clock.now().getTime() });

  /** Resolves once `met`, or once the run is over. */
  const until = (met: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!met() && progress.outcome === undefined) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });

  const phaseTask = ({ phase, stacks }: PhaseRow): LiveTask => {
    const rows = () => progress.phases.filter((row) => row.phase === phase);
    const started = () => rows().some((row) => row.since !== undefined);
    return {
      title: phase,
      rendererOptions: { rows: () => rows().map((row) => phaseRow(moment(), row)) },
      task: async (_, task) => {
        await until(started);
        return started() ? task.newListr(stacks.map(stackTask), { concurrent: true, exitOnError: false }) : undefined;
      },
    };
  };

  const stackTask = ({ stack }: StackRow): LiveTask => {
    const rows = () => progress.phases.flatMap((phase) => phase.stacks).filter((row) => row.stack === stack);
    const isOneOf = (...states: readonly StackRow["state"][]) => rows().some((row) => states.includes(row.state));
    return {
      title: stack,
      rendererOptions: { rows: () => rows().flatMap((row) => stackRows(moment(), row)) },
      task: async () => {
        await until(() => isOneOf("done", "failed"));
        if (!isOneOf("done")) throw new Error(stack);
      },
    };
  };

  const releaseTask = ({ step }: ReleaseRow): LiveTask => {
    const all = () => [...(progress.before ?? []), ...(progress.after ?? [])];
    const mine = () => all().filter((one) => one.step === step);
    return {
      title: step,
      rendererOptions: { rows: () => mine().map((one) => releaseRow(moment(), one)) },
      task: async () => {
        await until(() => mine().some(({ state }) => state === "done" || state === "failed"));
        if (!mine().some(({ state }) => state === "done")) throw new Error(step);
      },
    };
  };

  /** Keeps the screen open until the run's result is in: the last stack's end is not yet the last phase's. */
  const result: LiveTask = { rendererOptions: { rows: () => [] }, task: () => until(() => false) };

  const start = (): void => {
    const { before = [], after = [] } = progress;
    const tasks = [...before.map(releaseTask), ...progress.phases.map(phaseTask), ...after.map(releaseTask), result];
    const list = new Listr<unknown, typeof LiveRenderer>(tasks, {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      renderer: LiveRenderer,
      rendererOptions: {
        canvas,
        ticker,
        paused: () => paused,
        header: () => [headerRow(moment()), ...noticeRows(moment())],
        height: () => (terminal.rows ?? USUAL_ROWS) - 1,
      },
    });
    over = list.run();
  };

  const go = (): void => {
    for (const look of [...waiting]) look();
  };

  return {
    emit: (event) => {
      progress = advance(progress, event);
      // A release has begun before its roll-out does.
      const isBegun = event.type === "run.started" && progress.before === undefined;
      if (isBegun || event.type === "release.started") start();
      go();
    },
    pause: () => {
      paused = true;
      canvas.release();
      // A terminal has written ^C where the question comes.
      terminal.write(sealed("\r"));
      return () => {
        paused = false;
      };
    },
    close: async () => {
      // After a run that ended without a result the deployment continues in AWS.
      progress = { ...progress, outcome: progress.outcome ?? "interrupted", until: progress.until ?? moment().now };
      go();
      await over;
    },
  };
}
