import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildSite, exportCatalog, verifyCatalog } from '@golden-image/catalog';
import { publishAtomically, UserError } from '@golden-image/host';
import { type Command, NO_OUTPUTS, type Outputs } from './command.ts';
import { logName } from './context.ts';
import { catalogKeys } from './keys.ts';
import { exportSummary, siteSummary, verifySummary } from './summary.ts';

/** The catalog, verified: pages and commands are made of nothing else. */
async function verified({ inputs, ports, store, env }: Command) {
  const snapshot = await store.snapshot();
  if (snapshot.revision === undefined) {
    throw new UserError(`There is no catalog in ${store.name}`, {
      code: 'no-catalog',
      fix: 'Publish an image first, or check the input catalog.',
    });
  }
  const keys = await catalogKeys(inputs, await logName(inputs, store, env), ports.log);
  const now = ports.clock.now();
  const result = await verifyCatalog(snapshot, keys, { disks: store.holdsDisks, now });
  return { snapshot, keys, now, result };
}

/** `verify`: replays the audit log and compares the catalog with what it leads to. */
export async function verifyCommand(command: Command): Promise<Outputs> {
  const { result } = await verified(command);
  const { problems, checkpoint } = result;
  return {
    outputs: {
      ...NO_OUTPUTS,
      reasons: JSON.stringify(problems),
      checkpoint,
      'log-index': result.catalog.entries.at(-1)?.seq,
    },
    summary: verifySummary(command.store.name, result),
    ...(problems.length > 0
      ? {
          failure: `The catalog is not what its audit log leads to: ${problems.slice(0, 5).join('; ')}${problems.length > 5 ? `; and ${problems.length - 5} more` : ''}`,
        }
      : {}),
  };
}

/** `site`: the pages of a verified catalog. */
export async function siteCommand(command: Command): Promise<Outputs> {
  const { inputs, ports } = command;
  const { snapshot, keys, now, result } = await verified(command);
  refuseChanged(result.problems);
  const pages = await buildSite({
    catalog: result.catalog,
    checkpoint: result.checkpoint,
    keys,
    snapshot,
    now,
    url: inputs.url,
  });
  const target = path.resolve(inputs.output ?? 'site');
  await writeFolder(target, pages);
  ports.log.info(`Wrote ${pages.size} files to ${target}`);
  return {
    outputs: { ...NO_OUTPUTS, site: target, checkpoint: result.checkpoint },
    summary: siteSummary(result.catalog, pages.size),
  };
}

/** `export`: reviewable commands for clouds. */
export async function exportCommand(command: Command): Promise<Outputs> {
  const { inputs } = command;
  const { result, now } = await verified(command);
  refuseChanged(result.problems);
  const files = exportCatalog(result.catalog, { image: inputs.image, now });
  const target = path.resolve(inputs.output ?? 'export');
  await writeFolder(target, files);
  return {
    outputs: { ...NO_OUTPUTS, site: target, checkpoint: result.checkpoint },
    summary: exportSummary([...files.keys()]),
  };
}

function refuseChanged(problems: readonly string[]): void {
  if (problems.length > 0) {
    throw new UserError(
      `The catalog is not what its audit log leads to: ${problems.slice(0, 3).join('; ')}`,
      {
        code: 'catalog-changed',
        fix: 'Run command: verify to see everything, and bring back the last good state.',
        detail: problems.join('\n'),
      },
    );
  }
}

async function writeFolder(target: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<void> {
  await publishAtomically(target, async (partial) => {
    for (const [name, content] of files) {
      const file = path.join(partial, ...name.split('/'));
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  });
}
