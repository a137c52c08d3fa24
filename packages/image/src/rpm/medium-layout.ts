import type { Definition } from '../definition/schema.ts';
import { machineOf } from './distributions.ts';

/** How a medium describes itself. */
export interface MediumLayout {
  readonly family: string | undefined;
  readonly version: string | undefined;
  readonly machine: string | undefined;
  /** Folders with `repodata`; '' is the top. */
  readonly folders: readonly string[];
}

/** A folder on the medium: plain names, never upwards. */
const FOLDER = /^(?:[A-Za-z0-9][A-Za-z0-9._-]*)(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/** `.treeinfo`: sections of names and values. Source: productmd's documentation, treeinfo 1.2. */
export function parseTreeinfo(text: string): MediumLayout {
  const values = new Map<string, string>();
  let section = '';
  for (const line of text.split('\n')) {
    const heading = /^\[([^\]]+)\]\s*$/.exec(line)?.[1];
    section = heading ?? section;
    const [, name, value] = /^([A-Za-z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (heading === undefined && name !== undefined && value !== undefined) {
      values.set(`${section} ${name}`, value);
    }
  }
  const first = (...names: readonly string[]) =>
    names.map((name) => values.get(name)).find((value) => value !== undefined && value !== '');
  const variants = (first('tree variants', 'general variants', 'general variant') ?? '').split(/\s*,\s*/);
  const folders = variants
    .map((variant) => values.get(`variant-${variant} repository`))
    .filter((folder): folder is string => folder !== undefined)
    .map((folder) => (folder === '.' ? '' : folder.replace(/\/$/, '')))
    .filter((folder) => folder === '' || FOLDER.test(folder));
  return {
    family: first('release name', 'product name', 'general family'),
    version: first('release version', 'product version', 'general version'),
    machine: first('tree arch', 'general arch'),
    folders: [...new Set(folders)],
  };
}

/** SUSE's `media.1/products`: a line for each product, `/Module-Basesystem SLE-Module-Basesystem 15.7-0`. */
export function parseProducts(text: string): readonly string[] {
  const folders = text
    .split('\n')
    .map((line) => line.split(/\s+/)[0] ?? '')
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => folder.slice(1).replace(/\/$/, ''))
    .filter((folder) => folder === '' || FOLDER.test(folder));
  return [...new Set(folders)];
}

/** Both names of an architecture, for messages. */
export function architectureOf(definition: Pick<Definition, 'architecture'>): string {
  return `${definition.architecture} (${machineOf(definition)})`;
}
