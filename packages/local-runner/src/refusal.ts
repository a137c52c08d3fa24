import { UserError } from '@golden-image/host';
import { type Position, showPosition } from './template-walk.ts';

/** Something in a workflow or action that cannot be run here. */
export interface Refusal {
  readonly position: Position;
  readonly message: string;
}

/** Collects what is refused, so that a reader sees all of it at once. */
export class Refusals {
  readonly #all: Refusal[] = [];

  add(position: Position, message: string): void {
    const known = this.#all.some(
      (other) => showPosition(other.position) === showPosition(position) && other.message === message,
    );
    if (!known) {
      this.#all.push({ position, message });
    }
  }

  get count(): number {
    return this.#all.length;
  }

  /** @throws UserError `workflow-refused` with one line for each refusal */
  check(): void {
    if (this.#all.length === 0) {
      return;
    }
    const ordered = this.#all.toSorted(
      (a, b) => a.position.file.localeCompare(b.position.file) || a.position.line - b.position.line,
    );
    const lines = ordered.map(({ position, message }) => `${showPosition(position)}: ${message}`);
    throw new UserError(lines.join('\n'), {
      code: 'workflow-refused',
      fix: 'Nothing was run. Change the lines above, or run the workflow on GitHub.',
    });
  }
}
