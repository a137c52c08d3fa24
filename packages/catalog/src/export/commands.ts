import { versionKey } from '../state/catalog.ts';
import type { VersionRecord } from '../state/record.ts';
import type { State } from '../state/states.ts';

/** What has to be said to a cloud about one version. */
export interface ExportContext {
  readonly record: VersionRecord;
  /** The effective state. */
  readonly state: State;
  readonly successor: VersionRecord | undefined;
  /** Where the catalog's files can be fetched: `https://images.example.org`, without a slash at its end. */
  readonly url: string;
}

export interface CloudExport {
  /** For people: `Google Compute Engine`. */
  readonly title: string;
  /** What the commands need to be set, and why. */
  readonly variables: Readonly<Record<string, string>>;
  /** Lines of a shell script; each is reviewable and can be run again. */
  readonly lines: (context: ExportContext) => readonly string[];
}

export const CLOUDS = ['gce', 'aws', 'azure', 'ibm', 'glance'] as const;
export type Cloud = (typeof CLOUDS)[number];

/** A word for a POSIX shell: nothing in it can be read as anything else. */
export function quote(word: string): string {
  return /^[A-Za-z0-9_./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A name that every cloud takes: lower case, digits and dashes, beginning with a letter, 63 characters. */
export function cloudName({ image, version }: { readonly image: string; readonly version: string }): string {
  const name = `${image}-${version}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${/^[a-z]/.test(name) ? '' : 'image-'}${name}`.slice(0, 63).replace(/-+$/, '');
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
      `# ${versionKey(context.record)}: ${context.state}`,
      ...cloud.lines(context),
    ]),
    '',
  ].join('\n');
}
