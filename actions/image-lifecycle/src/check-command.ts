import { checkUpdates, parseSources, planCheck, readCatalog, updateCatalog } from '@golden-image/catalog';
import { actorOf, type Command, NO_OUTPUTS, type Outputs } from './command.ts';
import { logName } from './context.ts';
import { catalogSigner } from './keys.ts';
import { checkSummary } from './summary.ts';

/** `check-updates`: whether the images must be built again. The result goes into the log when it is new. */
export async function checkCommand(command: Command): Promise<Outputs> {
  const { inputs, ports, store, env } = command;
  const signer = await catalogSigner(inputs, await logName(inputs, store, env), ports.log);
  const snapshot = await store.snapshot();
  const { catalog } = await readCatalog(snapshot, signer);
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
  const outcome = await updateCatalog(
    {
      store,
      signer,
      dryRun: inputs['dry-run'],
      plan: (current) =>
        planCheck(
          current,
          checked.map(({ record, freshness }) => ({
            of: { image: record.image, version: record.version },
            freshness,
          })),
          { actor, run: command.run, now: ports.clock.now() },
        ),
    },
    ports,
  );
  const needs = checked.map(({ freshness }) => freshness.rebuildNeeded);
  // Nothing to check is not a "no".
  const overall = needs.includes('yes')
    ? 'yes'
    : needs.length === 0 || needs.includes('unknown')
      ? 'unknown'
      : 'no';
  return {
    outputs: {
      ...NO_OUTPUTS,
      changed: outcome.entries.length > 0,
      'rebuild-needed': overall,
      reasons: JSON.stringify(
        checked.flatMap(({ record, freshness }) =>
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
