/** What a `uses:` names. */
export type UseReference =
  | { readonly kind: 'local'; readonly path: string }
  /** A folder of this repository, named as others would name it. */
  | { readonly kind: 'own'; readonly path: string }
  | { readonly kind: 'replaced'; readonly name: string }
  | { readonly kind: 'unsupported'; readonly reason: string };

/**
 * @param repository `owner/name` of this repository
 * @param replaced the actions that have a local equivalent
 */
export function parseUses(uses: string, repository: string, replaced: readonly string[]): UseReference {
  if (uses.startsWith('docker://')) {
    return { kind: 'unsupported', reason: 'containers are not supported by the local runner' };
  }
  if (uses.startsWith('./')) {
    return { kind: 'local', path: uses };
  }
  if (uses.startsWith('$/')) {
    return { kind: 'own', path: uses.slice(2) };
  }
  const [name = '', ref = ''] = uses.split('@');
  const [owner = '', repo = '', ...folders] = name.split('/');
  if (owner === '' || repo === '' || ref === '') {
    return { kind: 'unsupported', reason: 'it is neither ./folder nor owner/repository/folder@ref' };
  }
  if (replaced.includes(name.toLowerCase())) {
    return { kind: 'replaced', name: name.toLowerCase() };
  }
  if (`${owner}/${repo}`.toLowerCase() === repository.toLowerCase()) {
    return { kind: 'own', path: folders.join('/') };
  }
  return {
    kind: 'unsupported',
    reason: `only actions of this repository (${repository}) and ${replaced.join(', ')} are supported by the local runner`,
  };
}
