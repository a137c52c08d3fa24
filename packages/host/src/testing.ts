import { systemClock } from './clock.ts';
import type { Log } from './log.ts';
import { createExec } from './node-exec.ts';
import type { Ports } from './ports.ts';

/** A log that remembers, for tests. */
export function recordingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const add = (kind: string) => (text: string) => {
    lines.push(`${kind}: ${text}`);
  };
  return {
    lines,
    debug: add('debug'),
    info: add('info'),
    notice: add('notice'),
    warning: add('warning'),
    mask: () => {},
    progress: () => {},
    group: (title, body) => {
      lines.push(`group: ${title}`);
      return body();
    },
  };
}

/** Real ports for tests: programs run, nothing is installed (`npm pretest` did that). */
export function testPorts(overrides: Partial<Ports> = {}): Ports {
  const signal = overrides.signal ?? new AbortController().signal;
  return {
    exec: createExec({ signal }),
    clock: systemClock,
    log: recordingLog(),
    tools: { ensure: async () => {} },
    fetch: globalThis.fetch,
    signal,
    ...overrides,
  };
}
