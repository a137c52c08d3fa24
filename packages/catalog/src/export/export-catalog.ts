import { type Catalog, sortedVersions, versionKey } from '../state/catalog.ts';
import { effectiveStates } from '../state/effective.ts';
import { usableSuccessor } from '../state/guards.ts';
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { CLOUDS, type Cloud, type CloudExport, exportScript } from './commands.ts';
import { gce } from './gce.ts';
import { glance } from './glance.ts';
import { ibm } from './ibm.ts';

const EXPORTS: Readonly<Record<Cloud, CloudExport>> = { gce, aws, azure, ibm, glance };

/** One script a cloud, for all versions or those of one image: what makes the cloud say what the catalog says. */
export function exportCatalog(
  catalog: Catalog,
  request: { readonly image: string | undefined; readonly url: string; readonly now: Date },
): Map<string, string> {
  const { states } = effectiveStates(catalog, request.now);
  const contexts = sortedVersions(catalog)
    .filter(({ image }) => request.image === undefined || image === request.image)
    .map((record) => ({
      record,
      state: states.get(versionKey(record)) ?? record.state,
      successor: usableSuccessor(catalog, states, record),
      url: request.url,
    }));
  return new Map(CLOUDS.map((cloud) => [`${cloud}.sh`, exportScript(EXPORTS[cloud], contexts)]));
}
