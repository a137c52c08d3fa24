import { type CloudExport, comment, isOffered, quote } from './commands.ts';

const CURL = 'curl --fail --silent --show-error --header @"$HEADERS"';
const QUERY = '?version=$VERSION&generation=2';
const JSON_BODY = "--header 'Content-Type: application/json' --data";

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
  lines: ({ record, name, state, successor }) => {
    const call = (method: string, path: string, body?: unknown): string =>
      `${CURL} --request ${method} ${body === undefined ? '' : `${JSON_BODY} ${quote(JSON.stringify(body))} `}"$ENDPOINT${path}${QUERY}"`;
    // Two steps each: a pipe would hide that the request failed, and what was not found would be made twice.
    const find = [
      `found=$(${CURL} "$ENDPOINT/images${QUERY}&visibility=private&name=${name}")`,
      `id=$(printf '%s' "$found" | jq -r '.images[0].id // empty')`,
      `status=$(printf '%s' "$found" | jq -r '.images[0].status // empty')`,
    ];
    if (state === 'deleted') {
      return [...find, `test -z "$id" || ${call('DELETE', '/images/$id')}`];
    }
    if (!isOffered(state)) {
      return [
        ...find,
        `test -z "$id" || test "$status" = obsolete || ${call('POST', '/images/$id/obsolete')}`,
      ];
    }
    const { deprecateAt, obsoleteAt } = record.schedule;
    const dates = {
      ...(state === 'available' ? { deprecation_at: deprecateAt ?? null } : {}),
      obsolescence_at: obsoleteAt ?? null,
    };
    const create = {
      name,
      operating_system: { name: operatingSystem(record) },
      user_tags: [`sha256:${record.disk.sha256}`],
    };
    return [
      ...find,
      'if [ -z "$id" ]; then',
      `  body=$(jq --compact-output --arg href "$COS/${name}.${record.disk.format}" --arg group "$GROUP" '. + {file: {href: $href}, resource_group: {id: $group}}' <<'JSON'`,
      JSON.stringify(create),
      'JSON',
      '  )',
      `  found=$(${CURL} ${JSON_BODY} "$body" "$ENDPOINT/images${QUERY}")`,
      `  id=$(printf '%s' "$found" | jq -r .id)`,
      `  status=$(printf '%s' "$found" | jq -r .status)`,
      'fi',
      ...(successor ? [comment(`successor: ${successor.name}`)] : []),
      ...(state === 'deprecated' ? deprecate(call) : []),
      call('PATCH', '/images/$id', dates),
    ];
  },
};

/** Only what was imported can be deprecated. */
function deprecate(call: (method: string, path: string) => string): readonly string[] {
  return [
    'while [ "$status" = pending ]; do',
    '  sleep 10',
    `  found=$(${call('GET', '/images/$id')})`,
    `  status=$(printf '%s' "$found" | jq -r .status)`,
    'done',
    `test "$status" = deprecated || ${call('POST', '/images/$id/deprecate')}`,
  ];
}

function operatingSystem(record: {
  readonly distribution: string;
  readonly release: string;
  readonly architecture: string;
}): string {
  const { distribution, release, architecture } = record;
  const minimal = distribution === 'debian' || distribution === 'ubuntu' ? '-minimal' : '';
  return `${distribution}-${release.replaceAll('.', '-')}${minimal}-${architecture === 'arm64' ? 'arm64' : 'amd64'}`;
}
