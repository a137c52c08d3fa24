/** Git's objects in memory, with references that move by compare-and-swap or by force. */
import { createHash } from 'node:crypto';

interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

export interface FileChanges {
  readonly additions?: readonly { readonly path: string; readonly contents: string }[];
  readonly deletions?: readonly { readonly path: string }[];
}

export class CatalogGit {
  readonly blobs = new Map<string, Buffer>();
  /** Path to blob: one level for all folders. */
  readonly trees = new Map<string, Map<string, string>>();
  readonly commits = new Map<string, Commit>();
  readonly refs = new Map<string, string>();

  storeTree(files: ReadonlyMap<string, Buffer | string>): string {
    const tree = new Map<string, string>();
    for (const [path, content] of files) {
      const blob = typeof content === 'string' ? content : objectId('blob', content);
      if (typeof content !== 'string') {
        this.blobs.set(blob, content);
      }
      tree.set(path, blob);
    }
    const id = objectId('tree', JSON.stringify([...tree].sort()));
    this.trees.set(id, tree);
    return id;
  }

  storeCommit(tree: string, parents: readonly string[], message: string): string {
    const id = objectId('commit', JSON.stringify([tree, parents, this.commits.size]));
    this.commits.set(id, { tree, parents, message });
    return id;
  }

  filesAt(commit: string | undefined): ReadonlyMap<string, string> | undefined {
    return this.trees.get(this.commits.get(commit ?? '')?.tree ?? '');
  }

  /** The new commit, or undefined when the branch is elsewhere. */
  commitOn(branch: string, expected: string, changes: FileChanges, message: string): string | undefined {
    const head = this.refs.get(branch);
    if (head === undefined || head !== expected) {
      return undefined;
    }
    const files = new Map<string, Buffer | string>(this.filesAt(head));
    for (const { path } of changes.deletions ?? []) {
      files.delete(path);
    }
    for (const { path, contents } of changes.additions ?? []) {
      files.set(path, Buffer.from(contents, 'base64'));
    }
    const commit = this.storeCommit(this.storeTree(files), [head], message);
    this.refs.set(branch, commit);
    return commit;
  }
}

function objectId(kind: string, content: string | Buffer): string {
  const data = Buffer.from(content);
  return createHash('sha1').update(`${kind} ${data.length}\0`).update(data).digest('hex');
}
