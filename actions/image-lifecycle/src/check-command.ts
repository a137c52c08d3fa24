import {
  checkUpdates,
  nextVersion,
  parseSources,
  planCheck,
  readCatalog,
  updateCatalog,
} from '@golden-image/catalog';
import { actorOf, type Command, NO_OUTPUTS, type Outputs } from './command.ts';
import { logName } from './context.ts';
import { catalogKeys, catalogSigner } from './keys.ts';
import { checkSummary } from './summary.ts';

/** `check-updates`: whether the images must be built again. The result goes into the log when it is new. */
export async function checkCommand(command: Command): Promise<Outputs> {
  const { inputs, ports, store, env } = command;
  const name = await logName(inputs, store, env);
  // A dry run signs nothing: who only audits has the public keys and no others.
  const signer = inputs['dry-run'] ? undefined : await catalogSigner(inputs, name, ports.log);
  const log = signer?.log.verifier ?? (await catalogKeys(inputs, name, ports.log)).log;
  const snapshot = await store.snapshot();
  const { catalog, note } = await readCatalog(snapshot, log);
  const lines = (inputs.sources ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const checked = await checkUpdates(
    catalog,
    snapshot,
    {
      image: inputs.image,
      sources: parseSources(lines),
      support: inputs.support,
      maxAge: inputs['max-age'],
      medium: inputs['medium-sha256']?.toLowerCase(),
    },
    ports,
  );
  const actor = await actorOf(command);
  const results = checked.map(({ record, freshness }) => ({
    of: { image: record.image, version: record.version },
    freshness,
  }));
  const plan = (current: typeof catalog) =>
    planCheck(current, results, { actor, run: command.run, now: ports.clock.now() });
  const outcome = signer
    ? await updateCatalog({ store, signer, dryRun: false, plan }, ports)
    : { ...plan(catalog), checkpoint: note ?? '' };
  const needs = checked.map(({ freshness }) => freshness.rebuildNeeded);
  // Nothing to check is not a "no".
  const overall = needs.includes('yes')
    ? 'yes'
    : needs.length === 0 || needs.includes('unknown')
      ? 'unknown'
      : 'no';
  const [only] = checked;
  return {
    outputs: {
      ...NO_OUTPUTS,
      changed: outcome.entries.length > 0,
      'rebuild-needed': overall,
      'next-version':
        only && checked.length === 1 ? nextVersion(catalog, only.record.image, ports.clock.now()) : '',
      reasons: JSON.stringify(
        checked.length === 0
          ? ['no available image to check is in the catalog']
          : checked.flatMap(({ record, freshness }) =>
              freshness.reasons.map((reason) => `${record.image} ${record.version}: ${reason}`),
            ),
      ),
      'log-index': outcome.entries.at(-1)?.seq,
      checkpoint: outcome.checkpoint,
      images: JSON.stringify(
        checked.map(({ record, freshness }) => ({
          image: record.image,
          version: record.version,
          rebuildNeeded: freshness.rebuildNeeded,
          securityUpdates: freshness.securityUpdates,
        })),
      ),
    },
    summary: checkSummary(checked, overall),
  };
}
