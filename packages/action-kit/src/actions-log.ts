import * as core from '@actions/core';
import { type Clock, type Log, neutralise, type Progress } from '@golden-image/host';

/** At most one progress line in this many milliseconds. */
const PROGRESS_EVERY_MS = 5_000;
const MAX_LABELS = 100;

/** The log of a GitHub Actions runner. Everything printed is neutralised, the group titles too. */
export function actionsLog(clock: Clock): Log {
  let depth = 0;
  let nextProgress = 0;
  const started = new Map<string, { readonly at: number; readonly done: number }>();
  return {
    debug: (text) => core.debug(neutralise(text)),
    info: (text) => core.info(neutralise(text)),
    notice: (text) => core.notice(neutralise(text)),
    warning: (text) => core.warning(neutralise(text)),
    mask: (secret) => {
      // The runner masks line by line: a PEM key needs every line of it.
      for (const line of new Set([secret, ...secret.split('\n')].map((part) => part.trim()))) {
        if (line.length >= 4) {
          core.setSecret(line);
        }
      }
    },
    group: async (title, body) => {
      // GitHub does not nest groups: an inner one becomes a heading.
      if (depth > 0) {
        core.info(`── ${neutralise(title)}`);
        return body();
      }
      depth += 1;
      core.startGroup(neutralise(title));
      try {
        return await body();
      } finally {
        core.endGroup();
        depth -= 1;
      }
    },
    progress: (progress) => {
      const now = clock.monotonic();
      const begun = started.get(progress.label);
      if (!begun || progress.done < begun.done) {
        // Several things may go on at once, each with its label; those that are over are forgotten.
        if (started.size >= MAX_LABELS) {
          started.clear();
        }
        started.set(progress.label, { at: now, done: progress.done });
        nextProgress = started.size === 1 ? now + PROGRESS_EVERY_MS : nextProgress;
        return;
      }
      if (now >= nextProgress) {
        nextProgress = now + PROGRESS_EVERY_MS;
        core.info(neutralise(progressLine(progress, progress.done - begun.done, (now - begun.at) / 1000)));
      }
    },
  };
}

/** One line such as `medium.iso: 210 of 680 MB (31 %), 84 MB/s, 6 s left`. */
export function progressLine(progress: Progress, doneSince: number, elapsed: number): string {
  const { label, done, total, unit } = progress;
  const bytes = unit === 'bytes';
  const show = (value: number): string => (bytes ? (value / 1e6).toFixed(0) : String(value));
  const amount = total === undefined ? show(done) : `${show(done)} of ${show(total)}`;
  const share = total ? ` (${Math.floor((100 * done) / total)} %)` : '';
  const rate = elapsed > 0 ? doneSince / elapsed : 0;
  const speed = bytes && rate > 0 ? `, ${(rate / 1e6).toFixed(0)} MB/s` : '';
  const left = total !== undefined && rate > 0 ? `, ${Math.ceil((total - done) / rate)} s left` : '';
  return `${label}: ${amount} ${bytes ? 'MB' : (unit ?? '')}`.trimEnd() + share + speed + left;
}
