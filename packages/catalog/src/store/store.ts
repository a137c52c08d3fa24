/** A file's content: in memory, or a file beside the store that is moved into it. */
export type Content = Uint8Array | { readonly file: string };

export interface Change {
  /** By path; replaced where it is there already. */
  readonly write: ReadonlyMap<string, Content>;
  readonly remove: readonly string[];
  /** One line for people. */
  readonly message: string;
}

/** One state of a catalog's files. */
export interface Snapshot {
  /** Identifies the state; undefined: there is no catalog yet. */
  readonly revision: string | undefined;
  /** Undefined when there is no such file. */
  read(path: string): Promise<Buffer | undefined>;
  /** SHA-256 of a file of any size; undefined when there is no such file. */
  digest(path: string): Promise<string | undefined>;
  /** Whether a file has this content; cheaper than reading where names tell contents apart. */
  matches(path: string, content: Uint8Array): Promise<boolean>;
  /** All paths, sorted. */
  list(): Promise<readonly string[]>;
}

/** Where a catalog lies. Changes are all or nothing, and only on top of the state that they were made for. */
export interface Store {
  /** For people. */
  readonly name: string;
  /** Whether disks lie in it: a branch is no place for them. */
  readonly holdsDisks: boolean;
  snapshot(): Promise<Snapshot>;
  /** Compare and swap: `false`, and nothing changed, when the catalog is no longer at `expected`. */
  commit(expected: string | undefined, change: Change): Promise<boolean>;
  /**
   * Lets the writers of this machine come one after another, so that they do not make each other start again. Only a
   * courtesy: `commit` guards against all others.
   */
  inTurn<T>(body: () => Promise<T>): Promise<T>;
  /** A place on the same file system for a file that a change moves in. */
  stage?(name: string): Promise<string>;
}
