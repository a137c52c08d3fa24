import { type CloudExport, cloudName, quote } from './commands.ts';

/** Source: IBM Cloud VPC API, `POST /images`, `PATCH /images/{id}`, `POST /images/{id}/deprecate` and `/obsolete`. */
export const ibm: CloudExport = {
  title: 'IBM Cloud VPC',
  variables: {
    ENDPOINT: 'address of the API: https://<region>.iaas.cloud.ibm.com/v1',
    VERSION: 'date of the API version: 2025-10-07',
    COS: 'address of the bucket with the disks: cos://<region>/<bucket>',
    GROUP: 'id of the resource group',
    // A header file keeps the token out of the process list.
    HEADERS: 'a private file with the line `Authorization: Bearer <token>`',
  },
  lines: ({ record, state, successor }) => {
    const name = cloudName(record);
    const call = (method: string, path: string, body?: unknown): string =>
      `curl --fail --silent --show-error --request ${method} --header @"$HEADERS" ${body === undefined ? '' : `--header 'Content-Type: application/json' --data ${quote(JSON.stringify(body))} `}"$ENDPOINT${path}?version=$VERSION&generation=2"`;
    if (state === 'draft') {
      return ['# A draft is not brought to any cloud.'];
    }
    const find = `id=$(curl --fail --silent --show-error --header @"$HEADERS" "$ENDPOINT/images?version=$VERSION&generation=2&name=${name}" | jq -r '.images[0].id // empty')`;
    if (state === 'deleted') {
      return [find, `test -z "$id" || ${call('DELETE', '/images/$id')}`];
    }
    const system = `${record.distribution === 'debian' || record.distribution === 'ubuntu' ? `${record.distribution}-${record.release.replaceAll('.', '-')}-minimal` : `${record.distribution}-${record.release.replaceAll('.', '-')}`}-${record.architecture === 'arm64' ? 'arm64' : 'amd64'}`;
    const create = { name, operating_system: { name: system }, user_tags: [`sha256:${record.disk.sha256}`] };
    const { deprecateAt, obsoleteAt } = record.schedule;
    const dates = {
      ...(state === 'available' ? { deprecation_at: deprecateAt ?? null } : {}),
      ...(state === 'available' || state === 'deprecated' ? { obsolescence_at: obsoleteAt ?? null } : {}),
    };
    return [
      find,
      'if [ -z "$id" ]; then',
      `  body=$(jq --compact-output --arg href "$COS/${name}.${record.disk.format}" --arg group "$GROUP" '. + {file: {href: $href}, resource_group: {id: $group}}' <<'JSON'`,
      JSON.stringify(create),
      'JSON',
      '  )',
      `  id=$(curl --fail --silent --show-error --header @"$HEADERS" --header 'Content-Type: application/json' --data "$body" "$ENDPOINT/images?version=$VERSION&generation=2" | jq -r .id)`,
      'fi',
      ...(successor ? [`# successor: ${cloudName(successor)}`] : []),
      ...(state === 'deprecated' ? [call('POST', '/images/$id/deprecate')] : []),
      ...(state === 'obsolete' || state === 'revoked' ? [call('POST', '/images/$id/obsolete')] : []),
      ...(Object.keys(dates).length > 0 ? [call('PATCH', '/images/$id', dates)] : []),
    ];
  },
};
