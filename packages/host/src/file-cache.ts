/** Files that outlive a job, by a key such as a digest. What it returns was put there by somebody: verify it. */
export interface FileCache {
  /** The file kept under a key; undefined when there is none. */
  find(key: string): Promise<string | undefined>;
  /** Keeps a file, all at once; one that is already there stays. */
  add(key: string, file: string): Promise<void>;
  /** Forgets what is kept under a key. */
  remove(key: string): Promise<void>;
}
