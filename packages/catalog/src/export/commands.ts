import { versionKey } from '../state/catalog.ts';
import type { VersionRecord } from '../state/record.ts';
import type { State } from '../state/states.ts';

/** What has to be said to a cloud about one version. */
export interface ExportContext {
  readonly record: VersionRecord;
  /** What it is called there. */
  readonly name: string;
  /** The effective state; drafts are brought to no cloud. */
  readonly state: Exclude<State, 'draft'>;
  readonly successor: { readonly record: VersionRecord; readonly name: string } | undefined;
}

export interface CloudExport {
  /** For people: `Google Compute Engine`. */
  readonly title: string;
  /** What the commands need to be set, and why. */
  readonly variables: Readonly<Record<string, string>>;
  /**
   * Lines of a shell script; each is reviewable, and running them again changes nothing more. What nobody may use any
   * more is not brought there: it is retired where it is.
   */
  readonly lines: (context: ExportContext) => readonly string[];
}

export const CLOUDS = ['gce', 'aws', 'azure', 'ibm', 'glance'] as const;
export type Cloud = (typeof CLOUDS)[number];

/** Whether a version may be used, so that it is brought to a cloud that does not have it. */
export function isOffered(state: State): boolean {
  return state === 'available' || state === 'deprecated';
}

/** A word for a POSIX shell: nothing in it can be read as anything else. */
export function quote(word: string): string {
  return /^[A-Za-z0-9_./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A line that a shell does not read. */
export function comment(text: string): string {
  return `# ${text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')}`;
}

/** The script for one cloud: a head that explains, then the commands of each version. */
export function exportScript(cloud: CloudExport, contexts: readonly ExportContext[]): string {
  const variables = Object.entries(cloud.variables);
  return [
    '#!/bin/sh',
    `# ${cloud.title}: what makes it say of these images what the catalog says.`,
    '# Written by image-lifecycle for review; nothing of it was run.',
    ...(variables.length > 0 ? ['#', '# Set before:'] : []),
    ...variables.map(([name, what]) => `#   ${name}: ${what}`),
    'set -eu',
    ...variables.map(([name]) => `: "\${${name}:?}"`),
    ...contexts.flatMap((context) => [
      '',
      comment(`${versionKey(context.record)}: ${context.state}`),
      ...cloud.lines(context),
    ]),
    '',
  ].join('\n');
}
