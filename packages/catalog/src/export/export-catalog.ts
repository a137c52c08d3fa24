import { type Catalog, sortedVersions, versionKey } from '../state/catalog.ts';
import { effectiveStates } from '../state/effective.ts';
import { usableSuccessor } from '../state/guards.ts';
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { cloudName, cloudNames } from './cloud-names.ts';
import { CLOUDS, type Cloud, type CloudExport, type ExportContext, exportScript } from './commands.ts';
import { gce } from './gce.ts';
import { glance } from './glance.ts';
import { ibm } from './ibm.ts';

const EXPORTS: Readonly<Record<Cloud, CloudExport>> = { gce, aws, azure, ibm, glance };

/** One script a cloud, for all versions or those of one image: what makes the cloud say what the catalog says. */
export function exportCatalog(
  catalog: Catalog,
  request: { readonly image: string | undefined; readonly now: Date },
): Map<string, string> {
  const { states } = effectiveStates(catalog, request.now);
  const names = cloudNames(catalog);
  const contexts = sortedVersions(catalog)
    .filter(({ image }) => request.image === undefined || image === request.image)
    .flatMap((record): readonly ExportContext[] => {
      const state = states.get(versionKey(record)) ?? record.state;
      const successor = usableSuccessor(catalog, states, record);
      const nameOf = (of: typeof record): string => names.get(versionKey(of)) ?? cloudName(of);
      return state === 'draft'
        ? []
        : [
            {
              record,
              name: nameOf(record),
              state,
              successor: successor && { record: successor, name: nameOf(successor) },
            },
          ];
    });
  return new Map(CLOUDS.map((cloud) => [`${cloud}.sh`, exportScript(EXPORTS[cloud], contexts)]));
}
