import type { ListrRenderer, ListrTaskObject } from "listr2";
import type { Canvas } from "./canvas.ts";
import { fitted, type Row } from "./live-rows.ts";
import type { Ticker } from "./ticker.ts";

type Options = {
  readonly canvas: Canvas;
  readonly ticker: Ticker;
  /** While true a question has the screen. */
  readonly paused: () => boolean;
  readonly header: () => readonly Row[];
  /** Lines there are to draw on. */
  readonly height: () => number;
};

/** What a task of the run looks like at this moment. */
export type TaskOptions = { readonly rows: () => readonly Row[] };

type RunTask = ListrTaskObject<unknown, typeof LiveRenderer>;

/** Ten a second look smooth at any rehearsal's speed, and cost next to nothing however many events a second there are. */
const REDRAW_MILLISECONDS = 100;

/**
 * listr2's tree of tasks, one line each: a task that is done hides its subtasks, one under way or failed shows them.
 * listr2's own renderer reads the wall clock, keeps failed siblings open and wraps; this screen must do neither.
 */
export class LiveRenderer implements ListrRenderer {
  static readonly nonTTY = true;
  static readonly rendererOptions: Options;
  static readonly rendererTaskOptions: TaskOptions;

  readonly #tasks: readonly RunTask[];
  readonly #options: Options;
  #stop = () => {};

  constructor(tasks: RunTask[], options: Options) {
    this.#tasks = tasks;
    this.#options = options;
  }

  render(): void {
    this.#stop = this.#options.ticker(REDRAW_MILLISECONDS, () => this.#draw());
    this.#draw();
  }

  end(): void {
    this.#stop();
    this.#draw();
    this.#options.canvas.release();
  }

  #draw(): void {
    if (this.#options.paused()) return;
    const rows = [...this.#options.header(), ...this.#tasks.flatMap(rowsOf)];
    this.#options.canvas.draw(fitted(rows, this.#options.height()));
  }
}

function rowsOf(task: RunTask): readonly Row[] {
  const rows = (task.rendererTaskOptions as TaskOptions).rows();
  const subtasks = task.subtasks ?? [];
  const settled = task.isCompleted() && !subtasks.some((subtask) => subtask.hasFailed());
  return settled ? rows : [...rows, ...subtasks.flatMap(rowsOf)];
}
