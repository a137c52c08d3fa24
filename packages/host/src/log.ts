/** A position within a long step. */
export interface Progress {
  readonly label: string;
  readonly done: number;
  /** Undefined when the end is not known. */
  readonly total?: number;
  /** What is counted; `bytes` are shown with a rate. */
  readonly unit?: 'bytes' | 'files' | 'packages' | 'rules' | 'cases' | 'seconds';
}

/**
 * Where messages for people go. Implementations neutralise what they print (see `neutralise`):
 * callers may pass guest, tool or server output as it is.
 */
export interface Log {
  debug(text: string): void;
  info(text: string): void;
  /** Worth the reader's attention; becomes an annotation. */
  notice(text: string): void;
  warning(text: string): void;
  /** A foldable group around what `body` logs. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
  /** May be called often; implementations thin it out. */
  progress(progress: Progress): void;
  /** From now on `secret` is shown as `***`. */
  mask(secret: string): void;
}

export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  notice: () => {},
  warning: () => {},
  group: (_title, body) => body(),
  progress: () => {},
  mask: () => {},
};
